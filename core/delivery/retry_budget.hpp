#pragma once
#include <algorithm>

#include "core/delivery/rules.hpp"
#include "core/model/time.hpp"

namespace podbrief::delivery {

// Keeps retries a small share of first tries, so that an outage cannot become a storm. The floor lets a few through
// where there are few first tries, and comes back over a minute.
class RetryBudget {
public:
    explicit RetryBudget(const Rules& rules)
        : share_(rules.retry_share), floor_(rules.retry_floor), tokens_(rules.retry_floor) {}

    void first_try() { tokens_ = std::min(tokens_ + share_, 10 * floor_); }
    // Takes one; false: wait until `next_at`.
    bool retry(SteadyTime now) {
        refill(now);
        if (tokens_ < 1) return false;
        tokens_ -= 1;
        return true;
    }
    bool spent(SteadyTime now) {
        refill(now);
        return tokens_ < 1;
    }
    SteadyTime next_at(SteadyTime now) const {
        const double missing = std::max(0.0, 1 - tokens_);
        return now + Millis{static_cast<std::int64_t>(missing / floor_ * 60'000) + 1};
    }

private:
    void refill(SteadyTime now) {
        if (last_ != SteadyTime{} && tokens_ < floor_) {
            const double minutes = static_cast<double>((now - last_).count()) / 60'000;
            tokens_ = std::min(floor_, tokens_ + minutes * floor_);
        }
        last_ = now;
    }

    double share_;
    double floor_;
    double tokens_;
    SteadyTime last_{};
};

}  // namespace podbrief::delivery
