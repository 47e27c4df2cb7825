#pragma once
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <functional>

#include "core/async/turnstile.hpp"
#include "core/delivery/rules.hpp"
#include "core/ports/clock.hpp"
#include "core/ports/log.hpp"
#include "core/ports/metrics.hpp"
#include "core/ports/outbox_store.hpp"

namespace podbrief::services {

namespace asio = boost::asio;

// Corrects what was sent: when an insight is withdrawn, every message that shows it is edited. The edits go through the
// outbox like everything that is sent.
class Corrections {
public:
    struct Ports {
        OutboxStore& outbox;
        Clock& clock;
        Log& log;
        Metrics& metrics;
        asio::any_io_executor io;
    };
    struct Settings {
        delivery::Rules rules;
        Millis poll = std::chrono::seconds{60};
        std::size_t most_messages = 100'000;  // of one insight
    };

    Corrections(Ports ports, Settings settings) : ports_(ports), settings_(settings), wakeup_(ports_.io) {}

    // Stores the edits of what was withdrawn and not yet corrected. Gives how many.
    asio::awaitable<std::size_t> correct_due();
    // For ever, until cancelled. `stored` hears when there are new deliveries.
    asio::awaitable<void> run(std::function<void()> stored);
    void wake() { wakeup_.notify(); }

private:
    asio::awaitable<std::vector<Delivery>> edits_for(InsightId insight, WallTime now);

    Ports ports_;
    Settings settings_;
    Wakeup wakeup_;
};

}  // namespace podbrief::services
