#pragma once
#include <algorithm>
#include <deque>

#include "core/model/time.hpp"

namespace podbrief::doubles {

// The ways in which platforms count. wait(now) is zero when a call may pass; take(now) counts one that did.

// At most `count` in any stretch of `per`.
class SlidingWindow {
public:
    SlidingWindow(int count, Millis per) : count_(static_cast<std::size_t>(count)), per_(per) {}
    Millis wait(WallTime now) {
        while (!taken_.empty() && taken_.front() + per_ <= now) taken_.pop_front();
        if (taken_.size() < count_) return Millis{0};
        return taken_[taken_.size() - count_] + per_ - now;
    }
    void take(WallTime now) { taken_.push_back(now); }
    std::size_t taken() const { return taken_.size(); }

private:
    std::size_t count_;
    Millis per_;
    std::deque<WallTime> taken_;
};

// One in `each` on average; up to `burst` at once after a rest.
class LeakyBucket {
public:
    LeakyBucket(Millis each, int burst) : each_(each), burst_(burst) {}
    Millis wait(WallTime now) const {
        const auto earliest = full_at_ - each_ * (burst_ - 1);
        return std::max(Millis{0}, Millis{earliest - now});
    }
    void take(WallTime now) { full_at_ = std::max(full_at_, now) + each_; }

private:
    Millis each_;
    int burst_;
    WallTime full_at_{};  // when nothing of it is left in the bucket
};

// At most `count` in a window of `per`, which begins with the first call after the one before has ended.
class FixedWindow {
public:
    FixedWindow(int count, Millis per) : count_(count), per_(per) {}
    Millis wait(WallTime now) const {
        if (now >= end_ || taken_ < count_) return Millis{0};
        return end_ - now;
    }
    void take(WallTime now) {
        if (now >= end_) {
            end_ = now + per_;
            taken_ = 0;
        }
        ++taken_;
    }

private:
    int count_;
    Millis per_;
    WallTime end_{};
    int taken_ = 0;
};

}  // namespace podbrief::doubles
