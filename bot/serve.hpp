#pragma once
#include <boost/asio/awaitable.hpp>

#include "bot/app.hpp"

namespace podbrief::bot {

// The server: polls, reads, composes and delivers until it is cancelled; all parts are stopped when one fails. Sends
// under way get their grace (Dispatcher::Settings) when it is cancelled.
asio::awaitable<int> serve(App& app);

}  // namespace podbrief::bot
