#pragma once
#include <algorithm>

#include "core/delivery/rules.hpp"
#include "core/model/time.hpp"

namespace podbrief::delivery {

// A lane's lease as its owner must see it: on the clock that never jumps, and counted from before it was asked for.
// A process that was stopped (SIGSTOP, a sleeping machine) finds it ended when it wakes.
class HeldLease {
public:
    HeldLease() = default;
    // `asked_at`: read before the store was asked; it cannot have granted the lease earlier.
    HeldLease(SteadyTime asked_at, const Rules& rules)
        : until_(asked_at + rules.lease), renew_at_(asked_at + rules.lease / 3) {}

    bool held(SteadyTime now) const { return now < until_; }
    SteadyTime renew_at() const { return renew_at_; }

    // How long a call that begins now may take, so that it ends within the lease; 0: do not begin.
    Millis time_for_call(SteadyTime now, const Rules& rules) const {
        const Millis left = until_ - now - rules.lease_margin;
        return left < rules.least_call ? Millis{0} : std::min(left, rules.call_limit);
    }
    // Asked directly before the first byte of a call with that deadline.
    bool may_begin(SteadyTime now, Millis deadline) const { return now + deadline < until_; }

private:
    SteadyTime until_{};
    SteadyTime renew_at_{};
};

}  // namespace podbrief::delivery
