// docs.slack.dev/reference/methods/chat.postMessage, chat.update, conversations.history: errors.
#include "adapters/slack/outcome.hpp"

#include <initializer_list>

namespace podbrief::slack {
namespace {

bool is_one_of(std::string_view error, std::initializer_list<std::string_view> all) {
    return std::find(all.begin(), all.end(), error) != all.end();
}

NotSent again(std::string reason) {
    NotSent out;
    out.reason = std::move(reason);
    return out;
}

// No answer that can be trusted. A look that gave nothing may be repeated at will; anything else may have happened.
SendOutcome unclear(Step step, std::string reason) {
    if (step == Step::find) return again(std::move(reason));
    return OutcomeUnknown{std::move(reason)};
}

SendOutcome of_failure(Step step, const HttpFailure& failure) {
    const std::string reason = std::string(to_string(failure.code)) + ": " + failure.detail;
    if (failure.handed_over == HandedOver::nothing) return again(reason);
    return unclear(step, reason);
}

SendOutcome refused(Step step, const std::string& error, const std::string& needed) {
    if (is_one_of(error, {"internal_error", "fatal_error", "service_unavailable"})) return unclear(step, error);
    if (error == "request_timeout") return again(error);
    const std::string what = needed.empty() ? error : error + ": " + needed;
    if (step == Step::find && is_one_of(error, {"missing_scope", "no_permission", "not_in_channel",
                                                "not_allowed_token_type", "access_denied"})) {
        return HistoryClosed{what};
    }
    if (is_one_of(error,
                  {"token_revoked", "token_expired", "account_inactive", "invalid_auth", "not_authed", "missing_scope",
                   "no_permission", "team_added_to_org", "org_login_required", "ekm_access_denied"})) {
        return TenantGone{what};
    }
    if (is_one_of(error,
                  {"channel_not_found", "not_in_channel", "is_archived", "user_not_found", "thread_not_found"}) ||
        error.starts_with("restricted_action")) {
        return DestinationGone{DestinationState::gone, error};
    }
    if (is_one_of(error, {"user_disabled", "messages_tab_disabled", "cannot_dm_bot"})) {
        return DestinationGone{DestinationState::blocked, error};
    }
    if (step != Step::post && is_one_of(error, {"message_not_found", "cant_update_message", "edit_window_closed"})) {
        return NotFound{};
    }
    return PayloadRefused{error};
}

SendOutcome of_answer(Step step, const Answer& answer) {
    const std::string status = std::to_string(answer.status);
    // A wait is about one method of one workspace; that of a channel looks the same.
    if (answer.status == 429 || (answer.readable && is_one_of(answer.error, {"ratelimited", "rate_limited"}))) {
        const auto scope = step == Step::find ? NotSent::Scope::reading : NotSent::Scope::lane;
        return NotSent{answer.retry_after, scope, true, "429"};
    }
    if (answer.status == 401) return TenantGone{status};
    if (answer.status >= 500 || (answer.status < 300 && !answer.readable))
        return unclear(step, status + (answer.status < 300 ? ", not JSON as documented" : ""));
    if (answer.status >= 300) return again(status);
    if (!answer.ok) return refused(step, answer.error, answer.needed);
    const std::string ts = text_at(*answer.body, {"ts"});
    if (step != Step::find && ts.empty()) return unclear(step, "200 without a ts");
    return Sent{ts};
}

}  // namespace

SendOutcome classify(Step step, const Answered& answered) {
    if (const auto* failure = std::get_if<HttpFailure>(&answered)) return of_failure(step, *failure);
    if (const auto* none = std::get_if<NoToken>(&answered)) return TenantGone{none->reason};
    if (const auto* later = std::get_if<NotNow>(&answered)) return again(later->reason);
    return of_answer(step, std::get<Answer>(answered));
}

std::optional<SendOutcome> classify_response(const HttpResult& result, WallTime now) {
    if (!result) return of_failure(Step::post, result.error());
    // 200 with "ok", or with JSON; what it says when it is used up or too old is not documented: any other refusal.
    const Answer answer = read_answer(*result, now);
    if (answer.status == 429) return NotSent{answer.retry_after, NotSent::Scope::chat, true, "429"};
    if (answer.status >= 500) return OutcomeUnknown{std::to_string(answer.status)};
    if (answer.status < 300 && (result->body == "ok" || result->body.empty() || answer.ok)) return Sent{};
    if (answer.readable && is_one_of(answer.error, {"internal_error", "fatal_error"}))
        return OutcomeUnknown{answer.error};
    if (answer.readable &&
        is_one_of(answer.error, {"invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long", "no_text"})) {
        return PayloadRefused{answer.error};
    }
    if (answer.status < 300 && !answer.readable) return OutcomeUnknown{"200, not as documented"};
    return std::nullopt;
}

}  // namespace podbrief::slack
