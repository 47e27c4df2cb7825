#include "adapters/doubles/telegram_model.hpp"

#include <algorithm>

namespace podbrief::doubles {
namespace {

using telegram::Answer;

constexpr std::size_t longest_text = 4096;

Answer failed(int code, std::string description) {
    Answer out;
    out.status = code;
    out.error_code = code;
    out.description = std::move(description);
    return out;
}

Answer unreadable(int status) {
    Answer out;
    out.status = status;
    out.readable = false;
    return out;
}

bool is_blank(const std::string& text) {
    return text.find_first_not_of(" \n\t\r") == std::string::npos;
}

}  // namespace

// The API never says whether the bot or the chat is meant: whoever was told may only know of that chat.
Answer TelegramModel::limited(const Call& call, const std::string& chat_id, const Fault& fault) {
    const auto [header, wait] = retry_header(fault, call.at);
    Answer out = failed(429, "Too Many Requests: retry after " + header);
    out.retry_after = header;
    const bool whole = fault.shape == RetryShape::integer || fault.shape == RetryShape::huge;
    if (whole) out.retry_after_parameter = std::max<std::int64_t>(0, wait.count() / 1000);
    out.ticket = ask_to_wait({{}, chat_id}, call, wait);
    return out;
}

template <class Real>
Answer TelegramModel::answer(const Call& call, const std::string& chat_id, bool rich, Real real) {
    const auto& fault = call.fault;
    const auto finish = [&](Answer out) {
        out.date = call.at;
        if (out.status == 401 || out.status == 403 || out.status == 429) ++counters_.invalid;
        return out;
    };
    if (revoked({})) {
        ++counters_.calls_while_revoked;
        return finish(failed(401, "Unauthorized"));
    }
    if (const auto left = check_wait({{}, chat_id}, call); left > Millis{0}) {
        Fault again;
        again.delay = left;
        return finish(limited(call, chat_id, again));
    }
    if (fault.kind == FaultKind::limited) return finish(limited(call, chat_id, fault));
    if (fault.kind == FaultKind::payload_refused && rich) {
        return finish(failed(400, "Bad Request: can't parse entities: Unsupported start tag \"x\" at byte offset 0"));
    }
    Answer out;
    if (fault.made || fault.kind < FaultKind::limited || fault.kind > FaultKind::fatal_error) out = real();
    switch (fault.kind) {
        case FaultKind::http_500:
            out = failed(500, "Internal Server Error");
            break;
        case FaultKind::http_502:
            out = failed(502, "Bad Gateway");
            break;
        case FaultKind::http_503:
            out = unreadable(503);
            break;
        case FaultKind::http_504:
            out = unreadable(504);
            break;
        case FaultKind::garbage_html:
        case FaultKind::garbage_empty:
        case FaultKind::garbage_json:
            out = unreadable(200);
            break;
        default:
            break;
    }
    return finish(std::move(out));
}

std::optional<Answer> TelegramModel::refusal(const Call& call, const std::string& chat_id, const std::string& text,
                                             const std::string& parse_mode, std::string& shown) {
    auto& mine = limits_[chat_id];
    const bool group = chat_id.starts_with('-');
    auto wait = std::max(bot_.wait(call.at), mine.every_second.wait(call.at));
    if (group) wait = std::max(wait, mine.group.wait(call.at));
    if (wait > Millis{0}) {
        Fault fault;
        fault.delay = wait;
        return limited(call, chat_id, fault);
    }
    bot_.take(call.at);
    mine.every_second.take(call.at);
    if (group) mine.group.take(call.at);

    const auto* there = chat({}, chat_id);
    if (there == nullptr || there->access == Access::gone) return failed(400, "Bad Request: chat not found");
    if (!there->moved_to.empty()) {
        Answer out = failed(400, "Bad Request: group chat was upgraded to a supergroup chat");
        out.migrate_to_chat_id = there->moved_to;
        return out;
    }
    if (there->access == Access::blocked) {
        return failed(
            403, group ? "Forbidden: bot was kicked from the group chat" : "Forbidden: bot was blocked by the user");
    }
    if (there->access == Access::not_member) return failed(403, "Forbidden: bot is not a member of the group chat");
    if (there->access == Access::read_only) {
        return failed(400, "Bad Request: not enough rights to send text messages to the chat");
    }
    shown = text;
    if (parse_mode == "HTML") {
        auto parsed = telegram::parse_html(text);
        if (!parsed.text) return failed(400, "Bad Request: " + parsed.error);
        shown = std::move(*parsed.text);
    }
    if (is_blank(shown)) return failed(400, "Bad Request: message text is empty");
    if (code_points(shown) > longest_text) return failed(400, "Bad Request: message is too long");
    return std::nullopt;
}

std::optional<Answer> TelegramModel::topic_refusal(const telegram::SendMessage& send) const {
    if (send.thread == 0) return std::nullopt;
    const auto topic = topics_.find({send.chat_id, send.thread});
    if (topic == topics_.end() || topic->second == Topic::deleted) {
        return failed(400, "Bad Request: message thread not found");
    }
    if (topic->second == Topic::closed) return failed(400, "Bad Request: TOPIC_CLOSED");
    return std::nullopt;
}

void TelegramModel::keep(ChatMessage& message, const std::string& chat_id, telegram::Extras extras) {
    message.buttons.clear();
    message.links.clear();
    for (const auto& row : extras.keyboard) {
        for (const auto& button : row) message.buttons.push_back(button.text);
    }
    for (const auto& entity : extras.entities) {
        if (!entity.url.empty()) message.links.push_back(entity.url);
    }
    const std::pair key{chat_id, message.id};
    if (extras == telegram::Extras{}) {
        extras_.erase(key);
    } else {
        extras_[key] = std::move(extras);
    }
}

const telegram::Extras* TelegramModel::extras(const std::string& chat_id, const std::string& message_id) const {
    const auto found = extras_.find({chat_id, message_id});
    return found == extras_.end() ? nullptr : &found->second;
}

Answer TelegramModel::send_message(const Call& call, const telegram::SendMessage& send) {
    begin(call);
    before(call, {}, send.chat_id, {});
    const bool rich = !send.parse_mode.empty() || !send.entities.empty();
    return answer(call, send.chat_id, rich, [&] { return sent(call, send); });
}

Answer TelegramModel::sent(const Call& call, const telegram::SendMessage& send) {
    ChatMessage message;
    if (auto no = refusal(call, send.chat_id, send.text, send.parse_mode, message.text)) return std::move(*no);
    if (auto no = topic_refusal(send)) return std::move(*no);
    message.author = bot_name;
    message.tag = send.tag;
    ChatMessage& made = make(*chat({}, send.chat_id), std::move(message), call.at);
    keep(made, send.chat_id, {send.entities, send.keyboard, send.thread, send.reply_to});
    Answer out;
    out.ok = true;
    out.message_id = std::stoll(made.id);
    return out;
}

Answer TelegramModel::edit_message_text(const Call& call, const telegram::EditMessageText& edit) {
    begin(call);
    before(call, {}, edit.chat_id, std::to_string(edit.message_id));
    const bool rich = !edit.parse_mode.empty() || !edit.entities.empty();
    return answer(call, edit.chat_id, rich, [&] { return edited(call, edit); });
}

Answer TelegramModel::edited(const Call& call, const telegram::EditMessageText& edit) {
    std::string shown;
    if (auto no = refusal(call, edit.chat_id, edit.text, edit.parse_mode, shown)) return std::move(*no);
    auto* message = chat({}, edit.chat_id)->find(std::to_string(edit.message_id));
    if (message == nullptr || !message->visible()) return failed(400, "Bad Request: message to edit not found");
    if (message->author != bot_name) return failed(400, "Bad Request: message can't be edited");
    const auto* before = extras(edit.chat_id, message->id);
    telegram::Extras after = before == nullptr ? telegram::Extras{} : *before;
    const bool same_text = message->text == shown && after.entities == edit.entities;
    if (same_text && after.keyboard == edit.keyboard) {
        return failed(
            400,
            "Bad Request: message is not modified: specified new message content and reply markup are exactly "
            "the same as a current content and reply markup of the message");
    }
    if (message->text == shown) {
        message->edits.push_back(call.at);
    } else {
        change(*message, std::move(shown), call.at);
    }
    after.entities = edit.entities;
    after.keyboard = edit.keyboard;
    keep(*message, edit.chat_id, std::move(after));
    Answer out;
    out.ok = true;
    out.message_id = edit.message_id;
    return out;
}

}  // namespace podbrief::doubles
