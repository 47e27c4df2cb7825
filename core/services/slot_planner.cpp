#include "core/services/slot_planner.hpp"

#include <algorithm>

#include "core/async/parallel.hpp"
#include "core/ports/store_failure.hpp"

namespace podbrief::services {
namespace {

constexpr Millis after_failure{1'000};  // of the store
constexpr Millis least_sleep{250};      // what is due and could not be done is tried again, not at once

}  // namespace

asio::awaitable<SlotPlanner::Planned> SlotPlanner::plan_due() {
    Planned done;
    const WallTime now = ports_.clock.wall_now();
    std::vector<ReaderPlan> readers = co_await ports_.outbox.readers_to_plan(now, settings_.batch);
    done.readers = readers.size();
    auto one = [this, now, &done](ReaderPlan reader) { return plan_one(std::move(reader), now, done); };
    co_await for_each_parallel(std::move(readers), settings_.parallel, std::move(one));
    co_return done;
}

asio::awaitable<void> SlotPlanner::plan_one(ReaderPlan reader, WallTime now, Planned& done) {
    PlannedSlots planned = briefs::plan(reader, now, settings_.horizon, ports_.zones);
    planned.schedule = reader.schedule;
    const bool open = std::any_of(planned.slots.begin(), planned.slots.end(),
                                  [](const Slot& slot) { return slot.state == SlotState::planned; });
    const std::size_t folded = planned.slots.size() - (open ? 1 : 0);
    // Refused: the reader was changed meanwhile, and is due for planning again.
    if (!co_await ports_.outbox.plan(std::move(planned), now)) co_return;
    done.slots += open ? 1 : 0;
    if (folded == 0) co_return;
    ports_.metrics.count("slots_folded_total", {}, static_cast<double>(folded));
    ports_.log.warning("briefs folded into the next",
                       {{"reader", reader.reader.name}, {"briefs", std::to_string(folded)}});
}

// The rules of the zones as they were when the slots were planned; on a difference all that has not fired is looked at
// again.
asio::awaitable<void> SlotPlanner::look_for_new_rules() {
    const SteadyTime now = ports_.clock.steady_now();
    if (looked_for_rules_ && now < next_look_for_rules_) co_return;
    next_look_for_rules_ = now + settings_.rules_look;
    const bool replaced = ports_.zones.refresh();
    if (looked_for_rules_ && !replaced) co_return;
    const std::string version = ports_.zones.version();
    const std::string before = co_await ports_.outbox.note("zones");
    if (before != version) {
        co_await ports_.outbox.replan_all();
        co_await ports_.outbox.set_note("zones", version);
        if (!before.empty()) ports_.log.info("time zones changed", {{"from", before}, {"to", version}});
    }
    looked_for_rules_ = true;
}

bool SlotPlanner::clock_is_trusted() {
    ports_.clock.wall_now();  // looks
    const std::optional<Millis> jump = ports_.clock_watch.latest();
    if (jump && !distrusted_) {
        ports_.log.error("the clock jumped by more than a day; nothing is sent",
                         {{"hours", std::to_string(jump->count() / 3'600'000)},
                          {"do", "set the clock right, or restart podbrief to accept it"}});
    }
    if (!jump && distrusted_) ports_.log.info("the clock is right again");
    distrusted_ = jump.has_value();
    ports_.metrics.set("clock_distrusted", distrusted_ ? 1 : 0);
    return !distrusted_;
}

asio::awaitable<Millis> SlotPlanner::until_next() {
    const auto next = co_await ports_.outbox.next_plan_at();
    if (!next) co_return settings_.longest_sleep;
    co_return std::clamp<Millis>(*next - ports_.clock.wall_now(), least_sleep, settings_.longest_sleep);
}

asio::awaitable<void> SlotPlanner::run(std::function<void()> planned) {
    for (;;) {
        Millis wait = settings_.longest_sleep;
        try {
            if (clock_is_trusted()) {
                co_await look_for_new_rules();
                // All of a herd before the first of it is composed: its size decides when each is sent.
                std::size_t slots = 0;
                for (bool more = true; more;) {
                    const Planned done = co_await plan_due();
                    slots += done.slots;
                    more = done.readers == settings_.batch;
                }
                if (slots > 0) planned();
                wait = co_await until_next();
            }
        } catch (const StoreFailure& failure) {
            if (!failure.may_pass()) throw;
            ports_.log.error("store failed", {{"error", failure.what()}});
            wait = std::min(settings_.longest_sleep, after_failure);
        }
        co_await wakeup_.wait_for(ports_.clock, wait);
    }
}

}  // namespace podbrief::services
