#pragma once
#include <boost/asio/awaitable.hpp>
#include <cstdint>
#include <functional>
#include <map>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <utility>
#include <vector>

#include "adapters/doubles/api_double.hpp"
#include "adapters/doubles/telegram_model.hpp"
#include "adapters/doubles/telegram_updates.hpp"
#include "core/ports/clock.hpp"
#include "core/ports/http_client.hpp"

namespace podbrief::doubles {

namespace telegram {

struct Person {
    std::int64_t id = 0;
    std::string name;
    std::string username;
    std::string language_code = "en";
};

enum class ChatKind { private_chat, group, supergroup, forum, channel };

}  // namespace telegram

// Telegram for one bot: its Bot API (sendMessage, editMessageText, deleteMessage, answerCallbackQuery, sendChatAction,
// getMe, getUpdates, setWebhook, deleteWebhook, getWebhookInfo, getChatMember, setMyCommands, getMyCommands,
// setMyDescription, setMyShortDescription) in front of the model, and the people who use it.
class TelegramServer final : public ApiDouble {
public:
    struct Settings {
        std::string token;  // "123456:ABC"; its number is the bot's id
        std::string username = "BriefBot";
        std::string name = "Brief";
        bool privacy = true;  // in groups the bot sees only what is said to it
    };
    // The model and the clock outlive it. It listens to the model's events (and passes them on).
    TelegramServer(TelegramModel& model, Clock& clock, Settings settings);
    ~TelegramServer() override;

    // ---- the API ----
    PlatformModel& model() override { return model_; }
    std::string op_of(const ServerRequest& request) const override;
    Answer answer(const ServerRequest& request, const Call& call) override;
    asio::awaitable<void> ready(const ServerRequest& request) override;
    // Brings updates to the webhook. Until cancelled: throws operation_aborted.
    asio::awaitable<void> run(HttpClient& http) { return updates_.deliver(http); }

    // From now on the answers' Date is that much ahead of the clock (or behind).
    void set_date_ahead(Millis by) { date_ahead_ = by; }

    // ---- people ----
    // Each has a chat with the bot, whose id is theirs.
    void add_person(telegram::Person person);
    // Groups, channels; the bot is not in it yet. Its members may write; `admin` is one of them.
    void add_chat(std::int64_t id, telegram::ChatKind kind, std::string title, std::int64_t admin);
    void add_member(std::int64_t chat, std::int64_t person);
    void add_topic(std::int64_t chat, std::int64_t thread);
    void close_topic(std::int64_t chat, std::int64_t thread);
    void delete_topic(std::int64_t chat, std::int64_t thread);
    // Somebody adds the bot (channels: as an administrator), takes rights away, or removes it.
    void add_bot(std::int64_t chat, std::int64_t by);
    void mute_bot(std::int64_t chat, std::int64_t by);
    void remove_bot(std::int64_t chat, std::int64_t by);
    void block(std::int64_t person);
    void unblock(std::int64_t person);
    // A basic group becomes a supergroup; gives its new id.
    std::int64_t upgrade(std::int64_t chat);

    struct SayOptions {
        std::int64_t reply_to = 0;
        std::int64_t thread = 0;
        bool as_the_chat = false;  // an administrator, anonymously
    };
    // Gives the message_id.
    std::int64_t say(std::int64_t person, std::int64_t chat, const std::string& text, SayOptions options);
    std::int64_t say(std::int64_t person, std::int64_t chat, const std::string& text) {
        return say(person, chat, text, SayOptions{});
    }
    std::int64_t say(std::int64_t person, const std::string& text) { return say(person, person, text); }
    std::int64_t start(std::int64_t person, const std::string& payload = {});  // a deep link's; may be empty
    std::int64_t post(std::int64_t channel, const std::string& text);          // in a channel
    void edit(std::int64_t chat, std::int64_t message_id, const std::string& text);
    void remove(std::int64_t chat, std::int64_t message_id);
    // Presses the button with that label or data; `message_id` 0: the latest of the bot that has it. Gives the callback
    // query's id; empty: there is no such button.
    std::string press(std::int64_t person, std::int64_t chat, const std::string& button, std::int64_t message_id = 0);

    // ---- what people see ----
    // Messages in order, author first, buttons below in brackets, what buttons said in parentheses.
    std::string transcript(std::int64_t chat) const;
    // Buttons that were pressed and keep spinning.
    std::size_t spinning() const;
    struct Press {
        std::int64_t person = 0;
        std::int64_t chat = 0;
        std::int64_t message_id = 0;
        WallTime at{};
        int answers = 0;  // calls of answerCallbackQuery, refused ones too
        std::string words;
    };
    const Press* press_of(const std::string& query_id) const;
    // The latest message of the bot in that chat; 0: none.
    std::int64_t latest(std::int64_t chat) const;

    telegram::Updates& updates() { return updates_; }
    // setMyCommands by "scope language"; descriptions by language.
    const std::map<std::string, std::vector<std::string>>& commands() const { return commands_; }
    const std::map<std::string, std::string>& descriptions() const { return descriptions_; }
    std::int64_t bot_id() const { return bot_id_; }

private:
    struct ChatState {
        telegram::ChatKind kind = telegram::ChatKind::private_chat;
        std::string title;
        std::string bot_status = "left";
        bool bot_may_write = true;
        std::map<std::int64_t, std::string> members;  // person, status
    };
    using Json = nlohmann::json;

    Answer respond(const std::string& method, const Json& parameters, const Call& call);
    Answer sent(const std::string& method, const Json& parameters, const Call& call);
    Answer polled(const Json& parameters);
    Answer webhook_changed(const std::string& method, const Json& parameters);
    Answer button_answered(const Json& parameters, const Call& call);
    Answer told_about_member(const Json& parameters);
    Answer described(const std::string& method, const Json& parameters);
    Answer deleted(const Json& parameters, const Call& call);
    Json webhook_info() const;

    void heard(const InboundEvent& event);
    void bot_changed(std::int64_t chat, std::int64_t by, std::string status, bool may_write);
    bool reaches_the_bot(const ChatState& state, const Json& message) const;
    Json bot_json() const;
    Json person_json(std::int64_t id) const;
    Json chat_json(std::int64_t id) const;
    Json message_json(std::int64_t chat, const ChatMessage& message) const;
    Json member_json(const ChatState& state) const;
    ChatMessage* find_button(std::int64_t chat, const std::string& button, std::int64_t message_id, std::string& data);

    TelegramModel& model_;
    Clock& clock_;
    Settings settings_;
    std::int64_t bot_id_ = 0;
    std::function<void(InboundEvent)> passed_on_;
    telegram::Updates updates_;
    std::map<std::int64_t, telegram::Person> people_;
    std::map<std::int64_t, ChatState> chats_;
    std::map<std::pair<std::int64_t, std::int64_t>, std::int64_t> authors_;  // of messages by people
    std::map<std::string, Press> presses_;
    std::map<std::string, std::vector<std::string>> commands_;
    std::map<std::string, std::string> descriptions_;
    std::int64_t next_press_ = 1;
    Millis date_ahead_{};
};

}  // namespace podbrief::doubles
