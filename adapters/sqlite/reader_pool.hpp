#pragma once
#include <memory>
#include <thread>
#include <vector>

#include "adapters/sqlite/connection.hpp"
#include "adapters/sqlite/job.hpp"

namespace podbrief::sqlite {

// The threads that read, each with a connection of its own. A job sees one snapshot.
class ReaderPool {
public:
    explicit ReaderPool(std::vector<std::unique_ptr<Connection>> connections);
    ~ReaderPool();  // after the last job
    ReaderPool(const ReaderPool&) = delete;
    ReaderPool& operator=(const ReaderPool&) = delete;

    JobQueue& queue() { return queue_; }

private:
    JobQueue queue_;
    std::vector<std::thread> threads_;
};

}  // namespace podbrief::sqlite
