#pragma once
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/steady_timer.hpp>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>

#include "core/ports/clock.hpp"

namespace podbrief::testing {

// Time moves only when a test says so. Sleepers that are due resume on the next run of the context, earliest first.
class ManualClock final : public Clock {
public:
    explicit ManualClock(WallTime start = WallTime{std::chrono::sys_days{std::chrono::year{2026} / 3 / 2}});

    WallTime wall_now() const override { return wall_; }
    SteadyTime steady_now() const override { return steady_; }
    asio::awaitable<void> sleep_for(Millis wait) override;

    // Both clocks go on; sleepers that are due by then wake.
    void advance(Millis by);
    // Only the wall clock jumps, as when an operator or NTP sets it.
    void set_wall(WallTime now) { wall_ = now; }
    // Goes on to the earliest sleeper. False: nobody sleeps.
    bool advance_to_next();
    std::size_t sleepers() const { return sleepers_.size(); }
    std::optional<SteadyTime> next_due() const;

private:
    struct Order {
        SteadyTime due;
        std::uint64_t number;  // who slept first wakes first
        auto operator<=>(const Order&) const = default;
    };
    void wake_due();

    WallTime wall_;
    SteadyTime steady_{};
    std::uint64_t next_number_ = 0;
    std::map<Order, std::shared_ptr<asio::steady_timer>> sleepers_;
};

}  // namespace podbrief::testing
