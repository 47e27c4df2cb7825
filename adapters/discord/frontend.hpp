#pragma once
#include "adapters/discord/direct_messages.hpp"
#include "adapters/discord/rest.hpp"
#include "adapters/discord/ways.hpp"
#include "core/ports/intake.hpp"
#include "core/ports/log.hpp"

namespace podbrief::discord {

// A few words to one person, and the end of "thinking...".
class DiscordFrontend final : public Frontend {
public:
    DiscordFrontend(std::string application, Rest& rest, DirectMessages& directs, Ways& ways, Clock& clock, Log& log)
        : application_(std::move(application)), rest_(rest), directs_(directs), ways_(ways), clock_(clock), log_(log) {}
    asio::awaitable<void> notice(Incoming about, std::string text) override;
    asio::awaitable<void> settled(Incoming about) override;
    asio::awaitable<void> show_home(Incoming about, Reply page) override;  // Discord has none

private:
    // Tried again while our acknowledgement may be on its way. False: the way is closed.
    asio::awaitable<bool> by_way(RestCall call, SteadyTime since);

    std::string application_;
    Rest& rest_;
    DirectMessages& directs_;
    Ways& ways_;
    Clock& clock_;
    Log& log_;
};

}  // namespace podbrief::discord
