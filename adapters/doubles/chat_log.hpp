#pragma once
#include <optional>
#include <string>
#include <vector>

#include "core/model/time.hpp"

namespace podbrief::doubles {

// One message as the platform keeps it and as people see it.
struct ChatMessage {
    std::string id;
    std::string author;
    std::string text;                  // as shown
    std::string metadata;              // Slack: the delivery id in it
    std::string nonce;                 // Discord
    std::vector<std::string> buttons;  // labels of what can be pressed under it, in order
    std::vector<std::string> links;    // addresses that its text opens and does not show
    std::string tag;                   // what the sender calls it; for the oracle, no platform sees it
    WallTime made_at{};
    std::vector<WallTime> edits;  // those that changed what is shown
    std::optional<WallTime> deleted_at;
    std::string thread;    // the message it hangs on; empty: none
    std::string only_for;  // the one person who sees it; empty: all in the chat

    bool visible() const { return !deleted_at; }
};

enum class Access {
    open,
    blocked,     // by the reader (Telegram: blocked, Discord: closed to direct messages)
    not_member,  // the bot was never in, was removed, or cannot see the channel
    read_only,   // Slack: archived; Telegram, Discord: no right to post
    gone,
};

struct Chat {
    std::string workspace;
    std::string id;
    Access access = Access::open;
    std::string moved_to;               // Telegram: the supergroup it became; empty: still here
    std::vector<ChatMessage> messages;  // in the order in which they became visible

    ChatMessage* find(const std::string& id);
};

}  // namespace podbrief::doubles
