#pragma once
#include <boost/asio/awaitable.hpp>
#include <nlohmann/json_fwd.hpp>
#include <string>

#include "adapters/discord/inbound.hpp"
#include "adapters/discord/ways.hpp"
#include "core/ports/clock.hpp"
#include "core/ports/intake.hpp"
#include "core/ports/log.hpp"
#include "core/ports/metrics.hpp"

namespace podbrief::discord {

namespace asio = boost::asio;

// What is answered at once to an interaction, however it came.
struct Callback {
    int status = 200;  // 200: `json` is the callback; 400: not an interaction of ours; 503: could not be kept
    std::string json;
    std::string id;     // of the interaction
    std::string token;  // a secret
};

class Interactions {
public:
    Interactions(std::string application, Intake& intake, Places& places, Ways& ways, Clock& clock, Log& log,
                 Metrics& metrics)
        : application_(std::move(application)),
          intake_(intake),
          places_(places),
          ways_(ways),
          clock_(clock),
          log_(log),
          metrics_(metrics) {}

    // Within 2.5 s. The interaction is kept before it is acknowledged.
    asio::awaitable<Callback> handle(const nlohmann::json& body);

private:
    asio::awaitable<Callback> suggest(const nlohmann::json& body, const Interaction& interaction);
    asio::awaitable<Callback> take(Interaction interaction);

    std::string application_;
    Intake& intake_;
    Places& places_;
    Ways& ways_;
    Clock& clock_;
    Log& log_;
    Metrics& metrics_;
};

}  // namespace podbrief::discord
