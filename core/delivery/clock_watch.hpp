#pragma once
#include <optional>

#include "core/model/time.hpp"

namespace podbrief::delivery {

// Notices that the wall clock was set. It is compared with the steady clock, which goes on while the machine sleeps: a
// machine that slept three days is not a clock that was set three days ahead. After a jump of more than a day nothing
// is planned or sent, because every brief would be at the wrong hour; it goes on when the clock is back, or after a
// restart.
class ClockWatch {
public:
    static constexpr Millis most = std::chrono::hours{26};  // zone changes and DST are less

    // The jump since it was first asked (ahead: positive), when that is more than a day; nullopt: all is well.
    std::optional<Millis> jump(WallTime wall, SteadyTime steady) {
        if (!first_wall_) {
            first_wall_ = wall;
            first_steady_ = steady;
        }
        const Millis jumped = (wall - *first_wall_) - (steady - first_steady_);
        if (jumped <= most && jumped >= -most) {
            // Small steps (NTP, an operator's correction) are accepted one by one.
            first_wall_ = wall;
            first_steady_ = steady;
            latest_.reset();
        } else {
            latest_ = jumped;
        }
        return latest_;
    }
    // As it was when last asked.
    std::optional<Millis> latest() const { return latest_; }

private:
    std::optional<Millis> latest_;
    std::optional<WallTime> first_wall_;
    SteadyTime first_steady_{};
};

}  // namespace podbrief::delivery
