#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "adapters/doubles/limits.hpp"
#include "adapters/doubles/platform_model.hpp"

namespace podbrief::doubles {

namespace telegram {

struct SendMessage {
    std::string chat_id;  // negative: a group
    std::string text;
    std::string parse_mode;  // "HTML" or none
    std::string tag;
};

struct EditMessageText {
    std::string chat_id;
    std::int64_t message_id = 0;
    std::string text;
    std::string parse_mode;
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
    telegram::Answer sent(const Call& call, const telegram::SendMessage& send);
    telegram::Answer edited(const Call& call, const telegram::EditMessageText& edit);
    std::string next_id(WallTime) override { return std::to_string(++last_id_); }

    SlidingWindow bot_{30, Millis{1000}};
    std::map<std::string, ChatLimits> limits_;
    std::int64_t last_id_ = 0;
};

}  // namespace podbrief::doubles
