#pragma once
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <ctime>
#include <vector>

namespace podbrief::bot::quality {

// Processor time of this process, to the microsecond: what something takes, however busy the machine is with others. To
// be asked while its other threads rest.
inline std::chrono::nanoseconds processor_time() {
    return std::chrono::nanoseconds(static_cast<std::int64_t>(std::clock()) * (1'000'000'000 / CLOCKS_PER_SEC));
}

// How long things took.
class Durations {
public:
    template <class Work>
    auto measure(Work work) {
        const auto begin = processor_time();
        auto result = work();
        add(processor_time() - begin);
        return result;
    }
    void add(std::chrono::nanoseconds one) { all_.push_back(one); }
    void add(const Durations& others) { all_.insert(all_.end(), others.all_.begin(), others.all_.end()); }
    std::size_t count() const { return all_.size(); }

    // The smallest that `share` of them (0..1) did not exceed, in ms; 0 without any.
    double percentile_ms(double share) {
        if (all_.empty()) return 0;
        std::sort(all_.begin(), all_.end());
        const auto at = static_cast<std::size_t>(std::lround(share * static_cast<double>(all_.size() - 1)));
        return std::chrono::duration<double, std::milli>(all_[at]).count();
    }

private:
    std::vector<std::chrono::nanoseconds> all_;
};

}  // namespace podbrief::bot::quality
