#pragma once
#include <filesystem>
#include <string>

#include "core/ports/store_failure.hpp"

namespace SQLite {
class Exception;
}

namespace podbrief::sqlite {

// What SQLite says, as one line for people: what, which file, what to do. `system_error` is the errno behind it, 0:
// none.
StoreFailure translated(const SQLite::Exception& exception, int system_error, const std::filesystem::path& file);

// "/data/podbrief.db cannot be written: the disk is full (1.2 MiB free); ..."
StoreFailure disk_full(const std::filesystem::path& file, int system_error);

// ENOSPC, EDQUOT, EFBIG.
bool is_lack_of_space(int system_error);

// True: a write was accepted and then could not be synced, so that nobody knows what is on the disk.
bool is_failed_sync(const SQLite::Exception& exception);

}  // namespace podbrief::sqlite
