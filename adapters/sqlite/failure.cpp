#include "adapters/sqlite/failure.hpp"

#include <SQLiteCpp/Exception.h>
#include <fmt/format.h>
#include <sqlite3.h>

#include <cerrno>
#include <system_error>

namespace podbrief::sqlite {
namespace {

using Kind = StoreFailure::Kind;

std::string reason(int system_error) {
    return system_error == 0 ? std::string() : " (" + std::generic_category().message(system_error) + ")";
}

std::string free_space(const std::filesystem::path& file) {
    std::error_code failed;
    const auto space = std::filesystem::space(file.parent_path().empty() ? "." : file.parent_path(), failed);
    if (failed) return "free space unknown";
    return fmt::format("{:.1f} MiB free", static_cast<double>(space.available) / (1 << 20));
}

}  // namespace

StoreFailure disk_full(const std::filesystem::path& file, int system_error) {
    const std::string what = system_error == EFBIG    ? "the file may not grow further (limit on file sizes)"
                             : system_error == EDQUOT ? "the disk quota is used up"
                                                      : "the disk is full";
    return {Kind::disk_full,
            fmt::format("{} cannot be written: {} ({}). Make space; nothing stored is lost, and writing "
                        "goes on by itself",
                        file.string(), what, free_space(file))};
}

bool is_lack_of_space(int system_error) {
    return system_error == ENOSPC || system_error == EDQUOT || system_error == EFBIG;
}

bool is_failed_sync(const SQLite::Exception& e) {
    const int code = e.getExtendedErrorCode();
    return code == SQLITE_IOERR_FSYNC || code == SQLITE_IOERR_DIR_FSYNC;
}

StoreFailure translated(const SQLite::Exception& e, int system_error, const std::filesystem::path& file) {
    const std::string name = file.string();
    if (is_failed_sync(e)) {
        return {Kind::unreadable,
                fmt::format("{} cannot be synced to the disk{}. What was acknowledged before is safe; check the disk, "
                            "then restart podbrief",
                            name, reason(system_error))};
    }
    switch (e.getErrorCode() & 0xff) {
        case SQLITE_FULL:
            return disk_full(file, system_error);
        case SQLITE_IOERR:
            if (is_lack_of_space(system_error)) return disk_full(file, system_error);
            return {Kind::unreadable, fmt::format("{} cannot be read or written: {}{}. Check the disk, then restart "
                                                  "podbrief",
                                                  name, e.what(), reason(system_error))};
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
        case SQLITE_PROTOCOL:
            return {Kind::in_use,
                    fmt::format("{} is locked by another program. Find it (fuser {}) and close it", name, name)};
        case SQLITE_CORRUPT:
            return {Kind::corrupt, fmt::format("{} is damaged ({}). Stop podbrief and restore a backup; keep the "
                                               "damaged file",
                                               name, e.what())};
        case SQLITE_NOTADB:
            return {Kind::corrupt,
                    fmt::format("{} is not a database. Choose another path, or move that file away", name)};
        case SQLITE_CANTOPEN:
        case SQLITE_PERM:
        case SQLITE_AUTH:
        case SQLITE_READONLY:
            return {Kind::unreadable,
                    fmt::format("{} cannot be opened for writing: {}{}. Check the permissions of the file and its "
                                "folder",
                                name, e.what(), reason(system_error))};
        case SQLITE_NOMEM:
            return {Kind::other, fmt::format("{}: out of memory. Give podbrief more memory", name)};
        default:
            return {Kind::other, fmt::format("{}: {} (SQLite code {}). This is a bug in podbrief; please report it",
                                             name, e.what(), e.getExtendedErrorCode())};
    }
}

}  // namespace podbrief::sqlite
