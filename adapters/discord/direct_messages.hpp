#pragma once
#include <boost/asio/awaitable.hpp>
#include <functional>
#include <set>
#include <string>
#include <variant>

#include "adapters/discord/inbound.hpp"
#include "adapters/discord/rest.hpp"
#include "core/ports/log.hpp"
#include "core/ports/messenger.hpp"

namespace podbrief::discord {

// Opens direct messages with people who asked for them and whose channel is not known yet. Bots that open many are
// stopped by Discord (40003) and put apart: then none is opened for a while, the owner is told, and nobody is tried
// twice.
class DirectMessages {
public:
    DirectMessages(Rest& rest, Places& places, Clock& clock, Log& log, Metrics& metrics)
        : rest_(rest), places_(places), clock_(clock), log_(log), metrics_(metrics) {}

    // The channel of `to`: its thread, its chat, or the direct messages with "@user"; or what became of opening them.
    asio::awaitable<std::variant<std::string, SendOutcome>> channel_of(Destination to, SteadyTime end,
                                                                       std::function<bool()> may_begin);

private:
    SendOutcome refused(const std::string& user, const RestResult& result);

    Rest& rest_;
    Places& places_;
    Clock& clock_;
    Log& log_;
    Metrics& metrics_;
    std::set<std::string> closed_;  // users
    SteadyTime held_until_{};
    Millis next_hold_{3'600'000};
};

}  // namespace podbrief::discord
