#pragma once
#include <boost/asio/awaitable.hpp>
#include <string>
#include <string_view>

#include "adapters/slack/api.hpp"
#include "adapters/slack/inbound.hpp"
#include "adapters/slack/people.hpp"
#include "adapters/slack/response_routes.hpp"
#include "core/ports/intake.hpp"
#include "core/ports/log.hpp"
#include "core/ports/metrics.hpp"

namespace podbrief::slack {

// Takes in what was read, whichever way it came, within 2.5 s.
class Desk {
public:
    struct Ports {
        Intake& intake;
        Clock& clock;
        Log& log;
        Metrics& metrics;
    };
    Desk(Ports ports, Api& api, People& people, ResponseRoutes& routes)
        : ports_(ports), api_(api), people_(people), routes_(routes) {}

    struct Outcome {
        enum class Kind { taken, unavailable, malformed };
        Kind kind = Kind::taken;
        std::string json;  // what is to be answered; empty: nothing but that it arrived
    };
    asio::awaitable<Outcome> take(Inbound inbound);
    // "accepted", "forged" ...: what became of a request.
    void count(std::string_view outcome) { ports_.metrics.count("slack_requests_total", outcome, 1); }

private:
    asio::awaitable<void> look_up(Inbound& inbound);
    asio::awaitable<bool> is_empty(Destination where);
    asio::awaitable<bool> open_form(const Inbound& inbound, Millis patience);
    asio::awaitable<Outcome> accept(Inbound inbound, SteadyTime end);

    Ports ports_;
    Api& api_;
    People& people_;
    ResponseRoutes& routes_;
};

}  // namespace podbrief::slack
