#pragma once
#include <boost/asio/awaitable.hpp>
#include <vector>

#include "adapters/discord/discord.hpp"
#include "adapters/discord/rest.hpp"

namespace podbrief::discord {

// What the owner should know before the bot is trusted to work; each with where to click.
asio::awaitable<std::vector<Finding>> check_all(const Options& options, Rest& rest, Clock& clock);
// Registers commands and endpoint.
asio::awaitable<std::vector<Finding>> set_up(const Options& options, Rest& rest);

}  // namespace podbrief::discord
