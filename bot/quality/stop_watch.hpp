#pragma once
#include <algorithm>
#include <chrono>
#include <ctime>
#include <vector>

namespace podbrief::bot::quality {

// Processor time of this thread: what something takes, however busy the machine is with others.
inline std::chrono::nanoseconds thread_time() {
    std::timespec now{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return std::chrono::seconds(now.tv_sec) + std::chrono::nanoseconds(now.tv_nsec);
}

// How long things took.
class Durations {
public:
    template <class Work>
    auto measure(Work work) {
        const auto begin = thread_time();
        auto result = work();
        add(thread_time() - begin);
        return result;
    }
    void add(std::chrono::nanoseconds one) { all_.push_back(one); }
    void add(const Durations& others) { all_.insert(all_.end(), others.all_.begin(), others.all_.end()); }
    std::size_t count() const { return all_.size(); }

    // The smallest that `share` of them (0..1) did not exceed, in ms; 0 without any.
    double percentile_ms(double share) {
        if (all_.empty()) return 0;
        std::sort(all_.begin(), all_.end());
        const auto at = static_cast<std::size_t>(share * static_cast<double>(all_.size() - 1) + 0.5);
        return std::chrono::duration<double, std::milli>(all_[at]).count();
    }

private:
    std::vector<std::chrono::nanoseconds> all_;
};

}  // namespace podbrief::bot::quality
