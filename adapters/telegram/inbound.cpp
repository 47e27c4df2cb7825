#include "adapters/telegram/inbound.hpp"

#include "adapters/telegram/addressed.hpp"
#include "adapters/telegram/limits.hpp"
#include "core/commands/command.hpp"
#include "core/commands/setting_verbs.hpp"
#include "core/model/action.hpp"
#include "core/text/unicode.hpp"

namespace podbrief::telegram {
namespace {

using Kind = Incoming::Kind;

constexpr std::size_t longest_name = 100;  // code points

std::string one_line(std::string_view said, std::size_t limit) {
    const std::string folded = text::collapse_white_space(text::to_valid_utf8(said));
    return std::string(text::prefix_of(folded, limit));
}

// "en", "pt-br" -> "pt-BR".
std::string locale_of(std::string code) {
    if (code.size() > 16) return {};
    const auto dash = code.find('-');
    for (std::size_t at = dash; at < code.size(); ++at) {
        if (code[at] >= 'a' && code[at] <= 'z') code[at] = static_cast<char>(code[at] - 32);
    }
    return code;
}

WallTime at_second(std::int64_t date, WallTime otherwise) {
    constexpr std::int64_t last = 4'102'444'800;  // 2100
    return date > 0 && date < last ? from_ms(date * 1000) : otherwise;
}

Destination chat_address(std::int64_t chat) {
    return {"telegram", {}, std::to_string(chat), {}};
}

Destination address_of(const Message& message) {
    Destination out = chat_address(message.chat.id);
    // In groups without topics a thread is only the chain of replies.
    if (message.is_topic_message && message.message_thread_id > 0)
        out.thread = std::to_string(message.message_thread_id);
    return out;
}

Incoming begun(const Update& update, Kind kind, WallTime at) {
    Incoming out;
    out.platform = "telegram";
    out.event_id = event_id_of(update);
    out.at = at;
    out.kind = kind;
    return out;
}

void add_person(Incoming& incoming, const User& user) {
    if (user.id == 0) return;
    incoming.from = {"telegram", {}, std::to_string(user.id)};
    incoming.name = one_line(user.name, longest_name);
    incoming.locale = locale_of(user.language_code);
}

std::optional<Incoming> moved(const Update& update, WallTime at) {
    const Message& message = *update.message;
    Incoming out = begun(update, Kind::moved, at);
    const bool from_old = message.migrate_to_chat_id != 0;
    out.where = chat_address(from_old ? message.chat.id : message.migrate_from_chat_id);
    out.moved_to = chat_address(from_old ? message.migrate_to_chat_id : message.chat.id);
    return out;
}

std::optional<Incoming> of_message(const Update& update, const Bot& bot, WallTime now) {
    const Message& message = *update.message;
    const WallTime at = at_second(message.date, now);
    if (message.chat.id == 0 || message.chat.type == Chat::Type::none) return std::nullopt;
    if (message.migrate_to_chat_id != 0 || message.migrate_from_chat_id != 0) return moved(update, at);
    if (message.left_chat_member != 0) {
        if (message.left_chat_member != bot.id) return std::nullopt;
        Incoming out = begun(update, Kind::gone, at);
        out.where = chat_address(message.chat.id);
        return out;
    }
    // Administrators may write as the group itself, and channels only write so: then nobody in particular said it.
    const bool as_chat = message.sender_chat != 0 || update.is_channel_post;
    if (message.is_automatic_forward || (message.from.is_bot && !as_chat)) return std::nullopt;
    auto said = said_to_us(message, bot);
    if (!said) return std::nullopt;

    Incoming out = begun(update, said->started ? Kind::opened : Kind::text, at);
    out.where = address_of(message);
    out.direct = message.chat.type == Chat::Type::private_chat;
    out.text = one_line(said->text, longest_incoming_text);
    if (as_chat) {
        out.may_manage = update.is_channel_post || message.sender_chat == message.chat.id;
    } else {
        add_person(out, message.from);
    }
    if (message.reply_to_user == bot.id && message.reply_to > 0 && message.reply_to != message.message_thread_id) {
        out.message_ref = std::to_string(message.reply_to);
    }
    return out;
}

std::optional<Incoming> of_callback(const Update& update, WallTime now) {
    const CallbackQuery& query = *update.callback_query;
    if (!query.message || query.message->chat.id == 0 || query.data.empty() || query.from.id == 0) return std::nullopt;
    if (query.data.size() > longest_callback_data) return std::nullopt;
    Incoming out = begun(update, Kind::button, now);
    out.where = address_of(*query.message);
    out.direct = query.message->chat.type == Chat::Type::private_chat;
    out.action_data = text::to_valid_utf8(query.data);
    out.message_ref = std::to_string(query.message->message_id);
    add_person(out, query.from);
    return out;
}

bool is_in(const Membership& member) {
    return member.status == "creator" || member.status == "administrator" || member.status == "member" ||
           (member.status == "restricted" && member.is_member);
}

bool can_write(const Membership& member, Chat::Type type) {
    if (!is_in(member)) return false;
    if (member.status == "restricted") return member.can_send;
    if (type == Chat::Type::channel) return member.status == "administrator" && member.can_post;
    return true;
}

std::optional<Incoming> of_member(const Update& update, WallTime now) {
    const ChatMemberUpdated& change = *update.my_chat_member;
    if (change.chat.id == 0) return std::nullopt;
    Incoming out = begun(update, Kind::joined, at_second(change.date, now));
    out.where = chat_address(change.chat.id);
    add_person(out, change.from);
    if (change.chat.type == Chat::Type::private_chat) {
        out.direct = true;
        if (change.after.status != "kicked" && change.after.status != "member") return std::nullopt;
        out.kind = change.after.status == "kicked" ? Kind::blocked : Kind::unblocked;
        return out;
    }
    const bool could = can_write(change.before, change.chat.type);
    const bool can = can_write(change.after, change.chat.type);
    if (can && !could) {
        out.kind = is_in(change.before) ? Kind::unblocked : Kind::joined;
        out.name = one_line(change.chat.title, longest_name);
        return out;
    }
    if (can || (!could && is_in(change.before) == is_in(change.after))) return std::nullopt;
    out.kind = Kind::gone;
    return out;
}

bool is_setting(const std::string& typed) {
    using commands::Verb;
    const Verb verb = commands::parse_command(typed).verb;
    return commands::changes_settings(verb) || verb == Verb::settings || verb == Verb::forget ||
           verb == Verb::forget_now;
}

}  // namespace

std::string event_id_of(const Update& update) {
    return "u" + std::to_string(update.update_id);
}

std::optional<Incoming> incoming_from(const Update& update, const Bot& bot, WallTime now) {
    if (update.callback_query) return of_callback(update, now);
    if (update.my_chat_member) return of_member(update, now);
    if (update.message) return of_message(update, bot, now);
    return std::nullopt;
}

bool needs_rights(const Incoming& incoming) {
    if (incoming.direct || incoming.may_manage || incoming.from.user.empty()) return false;
    switch (incoming.kind) {
        case Kind::text:
            return is_setting(incoming.text);
        case Kind::opened:
        case Kind::joined:
            return true;
        case Kind::button: {
            const auto action = action_from(incoming.action_data);
            if (!action) return false;
            if (action->kind == Action::Kind::say) return is_setting(action->text);
            return action->kind == Action::Kind::choose || action->kind == Action::Kind::mute ||
                   action->kind == Action::Kind::form;
        }
        default:
            return false;
    }
}

}  // namespace podbrief::telegram
