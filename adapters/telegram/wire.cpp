#include "adapters/telegram/wire.hpp"

#include <nlohmann/json.hpp>

#include "adapters/telegram/limits.hpp"

namespace podbrief::telegram {
namespace {

using Json = nlohmann::json;

// Before anything is built of it: nesting costs stack.
bool is_nested_too_deeply(std::string_view text) {
    std::size_t depth = 0;
    bool in_string = false;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char c = text[at];
        if (in_string) {
            if (c == '\\') ++at;
            if (c == '"') in_string = false;
        } else if (c == '"') {
            in_string = true;
        } else if (c == '[' || c == '{') {
            if (++depth > deepest_json) return true;
        } else if ((c == ']' || c == '}') && depth > 0) {
            --depth;
        }
    }
    return false;
}

const Json* object(const Json& in, const char* name) {
    if (!in.is_object()) return nullptr;
    const auto found = in.find(name);
    return found != in.end() && found->is_object() ? &*found : nullptr;
}

Chat chat_from(const Json& json) {
    Chat out;
    out.id = integer(json, "id");
    out.title = text(json, "title");
    const std::string type = text(json, "type");
    if (type == "private") out.type = Chat::Type::private_chat;
    if (type == "group") out.type = Chat::Type::group;
    if (type == "supergroup") out.type = Chat::Type::supergroup;
    if (type == "channel") out.type = Chat::Type::channel;
    return out;
}

std::vector<IncomingEntity> entities_from(const Json& json) {
    std::vector<IncomingEntity> out;
    const auto found = json.find("entities");
    if (found == json.end() || !found->is_array()) return out;
    for (const Json& one : *found) {
        if (!one.is_object() || out.size() == most_entities) continue;
        IncomingEntity entity;
        entity.type = text(one, "type");
        entity.offset = integer(one, "offset");
        entity.length = integer(one, "length");
        if (const Json* user = object(one, "user")) entity.user = integer(*user, "id");
        if (entity.offset >= 0 && entity.length > 0) out.push_back(std::move(entity));
    }
    return out;
}

Message message_from(const Json& json) {
    Message out;
    out.message_id = integer(json, "message_id");
    out.date = integer(json, "date");
    out.message_thread_id = integer(json, "message_thread_id");
    out.is_topic_message = flag(json, "is_topic_message");
    out.is_automatic_forward = flag(json, "is_automatic_forward");
    if (const Json* from = object(json, "from")) out.from = user_from(*from);
    if (const Json* chat = object(json, "chat")) out.chat = chat_from(*chat);
    if (const Json* sender = object(json, "sender_chat")) out.sender_chat = integer(*sender, "id");
    out.text = text(json, "text");
    out.entities = entities_from(json);
    if (const Json* replied = object(json, "reply_to_message")) {
        out.reply_to = integer(*replied, "message_id");
        if (const Json* author = object(*replied, "from")) out.reply_to_user = integer(*author, "id");
    }
    out.migrate_to_chat_id = integer(json, "migrate_to_chat_id");
    out.migrate_from_chat_id = integer(json, "migrate_from_chat_id");
    if (const Json* left = object(json, "left_chat_member")) out.left_chat_member = integer(*left, "id");
    return out;
}

CallbackQuery callback_from(const Json& json) {
    CallbackQuery out;
    out.id = text(json, "id");
    if (const Json* from = object(json, "from")) out.from = user_from(*from);
    if (const Json* message = object(json, "message")) out.message = message_from(*message);
    out.data = text(json, "data");
    return out;
}

ChatMemberUpdated member_update_from(const Json& json) {
    ChatMemberUpdated out;
    if (const Json* chat = object(json, "chat")) out.chat = chat_from(*chat);
    if (const Json* from = object(json, "from")) out.from = user_from(*from);
    out.date = integer(json, "date");
    if (const Json* before = object(json, "old_chat_member")) out.before = membership_from(*before);
    if (const Json* after = object(json, "new_chat_member")) out.after = membership_from(*after);
    return out;
}

Json entity_json(const Entity& entity) {
    Json out{{"type", to_string(entity.type)}, {"offset", entity.offset}, {"length", entity.length}};
    if (entity.type == Entity::Type::text_link) out["url"] = entity.url;
    return out;
}

}  // namespace

std::optional<Json> parse_json(std::string_view text) {
    if (text.find('\0') != std::string_view::npos || is_nested_too_deeply(text)) return std::nullopt;
    Json json = Json::parse(text, nullptr, false);
    if (json.is_discarded()) return std::nullopt;
    return json;
}

std::int64_t integer(const Json& object, const char* name) {
    if (!object.is_object()) return 0;
    const auto found = object.find(name);
    if (found == object.end() || !found->is_number_integer()) return 0;
    if (found->is_number_unsigned() && found->get<std::uint64_t>() > static_cast<std::uint64_t>(INT64_MAX)) return 0;
    return found->get<std::int64_t>();
}

std::string text(const Json& object, const char* name) {
    if (!object.is_object()) return {};
    const auto found = object.find(name);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string{};
}

bool flag(const Json& object, const char* name, bool otherwise) {
    if (!object.is_object()) return otherwise;
    const auto found = object.find(name);
    return found != object.end() && found->is_boolean() ? found->get<bool>() : otherwise;
}

User user_from(const Json& json) {
    User out;
    out.id = integer(json, "id");
    out.is_bot = flag(json, "is_bot");
    const std::string last = text(json, "last_name");
    out.name = text(json, "first_name") + (last.empty() ? "" : " ") + last;
    out.username = text(json, "username");
    out.language_code = text(json, "language_code");
    return out;
}

Membership membership_from(const Json& json) {
    Membership out;
    out.status = text(json, "status");
    out.is_member = flag(json, "is_member");
    out.can_send = flag(json, "can_send_messages", true);
    out.can_post = flag(json, "can_post_messages", true);
    return out;
}

Update update_from(const Json& json) {
    Update out;
    out.update_id = integer(json, "update_id");
    if (const Json* message = object(json, "message")) out.message = message_from(*message);
    if (const Json* post = object(json, "channel_post")) {
        out.message = message_from(*post);
        out.is_channel_post = true;
    }
    if (const Json* query = object(json, "callback_query")) out.callback_query = callback_from(*query);
    if (const Json* member = object(json, "my_chat_member")) out.my_chat_member = member_update_from(*member);
    return out;
}

std::optional<Update> parse_update(std::string_view json) {
    const auto parsed = parse_json(json);
    if (!parsed || !parsed->is_object()) return std::nullopt;
    Update update = update_from(*parsed);
    if (update.update_id <= 0) return std::nullopt;
    return update;
}

void put_content(Json& fields, const Rendered& content) {
    fields["text"] = content.text;
    fields["link_preview_options"] = Json{{"is_disabled", true}};
    if (!content.entities.empty()) {
        Json entities = Json::array();
        for (const Entity& entity : content.entities) entities.push_back(entity_json(entity));
        fields["entities"] = std::move(entities);
    }
    if (content.keyboard.empty()) return;
    Json rows = Json::array();
    for (const Row& row : content.keyboard) {
        Json buttons = Json::array();
        for (const Button& button : row) {
            Json one{{"text", button.text}};
            if (button.url.empty()) {
                one["callback_data"] = button.data;
            } else {
                one["url"] = button.url;
            }
            buttons.push_back(std::move(one));
        }
        rows.push_back(std::move(buttons));
    }
    fields["reply_markup"] = Json{{"inline_keyboard", std::move(rows)}};
}

}  // namespace podbrief::telegram
