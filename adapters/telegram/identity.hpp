#pragma once
#include <boost/asio/awaitable.hpp>
#include <optional>

#include "adapters/telegram/api.hpp"
#include "adapters/telegram/inbound.hpp"

namespace podbrief::telegram {

// Who we are: asked once, before the first update is read, since what was said to us cannot be told without our name.
class Identity {
public:
    explicit Identity(Api& api) : api_(api) {}

    // One try of at most `limit`; `bot` is empty afterwards if it failed.
    asio::awaitable<Called> ask(Millis limit);
    const std::optional<Bot>& bot() const { return bot_; }

private:
    Api& api_;
    std::optional<Bot> bot_;
};

}  // namespace podbrief::telegram
