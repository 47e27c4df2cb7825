#pragma once
#include <optional>

#include "core/delivery/clock_watch.hpp"
#include "core/ports/clock.hpp"
#include "core/ports/outbox_store.hpp"

namespace podbrief::services {

// The clock by which delivery goes. Several machines' wall clocks differ, and what they write of times is compared, so
// all of them go by their store's; between two looks at it, by the steady clock. Where the store has no clock of its
// own (one machine) it is the machine's.
//
// While that clock is not to be trusted (ClockWatch) the former time goes on: what is under way must not be taken for
// expired, nor what was sent today for a month old.
class StoreClock final : public Clock {
public:
    StoreClock(OutboxStore& outbox, Clock& machine, delivery::ClockWatch& watch)
        : outbox_(outbox), machine_(machine), watch_(watch) {}

    WallTime wall_now() const override {
        const SteadyTime steady = machine_.steady_now();
        const WallTime told = store_time_ ? *store_time_ + (steady - looked_at_) : machine_.wall_now();
        return told - watch_.jump(told, steady).value_or(Millis{0});
    }
    SteadyTime steady_now() const override { return machine_.steady_now(); }
    asio::awaitable<void> sleep_for(Millis wait) override { return machine_.sleep_for(wait); }

    // Looks at the store's clock; now and then, since steady clocks drift.
    asio::awaitable<void> look() {
        for (;;) {
            const SteadyTime asked = machine_.steady_now();
            const WallTime mine = machine_.wall_now();
            const WallTime theirs = co_await outbox_.time(mine);
            // An answer that was long under way (a stopped process, a slow network) tells of a time that has passed.
            if (machine_.steady_now() - asked > longest_look) continue;
            looked_at_ = asked;
            store_time_ = theirs == mine ? std::nullopt : std::optional(theirs);
            co_return;
        }
    }

private:
    static constexpr Millis longest_look{1'000};

    OutboxStore& outbox_;
    Clock& machine_;
    delivery::ClockWatch& watch_;
    std::optional<WallTime> store_time_;
    SteadyTime looked_at_{};
};

}  // namespace podbrief::services
