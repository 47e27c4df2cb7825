#include "adapters/slack/grants.hpp"

#include <nlohmann/json.hpp>

#include "core/crypto/signatures.hpp"

namespace podbrief::slack {
namespace {

std::string base64(std::string_view bytes) {
    std::string out = crypto::to_base64url(bytes);
    std::replace(out.begin(), out.end(), '-', '+');
    std::replace(out.begin(), out.end(), '_', '/');
    while (out.size() % 4 != 0) out += '=';
    return out;
}

}  // namespace

asio::awaitable<Answered> ask_for_grant(HttpClient& http, Clock& clock, const Options& options,
                                        std::vector<FormField> fields) {
    HttpRequest request;
    request.method = "POST";
    request.url = options.api + "/oauth.v2.access";
    request.headers = {{"Authorization", "Basic " + base64(options.client_id + ":" + options.client_secret)},
                       {"Content-Type", "application/x-www-form-urlencoded"},
                       {"User-Agent", options.user_agent}};
    request.body = to_form(fields);
    request.deadline = Millis{10'000};
    request.max_body_bytes = 256 << 10;
    request.max_redirects = 0;
    const HttpResult result = co_await http.send(std::move(request));
    if (!result) co_return result.error();
    co_return read_answer(*result, clock.wall_now());
}

std::optional<Grant> grant_of(const Answer& answer) {
    if (!answer.readable || !answer.ok) return std::nullopt;
    const Json& json = *answer.body;
    Grant out;
    out.token = text_at(json, {"access_token"});
    if (out.token.empty() || text_at(json, {"token_type"}) == "user") return std::nullopt;
    out.refresh = text_at(json, {"refresh_token"});
    if (const Json* lives = at(json, {"expires_in"}); lives != nullptr && lives->is_number_integer())
        out.lives = Millis{std::clamp<std::int64_t>(lives->get<std::int64_t>(), 0, 366 * 86'400) * 1000};
    const bool organisation = flag_at(json, {"is_enterprise_install"});
    out.workspace = organisation ? text_at(json, {"enterprise", "id"}) : text_at(json, {"team", "id"});
    out.name = organisation ? text_at(json, {"enterprise", "name"}) : text_at(json, {"team", "name"});
    out.bot_user = text_at(json, {"bot_user_id"});
    out.app = text_at(json, {"app_id"});
    out.scopes = text_at(json, {"scope"});
    out.user = text_at(json, {"authed_user", "id"});
    return out;
}

}  // namespace podbrief::slack
