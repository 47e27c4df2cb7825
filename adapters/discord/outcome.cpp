#include "adapters/discord/outcome.hpp"

namespace podbrief::discord {
namespace {

using Scope = NotSent::Scope;

NotSent not_sent(const Answer& answer, Scope scope, bool limited) {
    NotSent out;
    out.wait = answer.retry_after;
    out.scope = scope;
    out.limited = limited;
    out.reason = std::to_string(answer.status) + (answer.message.empty() ? "" : " ") + answer.message;
    return out;
}

// No answer that can be trusted. A look that gave nothing may be repeated at will; anything else may have happened.
SendOutcome unclear(Step step, std::string reason) {
    if (step != Step::find) return OutcomeUnknown{std::move(reason)};
    NotSent again;
    again.reason = std::move(reason);
    return again;
}

SendOutcome refused(Step step, const Answer& answer) {
    std::string reason = std::to_string(answer.code) + " " + answer.message;
    if (answer.code == 50013) reason += " (the bot needs View Channel, Send Messages and Read Message History there)";
    if (step == Step::find && (answer.code == 50001 || answer.code == 50013)) return HistoryClosed{reason};
    switch (answer.code) {
        case 10008:
            // Somebody removed it; asked to post again with the same nonce, Discord remembers that it was there.
            if (step == Step::post) return Sent{};
            return NotFound{};
        case 50005:
            return NotFound{};
        case 10003:
        case 10004:
        case 10013:
        case 50001:
        case 50013:
        case 50083:
        case 160005:
        case 220001:
            return DestinationGone{DestinationState::gone, reason};
        case 50007:
        case 50278:
            return DestinationGone{DestinationState::blocked, reason};
        case 40001:
        case 40002:
        case 50014:
            return TenantGone{reason};
        case 20016:
        case 20028:
        case 20029:
            return not_sent(answer, Scope::chat, true);
        case 40003:
        case 130000:
            return not_sent(answer, Scope::lane, true);
        case 30046:
        case 40062:
            return not_sent(answer, Scope::message, false);
        default:
            break;
    }
    if (answer.status == 403) return DestinationGone{DestinationState::gone, reason};
    return PayloadRefused{reason};
}

SendOutcome classify(Step step, const Answer& answer) {
    if (answer.status == 429) {
        // Without JSON it is the edge that speaks, to all of us.
        const bool everybody = !answer.readable || answer.global;
        return not_sent(answer, everybody ? Scope::lane : Scope::chat, true);
    }
    if (answer.status == 401) return TenantGone{"401 " + answer.message};
    if (answer.status == 502 || answer.status == 503) return not_sent(answer, Scope::message, false);
    if (answer.status >= 500) return unclear(step, std::to_string(answer.status));
    if (!answer.readable) {
        if (answer.status < 300) return unclear(step, "200, not JSON as documented");
        return not_sent(answer, Scope::lane, false);  // a page of the edge
    }
    if (answer.status >= 300) return refused(step, answer);
    if (step != Step::find && answer.id.empty()) return unclear(step, "200 without an id");
    return Sent{answer.id};
}

SendOutcome classify(Step, const NotSent& held) {
    return held;
}

SendOutcome classify(Step step, const HttpFailure& failure) {
    std::string reason = std::string(to_string(failure.code)) + ": " + failure.detail;
    if (failure.handed_over != HandedOver::nothing) return unclear(step, std::move(reason));
    NotSent out;
    out.reason = std::move(reason);
    return out;
}

}  // namespace

SendOutcome classify(Step step, const RestResult& result) {
    return std::visit([step](const auto& one) { return classify(step, one); }, result);
}

bool is_closed_way(const Answer& answer) {
    switch (answer.code) {
        case 10015:  // unknown webhook
        case 10062:  // unknown interaction
        case 50027:  // invalid webhook token
        case 40094:  // the five follow-ups of a user's own install are used up
            return true;
        default:
            return answer.status == 401 || (answer.status == 404 && answer.code != 10008);
    }
}

bool is_closed_to_direct_messages(const Answer& answer) {
    return answer.code == 40003 || answer.code == 50007 || answer.code == 50278 || answer.code == 20026;
}

}  // namespace podbrief::discord
