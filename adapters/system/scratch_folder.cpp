#include "adapters/system/scratch_folder.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <string_view>

#include "core/async/run_on.hpp"

namespace podbrief::system {
namespace {

namespace fs = std::filesystem;

bool is_name(const std::string& name) {
    const auto plain = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    };
    const auto allowed = [&](char c) { return plain(c) || c == '.' || c == '-' || c == '_'; };
    return !name.empty() && name.size() <= 100 && plain(name.front()) && std::all_of(name.begin(), name.end(), allowed);
}

Result<void> make_folder(const fs::path& folder) {
    std::error_code error;
    fs::create_directories(folder, error);
    if (error) return Errc::unavailable;
    fs::permissions(folder, fs::perms::owner_all, error);
    return {};
}

// Writes all of it, and with `durable` waits until the disk has it.
bool write_file(const fs::path& path, std::string_view bytes, int flags, bool durable) {
    const int fd = ::open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC | flags, 0600);
    if (fd < 0) return false;
    bool good = true;
    while (good && !bytes.empty()) {
        const ssize_t written = ::write(fd, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) continue;
        good = written > 0;
        if (good) bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    if (good && durable) good = ::fsync(fd) == 0;
    return ::close(fd) == 0 && good;
}

void sync_folder(const fs::path& folder) {
    const int fd = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0) return;
    ::fsync(fd);
    ::close(fd);
}

std::vector<std::string> names_in(const fs::path& folder, bool folders) {
    constexpr std::size_t most = 100'000;
    std::vector<std::string> names;
    std::error_code error;
    for (fs::directory_iterator it(folder, error), end; !error && it != end && names.size() < most;
         it.increment(error)) {
        std::error_code ignored;
        const bool wanted = folders ? it->is_directory(ignored) : it->is_regular_file(ignored);
        std::string name = it->path().filename().string();
        if (wanted && is_name(name)) names.push_back(std::move(name));
    }
    std::sort(names.begin(), names.end());
    return names;
}

Result<std::string> read_file(const fs::path& path, std::size_t max_bytes) {
    const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (fd < 0) return errno == ENOENT || errno == ENOTDIR ? Errc::not_found : Errc::unavailable;
    std::string bytes;
    std::vector<char> block(64 * 1024);
    Result<std::string> result = std::string();
    for (;;) {
        const ssize_t count = ::read(fd, block.data(), block.size());
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) result = Errc::unavailable;
        if (count <= 0) break;
        bytes.append(block.data(), static_cast<std::size_t>(count));
        if (bytes.size() > max_bytes) {
            result = Errc::too_large;
            break;
        }
    }
    ::close(fd);
    if (result) result = std::move(bytes);
    return result;
}

}  // namespace

std::string ScratchFolder::path(const std::string& folder, const std::string& name) const {
    return (root_ / folder / name).string();
}

asio::awaitable<std::vector<std::string>> ScratchFolder::folders() {
    auto job = [root = root_] { return names_in(root, true); };
    co_return co_await run_on(pool_, std::move(job));
}

asio::awaitable<std::vector<std::string>> ScratchFolder::files(std::string folder) {
    if (!is_name(folder)) co_return std::vector<std::string>();
    auto job = [where = root_ / folder] { return names_in(where, false); };
    co_return co_await run_on(pool_, std::move(job));
}

asio::awaitable<Result<void>> ScratchFolder::put(std::string folder, std::string name, std::string bytes) {
    if (!is_name(folder) || !is_name(name)) co_return Errc::refused;
    auto job = [where = root_ / folder, name = std::move(name), bytes = std::move(bytes)]() -> Result<void> {
        if (auto made = make_folder(where); !made) return made;
        const fs::path beside = where / (name + ".new");
        std::error_code error;
        if (!write_file(beside, bytes, O_TRUNC, true)) {
            fs::remove(beside, error);
            return Errc::unavailable;
        }
        fs::rename(beside, where / name, error);
        if (error) return Errc::unavailable;
        sync_folder(where);
        return {};
    };
    co_return co_await run_on(pool_, std::move(job));
}

asio::awaitable<Result<void>> ScratchFolder::append(std::string folder, std::string name, std::string bytes) {
    if (!is_name(folder) || !is_name(name)) co_return Errc::refused;
    auto job = [where = root_ / folder, name = std::move(name), bytes = std::move(bytes)]() -> Result<void> {
        if (auto made = make_folder(where); !made) return made;
        if (!write_file(where / name, bytes, O_APPEND, false)) return Errc::unavailable;
        return {};
    };
    co_return co_await run_on(pool_, std::move(job));
}

asio::awaitable<Result<std::string>> ScratchFolder::read(std::string folder, std::string name, std::size_t max_bytes) {
    if (!is_name(folder) || !is_name(name)) co_return Errc::refused;
    auto job = [file = root_ / folder / name, max_bytes] { return read_file(file, max_bytes); };
    co_return co_await run_on(pool_, std::move(job));
}

asio::awaitable<Result<void>> ScratchFolder::rename(std::string folder, std::string from, std::string to) {
    if (!is_name(folder) || !is_name(from) || !is_name(to)) co_return Errc::refused;
    auto job = [where = root_ / folder, from = std::move(from), to = std::move(to)]() -> Result<void> {
        // Its bytes first: a name that is there after a crash stands for the whole file.
        const int fd = ::open((where / from).c_str(), O_RDONLY | O_CLOEXEC);
        if (fd < 0) return Errc::not_found;
        const bool synced = ::fsync(fd) == 0;
        ::close(fd);
        std::error_code error;
        if (synced) fs::rename(where / from, where / to, error);
        if (!synced || error) return Errc::unavailable;
        sync_folder(where);
        return {};
    };
    co_return co_await run_on(pool_, std::move(job));
}

asio::awaitable<void> ScratchFolder::remove(std::string folder, std::string name) {
    if (!is_name(folder) || !is_name(name)) co_return;
    auto job = [file = root_ / folder / name] {
        std::error_code error;
        return fs::remove(file, error);
    };
    co_await run_on(pool_, std::move(job));
}

asio::awaitable<void> ScratchFolder::remove_folder(std::string folder) {
    if (!is_name(folder)) co_return;
    auto job = [where = root_ / folder] {
        std::error_code error;
        return fs::remove_all(where, error);
    };
    co_await run_on(pool_, std::move(job));
}

}  // namespace podbrief::system
