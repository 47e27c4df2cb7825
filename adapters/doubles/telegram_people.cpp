// The people of the double: what they do, and what of it the bot is told.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "adapters/doubles/telegram_requests.hpp"
#include "adapters/doubles/telegram_server.hpp"
#include "adapters/doubles/text_case.hpp"

namespace podbrief::doubles {
namespace {

using Json = nlohmann::json;
using telegram::ChatKind;

constexpr std::int64_t anonymous_admin = 1'087'968'824;

std::string queue_of(std::int64_t chat) {
    return "chat " + std::to_string(chat);
}

}  // namespace

void TelegramServer::add_person(telegram::Person person) {
    const std::int64_t id = person.id;
    people_[id] = std::move(person);
    ChatState& state = chats_[id];
    state.members[id] = "member";
    state.bot_status = "member";
    model_.add_chat(std::to_string(id));
}

void TelegramServer::add_chat(std::int64_t id, ChatKind kind, std::string title, std::int64_t admin) {
    ChatState& state = chats_[id];
    state.kind = kind;
    state.title = std::move(title);
    state.members[admin] = "creator";
    model_.add_chat(std::to_string(id)).access = Access::not_member;
}

void TelegramServer::add_member(std::int64_t chat, std::int64_t person) {
    chats_[chat].members[person] = "member";
}

void TelegramServer::add_topic(std::int64_t chat, std::int64_t thread) {
    model_.set_topic(std::to_string(chat), thread, TelegramModel::Topic::open);
}
void TelegramServer::close_topic(std::int64_t chat, std::int64_t thread) {
    model_.set_topic(std::to_string(chat), thread, TelegramModel::Topic::closed);
}
void TelegramServer::delete_topic(std::int64_t chat, std::int64_t thread) {
    model_.set_topic(std::to_string(chat), thread, TelegramModel::Topic::deleted);
}

// ---- the bot's own membership ----

Json TelegramServer::member_json(const ChatState& state) const {
    Json out{{"user", bot_json()}, {"status", state.bot_status}};
    if (state.bot_status == "restricted") {
        out["is_member"] = true;
        out["can_send_messages"] = state.bot_may_write;
    }
    if (state.bot_status == "administrator" && state.kind == ChatKind::channel) {
        out["can_post_messages"] = state.bot_may_write;
    }
    return out;
}

void TelegramServer::bot_changed(std::int64_t chat, std::int64_t by, std::string status, bool may_write) {
    ChatState& state = chats_[chat];
    if (state.bot_status == status && state.bot_may_write == may_write) return;
    Json change{{"chat", chat_json(chat)}, {"from", person_json(by)}, {"date", to_ms(clock_.wall_now()) / 1000}};
    change["old_chat_member"] = member_json(state);
    state.bot_status = std::move(status);
    state.bot_may_write = may_write;
    change["new_chat_member"] = member_json(state);
    updates_.push("my_chat_member", std::move(change), queue_of(chat));
}

void TelegramServer::add_bot(std::int64_t chat, std::int64_t by) {
    model_.chat({}, std::to_string(chat))->access = Access::open;
    bot_changed(chat, by, chats_[chat].kind == ChatKind::channel ? "administrator" : "member", true);
}

void TelegramServer::mute_bot(std::int64_t chat, std::int64_t by) {
    model_.chat({}, std::to_string(chat))->access = Access::read_only;
    const bool channel = chats_[chat].kind == ChatKind::channel;
    bot_changed(chat, by, channel ? "administrator" : "restricted", false);
}

void TelegramServer::remove_bot(std::int64_t chat, std::int64_t by) {
    model_.chat({}, std::to_string(chat))->access = Access::not_member;
    bot_changed(chat, by, "left", true);
}

void TelegramServer::block(std::int64_t person) {
    model_.set_access({}, std::to_string(person), Access::blocked, clock_.wall_now());
}

void TelegramServer::unblock(std::int64_t person) {
    model_.set_access({}, std::to_string(person), Access::open, clock_.wall_now());
}

std::int64_t TelegramServer::upgrade(std::int64_t chat) {
    const std::string to = "-100" + std::to_string(-chat);
    model_.move_chat({}, std::to_string(chat), to, clock_.wall_now());
    return std::stoll(to);
}

// What happens to chats of its own accord, whoever made it happen.
void TelegramServer::heard(const InboundEvent& event) {
    if (event.chat.empty()) return;  // the token
    const std::int64_t chat = std::stoll(event.chat);
    const auto known = chats_.find(chat);
    if (known == chats_.end()) return;
    const bool direct = known->second.kind == ChatKind::private_chat;
    const std::int64_t by = known->second.members.empty() ? chat : known->second.members.begin()->first;
    if (event.kind == "blocked") bot_changed(chat, by, "kicked", true);
    if (event.kind == "unblocked") bot_changed(chat, by, "member", true);
    if (event.kind == "not member") bot_changed(chat, by, direct ? "kicked" : "left", true);
    if (event.kind == "read only" && !direct) bot_changed(chat, by, "restricted", false);
    if (event.kind != "moved") return;
    const std::int64_t to = std::stoll(event.detail);
    ChatState& state = chats_[to] = known->second;
    state.kind = ChatKind::supergroup;
    const std::int64_t date = to_ms(event.at) / 1000;
    Json old_chat{{"message_id", 1}, {"date", date}, {"chat", chat_json(chat)}, {"from", person_json(by)}};
    old_chat["migrate_to_chat_id"] = to;
    Json new_chat{{"message_id", 1}, {"date", date}, {"chat", chat_json(to)}, {"from", person_json(by)}};
    new_chat["migrate_from_chat_id"] = chat;
    updates_.push("message", std::move(old_chat), queue_of(chat));
    updates_.push("message", std::move(new_chat), queue_of(to));
}

// ---- messages ----

bool TelegramServer::reaches_the_bot(const ChatState& state, const Json& message) const {
    if (state.bot_status == "left" || state.bot_status == "kicked") return false;
    if (state.kind == ChatKind::private_chat || state.bot_status == "administrator" || !settings_.privacy) return true;
    const std::string text = message.value("text", std::string{});
    for (const Json& entity : message.value("entities", Json::array())) {
        if (entity["type"] != "bot_command") continue;
        const std::string command =
            text.substr(entity["offset"].get<std::size_t>(), entity["length"].get<std::size_t>());
        const auto at = command.find('@');
        if (at == std::string::npos || lower_case(command.substr(at + 1)) == lower_case(settings_.username))
            return true;
    }
    const auto replied = message.find("reply_to_message");
    return replied != message.end() && replied->contains("from") && (*replied)["from"]["id"] == bot_id_;
}

std::int64_t TelegramServer::say(std::int64_t person, std::int64_t chat, const std::string& text, SayOptions options) {
    const WallTime now = clock_.wall_now();
    const std::string chat_id = std::to_string(chat);
    const auto name = people_.find(person);
    model_.say({}, chat_id, name == people_.end() ? "somebody" : name->second.name, text, now);
    const ChatMessage& made = model_.chat({}, chat_id)->messages.back();
    const std::int64_t id = std::stoll(made.id);
    authors_[{chat, id}] = person;
    Json message = message_json(chat, made);
    if (options.as_the_chat) {
        message["from"] = Json{{"id", anonymous_admin}, {"is_bot", true}, {"first_name", "Group"}};
        message["sender_chat"] = chat_json(chat);
    }
    if (options.thread != 0) {
        message["message_thread_id"] = options.thread;
        message["is_topic_message"] = true;
        // As in forums: everything answers the message that began the topic.
        message["reply_to_message"] = Json{{"message_id", options.thread}, {"chat", chat_json(chat)}, {"date", 1}};
    }
    if (options.reply_to != 0) {
        const ChatMessage* replied = model_.chat({}, chat_id)->find(std::to_string(options.reply_to));
        if (replied != nullptr) message["reply_to_message"] = message_json(chat, *replied);
    }
    if (reaches_the_bot(chats_[chat], message)) updates_.push("message", std::move(message), queue_of(chat));
    return id;
}

std::int64_t TelegramServer::start(std::int64_t person, const std::string& payload) {
    return say(person, person, payload.empty() ? "/start" : "/start " + payload);
}

std::int64_t TelegramServer::post(std::int64_t channel, const std::string& text) {
    const std::string chat_id = std::to_string(channel);
    model_.say({}, chat_id, chats_[channel].title, text, clock_.wall_now());
    const ChatMessage& made = model_.chat({}, chat_id)->messages.back();
    Json message = message_json(channel, made);
    message.erase("from");
    message["sender_chat"] = chat_json(channel);
    if (chats_[channel].bot_status == "administrator") {
        updates_.push("channel_post", std::move(message), queue_of(channel));
    }
    return std::stoll(made.id);
}

void TelegramServer::edit(std::int64_t chat, std::int64_t message_id, const std::string& text) {
    ChatMessage* message = model_.chat({}, std::to_string(chat))->find(std::to_string(message_id));
    if (message == nullptr) return;
    message->text = text;
    message->edits.push_back(clock_.wall_now());
    Json edited = message_json(chat, *message);
    edited["edit_date"] = to_ms(clock_.wall_now()) / 1000;
    if (reaches_the_bot(chats_[chat], edited)) updates_.push("edited_message", std::move(edited), queue_of(chat));
}

void TelegramServer::remove(std::int64_t chat, std::int64_t message_id) {
    model_.delete_message({}, std::to_string(chat), std::to_string(message_id), clock_.wall_now());
}

// ---- buttons ----

ChatMessage* TelegramServer::find_button(std::int64_t chat, const std::string& button, std::int64_t message_id,
                                         std::string& data) {
    const std::string chat_id = std::to_string(chat);
    Chat* there = model_.chat({}, chat_id);
    if (there == nullptr) return nullptr;
    for (auto message = there->messages.rbegin(); message != there->messages.rend(); ++message) {
        if (!message->visible() || (message_id != 0 && message->id != std::to_string(message_id))) continue;
        const telegram::Extras* extras = model_.extras(chat_id, message->id);
        if (extras == nullptr) continue;
        for (const auto& row : extras->keyboard) {
            for (const auto& one : row) {
                if (one.data.empty() || (one.text != button && one.data != button)) continue;
                data = one.data;
                return &*message;
            }
        }
    }
    return nullptr;
}

std::string TelegramServer::press(std::int64_t person, std::int64_t chat, const std::string& button,
                                  std::int64_t message_id) {
    std::string data;
    const ChatMessage* message = find_button(chat, button, message_id, data);
    if (message == nullptr) return {};
    std::string id = std::to_string(4'000'000'000 + next_press_++);
    Press press;
    press.person = person;
    press.chat = chat;
    press.message_id = std::stoll(message->id);
    press.at = clock_.wall_now();
    presses_[id] = press;
    Json query{{"id", id}, {"from", person_json(person)}, {"chat_instance", "-" + id}, {"data", data}};
    query["message"] = message_json(chat, *message);
    updates_.push("callback_query", std::move(query), "person " + std::to_string(person));
    return id;
}

const TelegramServer::Press* TelegramServer::press_of(const std::string& query_id) const {
    const auto found = presses_.find(query_id);
    return found == presses_.end() ? nullptr : &found->second;
}

std::size_t TelegramServer::spinning() const {
    return static_cast<std::size_t>(
        std::count_if(presses_.begin(), presses_.end(), [](const auto& one) { return one.second.answers == 0; }));
}

}  // namespace podbrief::doubles
