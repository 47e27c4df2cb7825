#include "adapters/telegram/outcome.hpp"

#include <algorithm>
#include <initializer_list>
#include <nlohmann/json.hpp>
#include <string_view>

#include "adapters/telegram/wire.hpp"
#include "core/text/unicode.hpp"

// core.telegram.org/bots/api "Making requests"; the descriptions as in the server's own source.
namespace podbrief::telegram {
namespace {

using Scope = NotSent::Scope;

bool mentions(const std::string& text, std::initializer_list<std::string_view> all) {
    return std::any_of(all.begin(), all.end(), [&](auto one) { return text.find(one) != std::string::npos; });
}

bool changes_a_message(Step step) {
    return step == Step::edit || step == Step::fill;
}

NotSent not_sent(std::string reason) {
    NotSent out;
    out.reason = std::move(reason);
    return out;
}

SendOutcome bad_request(Step step, const ApiAnswer& answer, const Destination& to) {
    const std::string text = text::to_lower(answer.description);
    if (!answer.migrate_to_chat_id.empty()) {
        Moved moved{to};
        moved.to.chat = answer.migrate_to_chat_id;
        return moved;
    }
    if (mentions(text, {"message is not modified"})) return Sent{};
    if (changes_a_message(step) &&
        mentions(text, {"message to edit not found", "message can't be edited", "message_id_invalid"})) {
        return NotFound{};
    }
    // A topic that was removed: the group it was in is still there.
    if (!to.thread.empty() && mentions(text, {"message thread not found"})) {
        Moved moved{to};
        moved.to.thread.clear();
        return moved;
    }
    if (mentions(text, {"chat not found", "user not found", "need administrator rights", "not enough rights",
                        "chat_write_forbidden", "chat_admin_required", "user_banned_in_channel", "topic_closed",
                        "peer_id_invalid", "group chat was deactivated"})) {
        return DestinationGone{DestinationState::gone, answer.description};
    }
    return PayloadRefused{answer.description};  // the rest is about this one message, whatever it is
}

SendOutcome of_answer(Step step, const ApiAnswer& answer, const Destination& to) {
    const std::string status = std::to_string(answer.status);
    if (answer.status == 429) {
        NotSent out = not_sent("429");
        out.wait = answer.retry_after;
        out.scope = Scope::chat;  // it never says whether the bot is meant
        out.limited = true;
        return out;
    }
    if (answer.status >= 500 || (answer.status < 300 && !answer.readable)) {
        return OutcomeUnknown{status + (answer.status < 300 ? ", not JSON as documented" : "")};
    }
    if (answer.status == 413) return PayloadRefused{status + " " + answer.description};
    if (!answer.readable) return not_sent(status);
    if (answer.status == 401 || answer.status == 404) return TenantGone{status + " " + answer.description};
    if (answer.status == 403) {
        const bool by_reader = mentions(text::to_lower(answer.description), {"blocked by the user"});
        return DestinationGone{by_reader ? DestinationState::blocked : DestinationState::gone, answer.description};
    }
    if (answer.status == 400) return bad_request(step, answer, to);
    if (answer.status >= 300) return not_sent(status + " " + answer.description);
    // An edit gives the message, or true.
    if (answer.ok && changes_a_message(step)) return Sent{};
    const std::int64_t message_id = answer.ok ? integer(*answer.result, "message_id") : 0;
    if (message_id <= 0) return OutcomeUnknown{"200 without a message_id"};
    return Sent{std::to_string(message_id)};
}

}  // namespace

SendOutcome classify(Step step, const Called& called, const Destination& to) {
    const auto* none = std::get_if<NoAnswer>(&called);
    if (none == nullptr) return of_answer(step, std::get<ApiAnswer>(called), to);
    if (none->handed_over != HandedOver::nothing) return OutcomeUnknown{none->reason};
    return not_sent(none->reason);
}

}  // namespace podbrief::telegram
