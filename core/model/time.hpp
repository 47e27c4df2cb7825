#pragma once
#include <chrono>
#include <cstdint>

namespace podbrief {

using Millis = std::chrono::milliseconds;

// A point in time as people mean it: UTC, whole milliseconds. What is stored and shown; never what is waited for.
using WallTime = std::chrono::sys_time<Millis>;

// A point on a clock that only goes forward, from an arbitrary start. What is waited for and measured.
struct SteadyClockTag {
    using rep = std::int64_t;
    using period = std::milli;
    using duration = Millis;
    using time_point = std::chrono::time_point<SteadyClockTag>;
    static constexpr bool is_steady = true;
};
using SteadyTime = SteadyClockTag::time_point;

// The stored form (`*_ms` columns and JSON members).
constexpr std::int64_t to_ms(WallTime t) {
    return t.time_since_epoch().count();
}
constexpr WallTime from_ms(std::int64_t ms) {
    return WallTime{Millis{ms}};
}

}  // namespace podbrief
