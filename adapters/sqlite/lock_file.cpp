#include "adapters/sqlite/lock_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <string>
#include <system_error>

#include "core/ports/store_failure.hpp"

namespace podbrief::sqlite {
namespace {

struct flock one_byte(int byte, short type) {
    struct flock range{};
    range.l_type = type;
    range.l_whence = SEEK_SET;
    range.l_start = byte;
    range.l_len = 1;
    return range;
}

}  // namespace

enum LockFile::Byte : int { owner = 0, gate = 1, setup = 2 };

LockFile::LockFile(const std::filesystem::path& database) : database_(database), path_(database) {
    path_ += ".lock";
    descriptor_ = ::open(path_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (descriptor_ >= 0) return;
    const int error = errno;
    const std::string folder = database.has_parent_path() ? database.parent_path().string() : ".";
    std::error_code ignored;
    throw StoreFailure(
        StoreFailure::Kind::unreadable,
        std::filesystem::is_directory(folder, ignored)
            ? fmt::format("{} cannot be opened: {} cannot be written: {}. Check the permissions of that folder, or "
                          "choose another path",
                          database.string(), path_.string(), std::generic_category().message(error))
            : fmt::format("{} cannot be opened: the folder {} does not exist. Make it, or choose another path",
                          database.string(), folder));
}

LockFile::~LockFile() {
    ::close(descriptor_);
}

bool LockFile::lock(Byte byte, Millis wait) {
    struct flock range = one_byte(byte, F_WRLCK);
    // Asked again every millisecond: the kernel's own wait for a lock has no end.
    for (Millis waited{0}; ::fcntl(descriptor_, F_OFD_SETLK, &range) != 0; ++waited) {
        if (errno == EINTR) continue;
        if (errno != EAGAIN && errno != EACCES) {
            throw StoreFailure(StoreFailure::Kind::unreadable,
                               fmt::format("{} cannot be locked: {}. Put the database on a local disk", path_.string(),
                                           std::generic_category().message(errno)));
        }
        if (waited >= wait) return false;
        ::poll(nullptr, 0, 1);
    }
    return true;
}

void LockFile::unlock(Byte byte) {
    struct flock range = one_byte(byte, F_UNLCK);
    ::fcntl(descriptor_, F_OFD_SETLK, &range);
}

void LockFile::refuse() const {
    std::array<char, 32> text{};
    const ssize_t size = ::pread(descriptor_, text.data(), text.size() - 1, 0);
    std::string pid(text.data(), size > 0 ? static_cast<std::size_t>(size) : 0);
    pid.erase(std::min(pid.find_first_not_of("0123456789"), pid.size()));
    throw StoreFailure(StoreFailure::Kind::in_use,
                       fmt::format("{} is in use by another podbrief{}. Stop that one first, or choose another path",
                                   database_.string(), pid.empty() ? "" : " (process " + pid + ")"));
}

void LockFile::own() {
    if (!lock(owner, Millis{0})) refuse();
    const std::string pid = std::to_string(::getpid()) + "\n";
    // For people only: a disk too full for it does no harm.
    if (::ftruncate(descriptor_, 0) == 0) [[maybe_unused]]
        const ssize_t ignored = ::pwrite(descriptor_, pid.data(), pid.size(), 0);
}

void LockFile::expect_no_owner() const {
    struct flock range = one_byte(owner, F_WRLCK);
    if (::fcntl(descriptor_, F_OFD_GETLK, &range) == 0 && range.l_type == F_UNLCK) return;
    refuse();
}

LockFile::Setup::Setup(LockFile& lock, Millis wait) : lock_(lock) {
    if (lock_.lock(setup, wait)) return;
    throw StoreFailure(
        StoreFailure::Kind::in_use,
        fmt::format("{} is being set up by another podbrief. Try again in a moment", lock_.database_.string()));
}
LockFile::Setup::~Setup() {
    lock_.unlock(setup);
}

LockFile::Gate::Gate(LockFile& lock, Millis wait) : lock_(lock), held_(lock.lock(gate, wait)) {}
LockFile::Gate::~Gate() {
    if (held_) lock_.unlock(gate);
}

}  // namespace podbrief::sqlite
