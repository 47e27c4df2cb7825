#pragma once
#include <string>
#include <vector>

#include "bot/app.hpp"

namespace podbrief::bot {

// Talks with `reader` on the terminal until the end of the input or `quit`.
asio::awaitable<void> chat_on_terminal(App& app, std::string reader);

// Types `lines` for the reader and prints the answers, as a chat would look.
asio::awaitable<void> play_conversation(App& app, std::string reader, std::vector<std::string> lines);

}  // namespace podbrief::bot
