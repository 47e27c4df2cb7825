#pragma once
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>

#include "core/async/turnstile.hpp"
#include "core/briefs/slots.hpp"
#include "core/delivery/clock_watch.hpp"
#include "core/ports/clock.hpp"
#include "core/ports/log.hpp"
#include "core/ports/metrics.hpp"
#include "core/ports/outbox_store.hpp"

namespace podbrief::services {

namespace asio = boost::asio;

// Writes down when each reader is due, some time ahead. What is due is told by the clock and the store, never by a
// timer alone: after a restart, a long sleep or a change of the zones' rules it comes to the same.
class SlotPlanner {
public:
    struct Ports {
        OutboxStore& outbox;
        briefs::Zones& zones;
        const delivery::ClockWatch& clock_watch;  // of `clock`
        Clock& clock;
        Log& log;
        Metrics& metrics;
        asio::any_io_executor io;
    };
    struct Settings {
        Millis horizon = briefs::usual_horizon;           // how long before its time a slot is written
        Millis longest_sleep = std::chrono::seconds{60};  // others may have changed readers or rules meanwhile
        std::size_t batch = 256;
        std::size_t parallel = 16;                     // writes at once: the store commits them together
        Millis rules_look = std::chrono::minutes{15};  // tzdata may be updated under a running server
    };

    SlotPlanner(Ports ports, Settings settings) : ports_(ports), settings_(settings), wakeup_(ports_.io) {}

    // Plans one batch of those that are to be planned now.
    struct Planned {
        std::size_t readers = 0;
        std::size_t slots = 0;
    };
    asio::awaitable<Planned> plan_due();

    // For ever, until cancelled. `planned` hears when there are new slots to compose.
    asio::awaitable<void> run(std::function<void()> planned);
    // A reader joined or changed the schedule.
    void wake() { wakeup_.notify(); }

private:
    asio::awaitable<void> plan_one(ReaderPlan reader, WallTime now, Planned& done);
    asio::awaitable<void> look_for_new_rules();
    bool clock_is_trusted();
    asio::awaitable<Millis> until_next();

    Ports ports_;
    Settings settings_;
    Wakeup wakeup_;
    bool distrusted_ = false;
    bool looked_for_rules_ = false;
    SteadyTime next_look_for_rules_{};
};

}  // namespace podbrief::services
