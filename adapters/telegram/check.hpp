#pragma once
#include <boost/asio/awaitable.hpp>
#include <string>
#include <vector>

#include "adapters/telegram/api.hpp"
#include "core/ports/platform.hpp"

namespace podbrief::telegram {

// What `podbrief doctor` looks at: the token, what BotFather was told, where updates go, and our clock against
// Telegram's. `webhook_url`: where they are to go; empty: they are polled. No address is told in full: its path is a
// secret.
asio::awaitable<std::vector<Finding>> check(Api& api, Clock& clock, std::string webhook_url);

}  // namespace podbrief::telegram
