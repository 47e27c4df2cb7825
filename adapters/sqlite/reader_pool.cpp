#include "adapters/sqlite/reader_pool.hpp"

namespace podbrief::sqlite {
namespace {

void read_one(Connection& connection, Job& job) {
    std::exception_ptr failure;
    try {
        Transaction snapshot(connection, Transaction::Begin::read);
        job.run(connection);
        snapshot.commit();
    } catch (...) {
        failure = connection.failure();
    }
    job.finish(std::move(failure));
}

}  // namespace

ReaderPool::ReaderPool(std::vector<std::unique_ptr<Connection>> connections) {
    for (auto& connection : connections) {
        threads_.emplace_back([this, own = std::move(connection)]() {
            while (auto job = queue_.wait_for_one()) {
                read_one(*own, *job);
                queue_.finished_one();
            }
        });
    }
}

ReaderPool::~ReaderPool() {
    queue_.close();
    for (std::thread& thread : threads_) thread.join();
}

}  // namespace podbrief::sqlite
