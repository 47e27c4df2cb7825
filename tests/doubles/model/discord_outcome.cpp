#include <algorithm>
#include <cmath>

#include "tests/doubles/model/outcome.hpp"

// docs.discord.com: topics/opcodes-and-status-codes, topics/rate-limits.
namespace podbrief::testing {
namespace {

using Scope = NotSent::Scope;

SendOutcome not_sent(const discord::Answer& answer, Scope scope, bool limited) {
    auto wait = wait_of(answer);
    // The body is finer than the header where both are there.
    if (answer.readable && answer.retry_after_s > 0) {
        wait = Millis{static_cast<std::int64_t>(std::ceil(std::min(answer.retry_after_s, 30.0 * 86'400) * 1000))};
    }
    return NotSent{wait, scope, limited,
                   std::to_string(answer.status) + (answer.message.empty() ? "" : " ") + answer.message};
}

SendOutcome refused(Step step, const discord::Answer& answer) {
    const auto reason = std::to_string(answer.code) + " " + answer.message;
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
        case 50001:
        case 50013:
        case 50083:
        case 160005:
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

}  // namespace

SendOutcome classify(Step step, const discord::Answer& answer) {
    if (answer.status == 429) {
        // Without JSON it is the edge that speaks, to all of us.
        const bool everybody = !answer.readable || answer.global || answer.scope == "global";
        return not_sent(answer, everybody ? Scope::lane : Scope::chat, true);
    }
    if (answer.status == 401) return TenantGone{"401"};
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

}  // namespace podbrief::testing
