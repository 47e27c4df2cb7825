#pragma once
#include <atomic>
#include <set>
#include <thread>

namespace podbrief::testing {

// While it lives, SQLite's files (those opened meanwhile) are on a disk that fails when told to. One at a time.
class FaultyDisk {
public:
    FaultyDisk();
    ~FaultyDisk();
    FaultyDisk(const FaultyDisk&) = delete;
    FaultyDisk& operator=(const FaultyDisk&) = delete;

    void fail_syncs(bool fail);
    void be_full(bool full);  // no write succeeds
    int syncs() const;        // of write-ahead logs, that succeeded

    // Who wrote to the database file itself (not to its log), which only checkpoints do.
    std::set<std::thread::id> writers_of_database() const;
    void forget_writers();
};

}  // namespace podbrief::testing
