#pragma once
#include <atomic>
#include <cstdint>
#include <memory>
#include <thread>
#include <vector>

#include "adapters/sqlite/connection.hpp"
#include "adapters/sqlite/job.hpp"
#include "adapters/sqlite/lock_file.hpp"

namespace podbrief::sqlite {

// The one thread that writes. Takes the jobs that wait (128 at most), runs each within a savepoint of one transaction,
// commits once, then wakes their callers: many small writes cost one sync. A job that throws takes back only what it
// did itself; when the commit fails, none of the group is applied and all callers hear why. As owner it also
// checkpoints.
class Writer {
public:
    enum class Role { owner, guest };

    Writer(std::unique_ptr<Connection> connection, LockFile& lock, Role role, Millis busy_wait);
    ~Writer();  // after the last job: checkpoints and closes
    Writer(const Writer&) = delete;
    Writer& operator=(const Writer&) = delete;

    JobQueue& queue() { return queue_; }

    std::uint64_t writes() const { return writes_; }
    std::uint64_t commits() const { return commits_; }
    std::uint64_t checkpoints() const { return checkpoints_; }
    std::uint64_t wal_bytes() const { return wal_bytes_; }

private:
    // A job that was taken from the queue; whatever happens, it is finished.
    struct Taken {
        std::unique_ptr<Job> job;
        std::exception_ptr failure;
    };
    using Group = std::vector<Taken>;

    void work();
    void write_group();
    void take_into(Group& group);
    void apply(Group& group);
    std::exception_ptr apply_one(Job& job);
    void checkpoint_when_due();
    enum class Checkpoint { not_now, partial, complete };
    Checkpoint checkpoint(bool truncate);

    std::unique_ptr<Connection> connection_;
    LockFile& lock_;
    const Role role_;
    const Millis busy_wait_;
    JobQueue queue_;
    int checkpoint_at_;  // pages in the WAL
    int pages_before_ = 0;
    std::atomic<std::uint64_t> writes_ = 0;
    std::atomic<std::uint64_t> commits_ = 0;
    std::atomic<std::uint64_t> checkpoints_ = 0;
    std::atomic<std::uint64_t> wal_bytes_ = 0;
    std::thread thread_;  // last: uses all of the above
};

}  // namespace podbrief::sqlite
