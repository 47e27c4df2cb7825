#include "tests/adapters/sqlite/faulty_disk.hpp"

#include <sqlite3.h>

#include <mutex>

namespace podbrief::testing {
namespace {

// The callbacks of one kind of file: what is not ours is as it was.
struct Methods {
    const sqlite3_io_methods* real = nullptr;
    sqlite3_io_methods ours{};
};

// SQLite's callbacks carry no pointer of ours, so what they need is global.
struct State {
    sqlite3_vfs* real = nullptr;
    sqlite3_vfs vfs{};
    Methods database;
    Methods log;
    std::atomic<bool> syncs_fail = false;
    std::atomic<bool> full = false;
    std::atomic<int> syncs = 0;
    std::mutex mutex;
    std::set<std::thread::id> writers;
};
State state;

bool is_database(sqlite3_file* file) {
    return file->pMethods == &state.database.ours;
}

const sqlite3_io_methods& real_methods(sqlite3_file* file) {
    return is_database(file) ? *state.database.real : *state.log.real;
}

int write(sqlite3_file* file, const void* data, int size, sqlite3_int64 offset) {
    if (state.full) return SQLITE_FULL;
    if (is_database(file)) {
        const std::lock_guard lock(state.mutex);
        state.writers.insert(std::this_thread::get_id());
    }
    return real_methods(file).xWrite(file, data, size, offset);
}

int sync(sqlite3_file* file, int flags) {
    if (state.syncs_fail) return SQLITE_IOERR_FSYNC;
    if (!is_database(file)) state.syncs++;
    return real_methods(file).xSync(file, flags);
}

int open(sqlite3_vfs* /*vfs*/, const char* name, sqlite3_file* file, int flags, int* out_flags) {
    const int code = state.real->xOpen(state.real, name, file, flags, out_flags);
    if (code != SQLITE_OK || (flags & (SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_WAL)) == 0) return code;
    const std::lock_guard lock(state.mutex);
    Methods& methods = (flags & SQLITE_OPEN_MAIN_DB) != 0 ? state.database : state.log;
    methods.real = file->pMethods;
    methods.ours = *file->pMethods;
    methods.ours.xWrite = write;
    methods.ours.xSync = sync;
    file->pMethods = &methods.ours;
    return code;
}

}  // namespace

FaultyDisk::FaultyDisk() {
    state.real = sqlite3_vfs_find(nullptr);
    state.vfs = *state.real;
    state.vfs.zName = "faulty";
    state.vfs.xOpen = open;
    state.syncs_fail = state.full = false;
    state.syncs = 0;
    forget_writers();
    sqlite3_vfs_register(&state.vfs, 1);
}

FaultyDisk::~FaultyDisk() {
    sqlite3_vfs_register(state.real, 1);
    sqlite3_vfs_unregister(&state.vfs);
}

void FaultyDisk::fail_syncs(bool fail) {
    state.syncs_fail = fail;
}
void FaultyDisk::be_full(bool full) {
    state.full = full;
}
int FaultyDisk::syncs() const {
    return state.syncs;
}

std::set<std::thread::id> FaultyDisk::writers_of_database() const {
    const std::lock_guard lock(state.mutex);
    return state.writers;
}

void FaultyDisk::forget_writers() {
    const std::lock_guard lock(state.mutex);
    state.writers.clear();
}

}  // namespace podbrief::testing
