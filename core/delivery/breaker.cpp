#include "core/delivery/breaker.hpp"

#include <algorithm>

namespace podbrief::delivery {

bool Breaker::begin(SteadyTime now) {
    if (!opened_) return true;
    if (now < until_ || probe_running_) return false;
    probe_running_ = true;
    return true;
}

void Breaker::succeeded() {
    failures_ = 0;
    opened_ = false;
    probe_running_ = false;
    pause_ = Millis{0};
    until_ = {};
}

void Breaker::failed(SteadyTime now) {
    ++failures_;
    const bool probe_failed = opened_ && probe_running_;
    if (!probe_failed && (opened_ || failures_ < failures_to_open_)) return;
    opened_ = true;
    probe_running_ = false;
    pause_ = pause_ == Millis{0} ? first_ : std::min(2 * pause_, longest_);
    until_ = now + pause_;
}

}  // namespace podbrief::delivery
