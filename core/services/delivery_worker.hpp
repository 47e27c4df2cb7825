#pragma once
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <string>

#include "core/ports/run_record.hpp"
#include "core/services/compose_ahead.hpp"
#include "core/services/corrections.hpp"
#include "core/services/dispatcher.hpp"
#include "core/services/slot_planner.hpp"
#include "core/services/store_clock.hpp"

namespace podbrief::services {

namespace asio = boost::asio;

// Notes in the store (OutboxStore::note) for whoever looks from another process: when delivery last ran, and by how
// much the clock was set while it ran (empty: it is trusted).
inline constexpr const char* last_seen_note = "last_seen_ms";
inline constexpr const char* clock_jump_note = "clock_jump_ms";

// All of delivery in one process: planning slots, composing ahead, sending, correcting, keeping house. Any number of
// workers may share a store; each piece of work is done by one of them.
class DeliveryWorker {
public:
    struct Ports {
        OutboxStore& outbox;
        ReaderStore& readers;
        BriefWriter& writer;
        BriefWriter* fallback;  // may be null
        Messengers& messengers;
        briefs::Zones& zones;
        RunRecord* record;  // of this installation; null: restores are not noticed
        Clock& clock;
        Random& random;
        Log& log;
        Metrics& metrics;
        asio::any_io_executor io;
    };
    struct Settings {
        bool alone = false;  // nobody else may be alive that uses the store
        SlotPlanner::Settings planning;
        ComposeAhead::Settings composing;
        Dispatcher::Settings sending;
        Corrections::Settings correcting;
        Millis housekeeping{60'000};
        Millis list_within{60'000};  // of its last attempt a brief becomes its chat's latest list
        Millis retry_begin{2'000};   // while the store fails at the start
        std::chrono::days keep{30};  // what has ended
    };

    // `name` is this process's own: another one after every start.
    DeliveryWorker(std::string name, Ports ports, Settings settings);

    // For ever, until cancelled. Ends orderly: see Dispatcher::run.
    asio::awaitable<void> run();
    // Something was stored that may be due: a reader joined, a schedule changed, a reply was enqueued.
    void wake();

    const std::string& name() const { return name_; }
    bool is_held_back(const std::string& platform) const { return dispatcher_.is_held_back(platform); }

private:
    // A brief that arrived is what numbers mean in its chat from now on.
    asio::awaitable<void> sent(Delivery delivery);
    asio::awaitable<bool> begun();
    asio::awaitable<void> begin();
    asio::awaitable<void> notice_restore(WallTime now);
    asio::awaitable<bool> clock_is_trusted();
    asio::awaitable<void> keep_house();

    std::string name_;
    Ports ports_;
    Settings settings_;
    delivery::ClockWatch clock_watch_;
    StoreClock clock_;
    std::optional<std::string> clock_said_;
    SlotPlanner planner_;
    ComposeAhead composer_;
    Corrections corrections_;
    Dispatcher dispatcher_;
};

}  // namespace podbrief::services
