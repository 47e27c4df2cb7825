#pragma once
#include "core/ports/clock.hpp"

namespace podbrief::system {

// The machine's clocks.
class RealClock final : public Clock {
public:
    WallTime wall_now() const override;
    SteadyTime steady_now() const override;
    asio::awaitable<void> sleep_for(Millis wait) override;
};

}  // namespace podbrief::system
