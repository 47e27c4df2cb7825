#include "adapters/system/disk_files.hpp"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>

#include "core/async/run_on.hpp"

namespace podbrief::system {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t most_files = 10'000;
constexpr int deepest_level = 4;

Errc errc_of(const std::error_code& error) {
    if (error == std::errc::no_such_file_or_directory || error == std::errc::not_a_directory) return Errc::not_found;
    if (error == std::errc::permission_denied) return Errc::refused;
    return Errc::unavailable;
}

std::int64_t modified_ms(const fs::directory_entry& entry, std::error_code& error) {
    const auto written = std::chrono::file_clock::to_sys(entry.last_write_time(error));
    return std::chrono::duration_cast<std::chrono::milliseconds>(written.time_since_epoch()).count();
}

Result<std::vector<LocalFile>> list_now(const std::string& folder) {
    std::error_code error;
    fs::recursive_directory_iterator entries(folder, fs::directory_options::skip_permission_denied, error);
    if (error) return errc_of(error);
    std::vector<LocalFile> files;
    for (auto it = entries; it != fs::recursive_directory_iterator(); it.increment(error)) {
        if (error) return errc_of(error);
        if (it->path().filename().string().starts_with(".")) {
            it.disable_recursion_pending();
            continue;
        }
        if (it.depth() >= deepest_level) it.disable_recursion_pending();
        if (!it->is_regular_file(error) || error) continue;
        if (files.size() == most_files) return Errc::too_large;
        files.push_back(
            {it->path().string(), it->path().filename().string(), it->file_size(error), modified_ms(*it, error)});
    }
    std::sort(files.begin(), files.end(), [](const auto& a, const auto& b) { return a.path < b.path; });
    return files;
}

enum class Beyond { is_too_large, is_left_out };

Result<std::string> read_now(const std::string& path, std::size_t max_bytes, Beyond beyond) {
    std::error_code error;
    const auto status = fs::status(path, error);
    if (error) return errc_of(error);
    if (!fs::exists(status)) return Errc::not_found;
    if (!fs::is_regular_file(status)) return Errc::invalid;
    std::ifstream in(path, std::ios::binary);
    if (!in) return Errc::refused;
    std::string bytes;
    char block[65536];
    while (in.read(block, sizeof block) || in.gcount() > 0) {
        bytes.append(block, static_cast<std::size_t>(in.gcount()));
        if (bytes.size() <= max_bytes) continue;
        if (beyond == Beyond::is_too_large) return Errc::too_large;
        bytes.resize(max_bytes);
        return bytes;
    }
    if (in.bad()) return Errc::unavailable;
    return bytes;
}

}  // namespace

asio::awaitable<Result<bool>> DiskFiles::is_folder(std::string path) {
    auto job = [path = std::move(path)]() -> Result<bool> {
        std::error_code error;
        const auto status = fs::status(path, error);
        if (!fs::exists(status)) return error ? errc_of(error) : Errc::not_found;
        return fs::is_directory(status);
    };
    co_return co_await run_on(pool_, std::move(job));
}

asio::awaitable<Result<std::vector<LocalFile>>> DiskFiles::list(std::string folder) {
    auto job = [folder = std::move(folder)] { return list_now(folder); };
    co_return co_await run_on(pool_, std::move(job));
}

asio::awaitable<Result<std::string>> DiskFiles::read(std::string path, std::size_t max_bytes) {
    auto job = [path = std::move(path), max_bytes] { return read_now(path, max_bytes, Beyond::is_too_large); };
    co_return co_await run_on(pool_, std::move(job));
}

asio::awaitable<Result<std::string>> DiskFiles::read_head(std::string path, std::size_t bytes) {
    auto job = [path = std::move(path), bytes] { return read_now(path, bytes, Beyond::is_left_out); };
    co_return co_await run_on(pool_, std::move(job));
}

}  // namespace podbrief::system
