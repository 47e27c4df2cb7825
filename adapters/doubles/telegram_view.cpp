// What the double shows: as JSON to the bot, as text to people.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "adapters/doubles/telegram_requests.hpp"
#include "adapters/doubles/telegram_server.hpp"

namespace podbrief::doubles {
namespace {

using Json = nlohmann::json;
using telegram::ChatKind;

constexpr std::int64_t service_account = 777'000;

std::string indented(const std::string& text, std::size_t by) {
    std::string out;
    for (std::size_t at = 0; at < text.size(); ++at) {
        out += text[at];
        const bool blank = at + 1 < text.size() && text[at + 1] == '\n';
        if (text[at] == '\n' && !blank) out.append(by, ' ');
    }
    return out;
}

const char* type_of(ChatKind kind) {
    switch (kind) {
        case ChatKind::private_chat:
            return "private";
        case ChatKind::group:
            return "group";
        case ChatKind::supergroup:
        case ChatKind::forum:
            return "supergroup";
        case ChatKind::channel:
            return "channel";
    }
    return "";
}

// The text with the addresses of its links behind what opens them.
std::string with_links(const std::string& text, const std::vector<telegram::Entity>& entities) {
    std::string out;
    std::size_t units = 0;
    for (std::size_t at = 0; at <= text.size();) {
        for (const auto& entity : entities) {
            if (!entity.url.empty() && entity.offset + entity.length == units) out += " <" + entity.url + ">";
        }
        if (at == text.size()) break;
        const auto lead = static_cast<unsigned char>(text[at]);
        const std::size_t size = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
        out += text.substr(at, size);
        at += size;
        units += size == 4 ? 2 : 1;
    }
    return out;
}

}  // namespace

Json TelegramServer::bot_json() const {
    return Json{{"id", bot_id_},
                {"is_bot", true},
                {"first_name", settings_.name},
                {"username", settings_.username},
                {"can_join_groups", true},
                {"can_read_all_group_messages", !settings_.privacy},
                {"supports_inline_queries", false}};
}

Json TelegramServer::person_json(std::int64_t id) const {
    const auto found = people_.find(id);
    if (found == people_.end()) return Json{{"id", service_account}, {"is_bot", false}, {"first_name", "Telegram"}};
    Json out{{"id", id}, {"is_bot", false}, {"first_name", found->second.name}};
    if (!found->second.username.empty()) out["username"] = found->second.username;
    if (!found->second.language_code.empty()) out["language_code"] = found->second.language_code;
    return out;
}

Json TelegramServer::chat_json(std::int64_t id) const {
    const auto found = chats_.find(id);
    const ChatKind kind = found == chats_.end() ? ChatKind::private_chat : found->second.kind;
    Json out{{"id", id}, {"type", type_of(kind)}};
    if (kind == ChatKind::private_chat) {
        out["first_name"] = person_json(id)["first_name"];
    } else {
        out["title"] = found->second.title;
    }
    if (kind == ChatKind::forum) out["is_forum"] = true;
    return out;
}

Json TelegramServer::message_json(std::int64_t chat, const ChatMessage& message) const {
    const std::int64_t id = std::stoll(message.id);
    Json out{{"message_id", id}, {"date", to_ms(message.made_at) / 1000}, {"chat", chat_json(chat)}};
    out["text"] = message.text;
    if (message.author == bot_name) {
        out["from"] = bot_json();
        if (const auto* extras = model_.extras(std::to_string(chat), message.id)) {
            if (!extras->entities.empty()) out["entities"] = telegram::entities_json(extras->entities);
            if (!extras->keyboard.empty()) out["reply_markup"] = telegram::keyboard_json(extras->keyboard);
            if (extras->thread != 0) {
                out["message_thread_id"] = extras->thread;
                out["is_topic_message"] = true;
            }
        }
        return out;
    }
    const auto author = authors_.find({chat, id});
    if (author != authors_.end()) out["from"] = person_json(author->second);
    Json entities = telegram::entities_in(message.text);
    if (!entities.empty()) out["entities"] = std::move(entities);
    return out;
}

std::int64_t TelegramServer::latest(std::int64_t chat) const {
    const Chat* there = model_.chat({}, std::to_string(chat));
    if (there == nullptr) return 0;
    for (auto message = there->messages.rbegin(); message != there->messages.rend(); ++message) {
        if (message->author == bot_name && message->visible()) return std::stoll(message->id);
    }
    return 0;
}

std::string TelegramServer::transcript(std::int64_t chat) const {
    const std::string chat_id = std::to_string(chat);
    const Chat* there = model_.chat({}, chat_id);
    std::string out;
    if (there == nullptr) return out;
    for (const ChatMessage& message : there->messages) {
        if (!message.visible()) continue;
        const bool ours = message.author == bot_name;
        const std::string author = ours ? settings_.name : message.author;
        const telegram::Extras* extras = model_.extras(chat_id, message.id);
        const std::string shown = extras == nullptr ? message.text : with_links(message.text, extras->entities);
        out += (out.empty() ? "" : "\n") + author + ": " + indented(shown, 2) + "\n";
        if (extras != nullptr) {
            for (const auto& row : extras->keyboard) {
                out += " ";
                for (const auto& button : row)
                    out += " [" + button.text + (button.url.empty() ? "]" : " <" + button.url + ">]");
                out += "\n";
            }
        }
        for (const auto& [id, press] : presses_) {
            if (press.chat == chat && std::to_string(press.message_id) == message.id && !press.words.empty()) {
                out += "  (" + press.words + ")\n";
            }
        }
    }
    return out;
}

}  // namespace podbrief::doubles
