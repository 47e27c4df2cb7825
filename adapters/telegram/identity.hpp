#pragma once
#include <boost/asio/awaitable.hpp>
#include <optional>

#include "adapters/telegram/api.hpp"
#include "adapters/telegram/inbound.hpp"
#include "core/ports/log.hpp"

namespace podbrief::telegram {

// Who we are: asked once, before the first update is read, since what was said to us cannot be told without our name.
class Identity {
public:
    explicit Identity(Api& api) : api_(api) {}

    // One try of at most `limit`; `bot` is empty afterwards if it failed.
    asio::awaitable<Called> ask(Millis limit);
    // Asks until it is known, with longer and longer pauses. False: the token is refused.
    asio::awaitable<bool> find_out(Clock& clock, Log& log);
    const std::optional<Bot>& bot() const { return bot_; }

private:
    Api& api_;
    std::optional<Bot> bot_;
};

}  // namespace podbrief::telegram
