#pragma once
#include <map>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>

#include "core/model/incoming.hpp"

// What Discord tells, in the product's words. Pure but for what it remembers of chats.
namespace podbrief::discord {

// Where people write: what is learnt of direct messages and threads from what comes in. Bounded.
class Places {
public:
    void learn_direct(const std::string& user, const std::string& channel);
    void learn_thread(const std::string& thread, const std::string& parent);
    std::optional<std::string> direct_of(const std::string& user) const;
    // A channel as a conversation: a thread's chat is the channel it hangs on.
    Destination conversation(const std::string& guild, const std::string& channel) const;

private:
    std::map<std::string, std::string> directs_;
    std::map<std::string, std::string> parents_;
};

// The chat of somebody whose direct messages with us are not known yet: "@42".
std::string direct_chat(const std::string& user);
bool is_direct_chat(const std::string& chat);

struct Interaction {
    enum class Type { ping = 1, command = 2, component = 3, autocomplete = 4, modal = 5 };
    Type type = Type::ping;
    std::string id;
    std::string token;  // a secret
    std::string application;
    Incoming incoming;  // of commands, components and modals
    // The bot is a member where it was typed and may write there; else only the interaction's own way leads there.
    bool channel_open = false;
    bool own_chat = false;            // our direct messages with them
    bool message_is_private = false;  // the pressed message is seen by one person only
};
// nullopt: not an interaction as documented. `data` is left for who needs it.
std::optional<Interaction> read_interaction(const nlohmann::json& body, Places& places);

// A message to us (Gateway): direct, or one that mentions `bot`. nullopt: not for us.
std::optional<Incoming> read_message(const nlohmann::json& data, const std::string& bot, Places& places);

// GUILD_CREATE of a guild that we were just added to.
std::optional<Incoming> read_joined(const nlohmann::json& data);
// GUILD_DELETE (chat empty: all of it), CHANNEL_DELETE, THREAD_DELETE. nullopt: only out of reach for a while.
std::optional<Incoming> read_gone(const nlohmann::json& data, bool guild, const std::string& event_id, WallTime now);

}  // namespace podbrief::discord
