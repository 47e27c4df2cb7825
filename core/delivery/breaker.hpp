#pragma once
#include "core/delivery/rules.hpp"
#include "core/model/time.hpp"

namespace podbrief::delivery {

// Keeps calls away from what fails: after some failures in a row it opens for a while, then lets one probe through;
// the probe's success closes it, its failure opens it for twice as long.
class Breaker {
public:
    Breaker(int failures_to_open, Millis first, Millis longest)
        : failures_to_open_(failures_to_open), first_(first), longest_(longest) {}

    // Earliest time for the next call, at or after `now`. While half open only one call at a time is allowed: begin().
    SteadyTime open_until(SteadyTime now) const { return now < until_ ? until_ : now; }
    bool probing() const { return opened_ && probe_running_; }
    // A call begins; true: it may. A probe that is under way keeps others waiting.
    bool begin(SteadyTime now);
    void succeeded();
    void failed(SteadyTime now);
    // A call that began ended without telling anything of the other side (it was cancelled, or waits).
    void undecided() { probe_running_ = false; }
    bool is_open() const { return opened_; }

private:
    int failures_to_open_;
    Millis first_;
    Millis longest_;
    int failures_ = 0;
    bool opened_ = false;
    bool probe_running_ = false;
    Millis pause_{0};
    SteadyTime until_{};
};

}  // namespace podbrief::delivery
