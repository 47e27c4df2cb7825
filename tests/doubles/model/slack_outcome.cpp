#include <algorithm>
#include <initializer_list>
#include <string_view>

#include "tests/doubles/model/outcome.hpp"

// docs.slack.dev/reference/methods/chat.postMessage, chat.update, conversations.history: errors.
namespace podbrief::testing {
namespace {

bool is_one_of(std::string_view error, std::initializer_list<std::string_view> all) {
    return std::find(all.begin(), all.end(), error) != all.end();
}

SendOutcome refused(Step step, const std::string& error) {
    if (is_one_of(error, {"internal_error", "fatal_error", "service_unavailable"})) return unclear(step, error);
    if (error == "request_timeout") {
        NotSent out;
        out.reason = error;
        return out;
    }
    if (step == Step::find && is_one_of(error, {"missing_scope", "no_permission", "not_in_channel",
                                                "not_allowed_token_type", "access_denied"})) {
        return HistoryClosed{error};
    }
    if (is_one_of(error,
                  {"token_revoked", "token_expired", "account_inactive", "invalid_auth", "not_authed", "missing_scope",
                   "no_permission", "team_added_to_org", "org_login_required", "ekm_access_denied"})) {
        return TenantGone{error};
    }
    if (is_one_of(error, {"channel_not_found", "not_in_channel", "is_archived"}) ||
        error.starts_with("restricted_action")) {
        return DestinationGone{DestinationState::gone, error};
    }
    if (is_one_of(error, {"user_disabled", "messages_tab_disabled"})) {
        return DestinationGone{DestinationState::blocked, error};
    }
    if (step != Step::post && is_one_of(error, {"message_not_found", "cant_update_message", "edit_window_closed"})) {
        return NotFound{};
    }
    return PayloadRefused{error};
}

}  // namespace

SendOutcome classify(Step step, const slack::Answer& answer) {
    // A wait is about one method of one workspace; that of a channel looks the same.
    if (answer.status == 429 || (answer.readable && is_one_of(answer.error, {"ratelimited", "rate_limited"}))) {
        const auto scope = step == Step::find ? NotSent::Scope::reading : NotSent::Scope::lane;
        return NotSent{wait_of(answer), scope, true, "429"};
    }
    if (answer.status == 401) return TenantGone{"401"};
    if (answer.status >= 500 || (answer.status < 300 && !answer.readable)) {
        return unclear(step, std::to_string(answer.status) + (answer.status < 300 ? ", not JSON as documented" : ""));
    }
    if (answer.status >= 300) return NotSent{Millis{0}, NotSent::Scope::message, false, std::to_string(answer.status)};
    if (!answer.ok) return refused(step, answer.error);
    if (step != Step::find && answer.ts.empty()) return unclear(step, "200 without a ts");
    return Sent{answer.ts};
}

}  // namespace podbrief::testing
