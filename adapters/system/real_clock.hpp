#pragma once
#include <chrono>

#include "core/ports/clock.hpp"

namespace podbrief::system {

// The machine's clocks. steady_now goes on while the machine sleeps (CLOCK_BOOTTIME): a lease must not outlive a
// suspend. sleep_for does not: a sleeper wakes that much later by steady_now.
class RealClock final : public Clock {
public:
    WallTime wall_now() const override;
    SteadyTime steady_now() const override;
    asio::awaitable<void> sleep_for(Millis wait) override;
};

// From an arbitrary start, never back: to measure what is shorter than a Clock's milliseconds.
std::chrono::microseconds stopwatch();

}  // namespace podbrief::system
