#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "adapters/doubles/limits.hpp"
#include "adapters/doubles/platform_model.hpp"

namespace podbrief::doubles {

namespace discord {

// What a message looks like to people, for whoever has worked it out from its components and Markdown.
struct Looks {
    std::vector<std::string> buttons;
    std::vector<std::string> links;  // opened, and not shown
    std::string payload;             // JSON of what was sent, kept as ChatMessage::metadata
};

struct CreateMessage {
    std::string guild;  // not sent; which chat is meant in this world
    std::string channel;
    std::string content;
    bool markdown = false;  // components or the like: what can be refused as a form
    std::string nonce;
    bool enforce_nonce = false;
    std::string tag = {};
    std::optional<Looks> looks = {};  // then `content` is text as people see it, and its length was looked at
};

struct EditMessage {
    std::string guild;
    std::string channel;
    std::string message;
    std::string content;
    bool markdown = false;
    std::optional<Looks> looks = {};
};

struct ListMessages {
    std::string guild;
    std::string channel;
    std::string after;   // snowflake, exclusive; the oldest that follow it
    int limit = 50;      // 1..100
    std::string before;  // snowflake, exclusive; without `after`. Neither: the latest
};

struct ListedMessage {
    std::string id;
    std::string author;
    std::string content;
    std::string nonce;
};

struct Answer : HttpPart {
    int code = 0;  // of a JSON error; 0: none
    std::string message;
    double retry_after_s = 0;  // in a 429's body; 0: absent
    bool global = false;
    std::string scope;  // X-RateLimit-Scope
    std::string id;     // of the message
    std::vector<ListedMessage> messages;
};

std::string snowflake_of(WallTime at, std::uint64_t number = 0);
bool is_after(const std::string& snowflake, const std::string& other);

}  // namespace discord

// Discord's REST API v10, one bot (docs.discord.com: resources/message, topics/rate-limits).
class DiscordModel final : public PlatformModel {
public:
    // silently_empty: no right to read the history gives an empty list, as documented for Get Channel Messages.
    enum class HistoryMode { open, slow, forbidden, silently_empty };  // slow: one call a minute and channel

    DiscordModel() : PlatformModel("discord") {}
    void set_history(HistoryMode mode) { history_mode_ = mode; }
    void set_nonce_window(Millis window) { nonce_window_ = window; }
    bool banned(WallTime now) const { return now < banned_until_; }
    bool was_banned() const { return banned_until_ != WallTime{}; }

    discord::Answer create_message(const Call& call, const discord::CreateMessage& create);
    discord::Answer edit_message(const Call& call, const discord::EditMessage& edit);
    discord::Answer list_messages(const Call& call, const discord::ListMessages& ask);

    // By an interaction's own way: without limits, and even where the bot is not a member. Empty: no such chat.
    std::string respond(const discord::CreateMessage& create, WallTime now);
    bool change_response(const discord::EditMessage& edit, WallTime now);
    std::string new_id(WallTime now) { return next_id(now); }

private:
    enum class Route { create, edit, list };
    struct Buckets {
        FixedWindow create{5, Millis{5000}};
        FixedWindow edit{5, Millis{5000}};
        FixedWindow list{5, Millis{5000}};
        FixedWindow slow_list{1, Millis{60'000}};
    };
    template <class Real>
    discord::Answer answer(const Call& call, const std::string& channel, Route route, bool rich, Real real);
    discord::Answer limited(const Call& call, const Key& key, const Fault& fault);
    discord::Answer access_error(const std::string& guild, const std::string& channel);
    discord::Answer created(const Call& call, const discord::CreateMessage& create);
    discord::Answer edited(const Call& call, const discord::EditMessage& edit);
    discord::Answer listed(const discord::ListMessages& ask);
    const ChatMessage* same_nonce(const Call& call, const discord::CreateMessage& create);
    std::string next_id(WallTime now) override;
    std::string token_of(const std::string&) const override { return {}; }

    HistoryMode history_mode_ = HistoryMode::open;
    Millis nonce_window_{180'000};
    FixedWindow global_{50, Millis{1000}};
    std::map<std::string, Buckets> buckets_;
    SlidingWindow invalid_{10'000, Millis{600'000}};
    WallTime banned_until_{};
    std::uint64_t number_ = 0;
};

}  // namespace podbrief::doubles
