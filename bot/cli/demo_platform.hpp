#pragma once
#include <boost/asio/awaitable.hpp>
#include <string>

#include "bot/app.hpp"

namespace podbrief::bot {

// Ann signs up on the platform's double, gets a brief and asks on; prints what she sees. The library is filled.
asio::awaitable<void> converse_on(App& app, std::string platform);

}  // namespace podbrief::bot
