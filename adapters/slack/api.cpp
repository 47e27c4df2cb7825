#include "adapters/slack/api.hpp"

#include <nlohmann/json.hpp>

namespace podbrief::slack {
namespace {

constexpr std::size_t longest_answer = 4 << 20;
constexpr const char* json_type = "application/json; charset=utf-8";
constexpr const char* form_type = "application/x-www-form-urlencoded";

std::string quoted(std::string_view text) {
    return Json(text).dump(-1, ' ', false, Json::error_handler_t::replace);
}

bool is_about_the_token(const Answer& answer) {
    for (const char* error : {"token_expired", "invalid_auth", "token_revoked", "not_authed", "account_inactive"}) {
        if (answer.error == error) return true;
    }
    return false;
}

}  // namespace

Fields& Fields::text(std::string_view name, std::string_view value) {
    return json(name, quoted(value));
}

Fields& Fields::json(std::string_view name, std::string_view value) {
    if (!members_.empty()) members_ += ",";
    members_ += quoted(name) + ":";
    members_ += value;
    return *this;
}

asio::awaitable<Answered> Api::call_with(std::string token, ApiCall call) {
    HttpRequest request;
    request.method = "POST";
    request.url = options_.api + "/" + call.method;
    request.headers = {{"Authorization", "Bearer " + token},
                       {"Content-Type", call.form ? form_type : json_type},
                       {"User-Agent", options_.user_agent}};
    request.body = std::move(call.body);
    request.deadline = call.deadline;
    request.max_body_bytes = longest_answer;
    request.max_redirects = 0;
    request.may_begin = std::move(call.may_begin);
    const HttpResult result = co_await http_.send(std::move(request));
    if (!result) co_return result.error();
    co_return read_answer(*result, clock_.wall_now());
}

asio::awaitable<Answered> Api::call(ApiCall call) {
    const SteadyTime end = clock_.steady_now() + call.deadline;
    AccessResult access = co_await tokens_.access(call.workspace);
    for (int attempt = 1;; ++attempt) {
        if (const auto* none = std::get_if<NoToken>(&access)) co_return *none;
        if (const auto* later = std::get_if<NotNow>(&access)) co_return *later;
        const std::string token = std::get<Access>(access).token;
        ApiCall once = call;
        once.deadline = std::max(Millis{1}, Millis{end - clock_.steady_now()});
        Answered answered = co_await call_with(token, std::move(once));
        const auto* answer = std::get_if<Answer>(&answered);
        if (attempt > 1 || answer == nullptr || !answer->readable || !is_about_the_token(*answer)) co_return answered;
        const bool expired = answer->error == "token_expired";
        access = co_await tokens_.replacement(call.workspace, token, expired);
        if (std::holds_alternative<NotNow>(access)) continue;
        // There is no other: what Slack said stands.
        if (!std::holds_alternative<Access>(access) || std::get<Access>(access).token == token) co_return answered;
    }
}

asio::awaitable<Answered> Api::call_within_budget(ApiCall call) {
    const std::string workspace = call.workspace;
    const std::string method = call.method;
    if (!budget_.take(workspace, method, clock_.steady_now())) co_return NotNow{"enough calls of " + method};
    Answered answered = co_await this->call(std::move(call));
    if (const auto* answer = std::get_if<Answer>(&answered); answer != nullptr && answer->status == 429)
        budget_.hold(workspace, method, answer->retry_after, clock_.steady_now());
    co_return answered;
}

}  // namespace podbrief::slack
