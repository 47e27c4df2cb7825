#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "adapters/doubles/limits.hpp"
#include "adapters/doubles/platform_model.hpp"

namespace podbrief::doubles {

namespace telegram {

struct Entity {
    std::string type;
    std::size_t offset = 0;  // UTF-16 units, as length
    std::size_t length = 0;
    std::string url;  // text_link
    bool operator==(const Entity&) const = default;
};

struct Button {
    std::string text;
    std::string data;  // callback_data
    std::string url;
    bool operator==(const Button&) const = default;
};
using Keyboard = std::vector<std::vector<Button>>;

struct SendMessage {
    std::string chat_id;  // negative: a group
    std::string text;
    std::string parse_mode;  // "HTML" or none
    std::string tag;
    std::vector<Entity> entities = {};  // instead of parse_mode
    Keyboard keyboard = {};
    std::int64_t thread = 0;    // forum topic
    std::int64_t reply_to = 0;  // message_id; one that is not there does not matter
};

struct EditMessageText {
    std::string chat_id;
    std::int64_t message_id = 0;
    std::string text;
    std::string parse_mode;
    std::vector<Entity> entities = {};
    Keyboard keyboard = {};  // none: it is removed
};

// What a message has beside its text.
struct Extras {
    std::vector<Entity> entities;
    Keyboard keyboard;
    std::int64_t thread = 0;
    std::int64_t reply_to = 0;
    bool operator==(const Extras&) const = default;
};

// HTTP status equals error_code.
struct Answer : HttpPart {
    bool ok = false;
    int error_code = 0;
    std::string description;
    std::int64_t retry_after_parameter = 0;  // parameters.retry_after; 0: absent
    std::string migrate_to_chat_id;          // empty: absent
    std::int64_t message_id = 0;
};

// The text that is shown, or nothing and what is wrong with the markup.
struct Parsed {
    std::optional<std::string> text;
    std::string error;
};
Parsed parse_html(const std::string& html);

}  // namespace telegram

// Telegram's Bot API, one bot (core.telegram.org/bots/api: sendMessage, editMessageText; bots/faq for the limits).
// Workspaces are empty.
class TelegramModel final : public PlatformModel {
public:
    TelegramModel() : PlatformModel("telegram") {}
    using PlatformModel::add_chat;
    Chat& add_chat(const std::string& id) { return add_chat({}, id); }

    telegram::Answer send_message(const Call& call, const telegram::SendMessage& send);
    telegram::Answer edit_message_text(const Call& call, const telegram::EditMessageText& edit);

    // nullptr: it has nothing beside its text.
    const telegram::Extras* extras(const std::string& chat_id, const std::string& message_id) const;

    // Forum topics of a chat; only chats with topics are asked for them.
    enum class Topic { open, closed, deleted };
    void set_topic(const std::string& chat_id, std::int64_t thread, Topic state) { topics_[{chat_id, thread}] = state; }

private:
    struct ChatLimits {
        LeakyBucket every_second{Millis{1000}, 3};
        SlidingWindow group{20, Millis{60'000}};
    };
    template <class Real>
    telegram::Answer answer(const Call& call, const std::string& chat_id, bool rich, Real real);
    telegram::Answer limited(const Call& call, const std::string& chat_id, const Fault& fault);
    // Why not; nothing: go on.
    std::optional<telegram::Answer> refusal(const Call& call, const std::string& chat_id, const std::string& text,
                                            const std::string& parse_mode, std::string& shown);
    std::optional<telegram::Answer> topic_refusal(const telegram::SendMessage& send) const;
    void keep(ChatMessage& message, const std::string& chat_id, telegram::Extras extras);
    telegram::Answer sent(const Call& call, const telegram::SendMessage& send);
    telegram::Answer edited(const Call& call, const telegram::EditMessageText& edit);
    std::string next_id(WallTime) override { return std::to_string(++last_id_); }

    SlidingWindow bot_{30, Millis{1000}};
    std::map<std::string, ChatLimits> limits_;
    std::map<std::pair<std::string, std::string>, telegram::Extras> extras_;  // by chat and message
    std::map<std::pair<std::string, std::int64_t>, Topic> topics_;
    std::int64_t last_id_ = 0;
};

}  // namespace podbrief::doubles
