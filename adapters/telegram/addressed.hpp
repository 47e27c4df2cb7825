#pragma once
#include <optional>
#include <string>

#include "adapters/telegram/inbound.hpp"

namespace podbrief::telegram {

// What somebody said to us in a message.
struct Said {
    std::string text;      // "more on chips": without mention; of a command its word and what follows
    bool started = false;  // pressed Start, or followed a deep link; `text` is its payload
};

// nullopt: not said to us. In private chats everything is; elsewhere commands with our name or of our menu, what
// mentions us, and replies to what we wrote.
std::optional<Said> said_to_us(const Message& message, const Bot& bot);

}  // namespace podbrief::telegram
