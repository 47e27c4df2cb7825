#include "adapters/sqlite/job.hpp"

#include <algorithm>
#include <iterator>

namespace podbrief::sqlite {

void JobQueue::push(std::unique_ptr<Job> job) {
    ++pending_;
    {
        const std::lock_guard lock(mutex_);
        jobs_.push_back(std::move(job));
    }
    changed_.notify_one();
}

void JobQueue::close() {
    {
        const std::lock_guard lock(mutex_);
        closed_ = true;
    }
    changed_.notify_all();
}

bool JobQueue::wait() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return closed_ || !jobs_.empty(); });
    return !jobs_.empty();
}

std::vector<std::unique_ptr<Job>> JobQueue::take(std::size_t limit) {
    const std::lock_guard lock(mutex_);
    const auto end = jobs_.begin() + static_cast<std::ptrdiff_t>(std::min(limit, jobs_.size()));
    std::vector<std::unique_ptr<Job>> taken(std::move_iterator(jobs_.begin()), std::move_iterator(end));
    jobs_.erase(jobs_.begin(), end);
    return taken;
}

std::unique_ptr<Job> JobQueue::wait_for_one() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return closed_ || !jobs_.empty(); });
    if (jobs_.empty()) return nullptr;
    auto job = std::move(jobs_.front());
    jobs_.pop_front();
    return job;
}

}  // namespace podbrief::sqlite
