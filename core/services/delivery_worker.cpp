#include "core/services/delivery_worker.hpp"

#include <algorithm>
#include <charconv>

#include "core/async/until_first_ends.hpp"
#include "core/ports/store_failure.hpp"
#include "core/services/brief_listed.hpp"

namespace podbrief::services {
namespace {

constexpr const char* doubt_note = "doubt_until_ms";

WallTime time_from(const std::string& text) {
    std::int64_t ms = 0;
    std::from_chars(text.data(), text.data() + text.size(), ms);
    return from_ms(ms);
}

std::string text_of(WallTime at) {
    return std::to_string(to_ms(at));
}

}  // namespace

DeliveryWorker::DeliveryWorker(std::string name, Ports ports, Settings settings)
    : name_(std::move(name)),
      ports_(std::move(ports)),
      settings_(settings),
      clock_(ports_.outbox, ports_.clock, clock_watch_),
      planner_({ports_.outbox, ports_.zones, clock_watch_, clock_, ports_.log, ports_.metrics, ports_.io},
               settings_.planning),
      composer_(name_,
                {ports_.outbox, ports_.readers, ports_.writer, ports_.fallback, ports_.messengers, ports_.zones, clock_,
                 ports_.log, ports_.metrics, ports_.io},
                settings_.composing),
      corrections_({ports_.outbox, clock_, ports_.log, ports_.metrics, ports_.io}, settings_.correcting),
      dispatcher_(name_,
                  {ports_.outbox, ports_.messengers, clock_watch_, clock_, ports_.random, ports_.log, ports_.metrics,
                   ports_.io, [this](Delivery delivery) { return sent(std::move(delivery)); }},
                  settings_.sending) {}

void DeliveryWorker::wake() {
    planner_.wake();
    composer_.wake();
    corrections_.wake();
    dispatcher_.wake();
}

asio::awaitable<void> DeliveryWorker::run() {
    while (!co_await begun()) co_await ports_.clock.sleep_for(settings_.retry_begin);
    std::vector<NamedTask> tasks;
    tasks.push_back({"planner", planner_.run([this] { composer_.wake(); })});
    tasks.push_back({"composer", composer_.run([this] { dispatcher_.wake(); })});
    tasks.push_back({"corrections", corrections_.run([this] { dispatcher_.wake(); })});
    tasks.push_back({"dispatcher", dispatcher_.run()});
    tasks.push_back({"housekeeping", keep_house()});
    co_await until_first_ends(std::move(tasks));
}

asio::awaitable<void> DeliveryWorker::sent(Delivery delivery) {
    // One that was only found again may be old, and something newer may be listed there.
    const bool whole = delivery.kind == DeliveryKind::brief && delivery.part == delivery.parts;
    if (!whole || delivery.attempt_at + settings_.list_within < clock_.wall_now()) co_return;
    const std::vector<Slot> latest = co_await ports_.outbox.slots(delivery.reader, 4);
    const auto slot = std::find_if(latest.begin(), latest.end(), [&](const Slot& s) { return s.id == delivery.slot; });
    if (slot == latest.end()) co_return;
    std::optional<Brief> brief = co_await ports_.readers.brief(delivery.reader, slot->key);
    if (brief) co_await brief_listed(ports_.readers, delivery.address, std::move(*brief));
}

// False: the store failed, and may work again.
asio::awaitable<bool> DeliveryWorker::begun() {
    try {
        co_await begin();
        co_return true;
    } catch (const StoreFailure& failure) {
        if (!failure.may_pass()) throw;
        ports_.log.error("store failed", {{"error", failure.what()}});
    }
    co_return false;
}

asio::awaitable<void> DeliveryWorker::begin() {
    co_await clock_.look();
    const WallTime now = clock_.wall_now();
    if (ports_.record != nullptr) co_await notice_restore(now);
    if (settings_.alone) co_await ports_.outbox.end_other_leases(name_, now);
    const std::string doubted = co_await ports_.outbox.note(doubt_note);
    composer_.doubt_until(time_from(doubted));
}

// The store is written before the record: a record that is ahead belongs to a later life of this store.
asio::awaitable<void> DeliveryWorker::notice_restore(WallTime now) {
    const std::optional<WallTime> recorded = co_await ports_.record->last_seen();
    const std::string stored = co_await ports_.outbox.note(last_seen_note);
    if (!recorded || time_from(stored) >= *recorded) co_return;
    const int doubted = co_await ports_.outbox.doubt_all(now);
    const WallTime until = std::min(*recorded + 2 * settings_.housekeeping, now);
    co_await ports_.outbox.set_note(doubt_note, text_of(until));
    co_await ports_.outbox.set_note(last_seen_note, text_of(*recorded));
    ports_.log.warning(
        "the store is an older copy: what may have been sent since is looked for before anything is sent",
        {{"deliveries", std::to_string(doubted)}});
}

// Says in the store whether nothing is sent because the clock was set; by a clock that is not trusted nothing is old.
asio::awaitable<bool> DeliveryWorker::clock_is_trusted() {
    const std::optional<Millis> jump = clock_watch_.latest();  // as of the latest look at the clock
    const std::string said = jump ? std::to_string(jump->count()) : std::string();
    if (!clock_said_ || *clock_said_ != said) co_await ports_.outbox.set_note(clock_jump_note, said);
    clock_said_ = said;
    co_return !jump;
}

asio::awaitable<void> DeliveryWorker::keep_house() {
    for (;;) {
        try {
            co_await clock_.look();
            const WallTime now = clock_.wall_now();
            if (co_await clock_is_trusted()) {
                co_await ports_.outbox.set_note(last_seen_note, text_of(now));
                if (ports_.record != nullptr) co_await ports_.record->seen(now);
                co_await ports_.outbox.prune(now - settings_.keep, now, 1'000);
            }
            const OutboxCounts counts = co_await ports_.outbox.outbox_counts();
            ports_.metrics.set("outbox_ready", static_cast<double>(counts.ready));
            ports_.metrics.set("outbox_unknown", static_cast<double>(counts.unknown));
            ports_.metrics.set("outbox_parked", static_cast<double>(counts.parked));
            const Millis late = counts.oldest_due ? std::max(Millis{0}, now - *counts.oldest_due) : Millis{0};
            ports_.metrics.set("outbox_oldest_due_seconds", static_cast<double>(late.count()) / 1000);
        } catch (const StoreFailure& failure) {
            if (!failure.may_pass()) throw;
            ports_.log.error("store failed", {{"error", failure.what()}});
        }
        co_await clock_.sleep_for(settings_.housekeeping);
    }
}

}  // namespace podbrief::services
