#include "adapters/system/run_record_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <charconv>
#include <fstream>
#include <string>

#include "core/async/run_on.hpp"

namespace podbrief::system {
namespace {

namespace fs = std::filesystem;

std::optional<WallTime> read_now(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    std::string line;
    if (!in || !std::getline(in, line)) return std::nullopt;
    std::int64_t ms = 0;
    const auto [end, error] = std::from_chars(line.data(), line.data() + line.size(), ms);
    if (error != std::errc{} || end != line.data() + line.size() || ms < 0) return std::nullopt;
    return from_ms(ms);
}

// On the disk before it takes the old one's place: a power cut leaves one of the two. False: nothing was replaced.
bool replace(const fs::path& file, const std::string& bytes) {
    fs::path fresh = file;
    fresh += ".new";
    const int descriptor = ::open(fresh.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (descriptor < 0) return false;
    const auto length = static_cast<::ssize_t>(bytes.size());
    const bool written = ::write(descriptor, bytes.data(), bytes.size()) == length && ::fsync(descriptor) == 0;
    const bool closed = ::close(descriptor) == 0;
    return written && closed && ::rename(fresh.c_str(), file.c_str()) == 0;
}

}  // namespace

asio::awaitable<std::optional<WallTime>> RunRecordFile::last_seen() {
    auto job = [file = file_] { return read_now(file); };
    co_return co_await run_on(pool_, std::move(job));
}

asio::awaitable<void> RunRecordFile::seen(WallTime now) {
    auto job = [file = file_, line = std::to_string(to_ms(now)) + "\n"] { return replace(file, line); };
    co_await run_on(pool_, std::move(job));
}

}  // namespace podbrief::system
