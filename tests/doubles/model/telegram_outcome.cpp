#include <algorithm>
#include <initializer_list>
#include <string>
#include <string_view>

#include "tests/doubles/model/outcome.hpp"

// core.telegram.org/bots/api "Making requests"; the descriptions as in the server's own source.
namespace podbrief::testing {
namespace {

using Scope = NotSent::Scope;

bool mentions(const std::string& text, std::initializer_list<std::string_view> all) {
    return std::any_of(all.begin(), all.end(), [&](auto one) { return text.find(one) != std::string::npos; });
}

std::string lower(std::string text) {
    for (char& c : text) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return text;
}

SendOutcome bad_request(Step step, const telegram::Answer& answer, const Destination& to) {
    const auto text = lower(answer.description);
    if (!answer.migrate_to_chat_id.empty()) {
        Moved moved{to};
        moved.to.chat = answer.migrate_to_chat_id;
        return moved;
    }
    if (mentions(text, {"message is not modified"})) return Sent{};
    if (step != Step::post && step != Step::reserve &&
        mentions(text, {"message to edit not found", "message can't be edited", "message_id_invalid"})) {
        return NotFound{};
    }
    if (mentions(text, {"chat not found", "user not found", "need administrator rights", "not enough rights",
                        "chat_write_forbidden"})) {
        return DestinationGone{DestinationState::gone, answer.description};
    }
    return PayloadRefused{answer.description};
}

}  // namespace

SendOutcome classify(Step step, const telegram::Answer& answer, const Destination& to) {
    const auto status = std::to_string(answer.status);
    if (answer.status == 429) {
        const auto wait =
            std::max(wait_of(answer), Millis{std::min<std::int64_t>(answer.retry_after_parameter, 30 * 86'400) * 1000});
        return NotSent{wait, Scope::chat, true, "429"};  // it never says whether the bot is meant
    }
    if (answer.status >= 500 || (answer.status < 300 && !answer.readable)) {
        return unclear(step, status + (answer.status < 300 ? ", not JSON as documented" : ""));
    }
    if (!answer.readable) return NotSent{Millis{0}, Scope::message, false, status};
    if (answer.status == 401 || answer.status == 404) return TenantGone{status + " " + answer.description};
    if (answer.status == 403) {
        const bool by_reader = mentions(lower(answer.description), {"blocked by the user"});
        return DestinationGone{by_reader ? DestinationState::blocked : DestinationState::gone, answer.description};
    }
    if (answer.status == 400) return bad_request(step, answer, to);
    if (answer.status >= 300) return NotSent{Millis{0}, Scope::message, false, status};
    if (!answer.ok || answer.message_id <= 0) return unclear(step, "200 without a message_id");
    return Sent{std::to_string(answer.message_id)};
}

}  // namespace podbrief::testing
