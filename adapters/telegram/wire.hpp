#pragma once
#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/telegram/render.hpp"
#include "core/model/time.hpp"

// What we read and write of the Bot API's JSON (core.telegram.org/bots/api). Unknown fields are passed over; known ones
// of another type are as if they were absent.
namespace podbrief::telegram {

struct User {
    std::int64_t id = 0;  // 0: absent
    bool is_bot = false;
    std::string name;  // first and last
    std::string username;
    std::string language_code;
};

struct Chat {
    enum class Type { none, private_chat, group, supergroup, channel };
    std::int64_t id = 0;
    Type type = Type::none;
    std::string title;
};

// MessageEntity as it comes in; UTF-16 units.
struct IncomingEntity {
    std::string type;
    std::int64_t offset = 0;
    std::int64_t length = 0;
    std::int64_t user = 0;  // text_mention
};

struct Message {
    std::int64_t message_id = 0;
    std::int64_t date = 0;  // seconds; 0: an InaccessibleMessage
    std::int64_t message_thread_id = 0;
    bool is_topic_message = false;
    bool is_automatic_forward = false;
    User from;
    Chat chat;
    std::int64_t sender_chat = 0;
    std::string text;
    std::vector<IncomingEntity> entities;
    std::int64_t reply_to = 0;       // message_id of reply_to_message
    std::int64_t reply_to_user = 0;  // who wrote it
    std::int64_t migrate_to_chat_id = 0;
    std::int64_t migrate_from_chat_id = 0;
    std::int64_t left_chat_member = 0;  // user
};

struct CallbackQuery {
    std::string id;
    User from;
    std::optional<Message> message;
    std::string data;
};

// What a member may do, as far as it matters.
struct Membership {
    std::string status;      // creator, administrator, member, restricted, left, kicked
    bool is_member = false;  // of restricted
    bool can_send = true;    // of restricted: can_send_messages
    bool can_post = true;    // of administrators in channels: can_post_messages
};

struct ChatMemberUpdated {
    Chat chat;
    User from;
    std::int64_t date = 0;
    Membership before;
    Membership after;
};

struct Update {
    std::int64_t update_id = 0;
    std::optional<Message> message;  // `channel_post` too
    bool is_channel_post = false;
    std::optional<CallbackQuery> callback_query;
    std::optional<ChatMemberUpdated> my_chat_member;
};

// nullopt: not JSON of an object, nested too deeply, or without update_id.
std::optional<Update> parse_update(std::string_view json);
Update update_from(const nlohmann::json& json);  // update_id 0: it had none

// getMe.
User user_from(const nlohmann::json& json);
// getChatMember.
Membership membership_from(const nlohmann::json& json);

// The document; nullptr: not JSON, or nested more deeply than we read.
std::optional<nlohmann::json> parse_json(std::string_view text);

// Of a field of that name and type; else the default.
std::int64_t integer(const nlohmann::json& object, const char* name);
std::string text(const nlohmann::json& object, const char* name);
bool flag(const nlohmann::json& object, const char* name, bool otherwise = false);

// The fields of sendMessage and editMessageText that say what is shown.
void put_content(nlohmann::json& fields, const Rendered& content);

}  // namespace podbrief::telegram
