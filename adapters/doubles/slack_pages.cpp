// What is not the Web API: installing by OAuth (docs.slack.dev/authentication/installing-with-oauth), and response_url.
#include <nlohmann/json.hpp>

#include "adapters/doubles/slack_server.hpp"
#include "core/crypto/signatures.hpp"

namespace podbrief::doubles {
namespace {

using Json = nlohmann::json;

constexpr Millis code_lives{10 * 60'000};
constexpr Millis token_lives{43'200'000};

std::string basic(const std::string& user, const std::string& password) {
    std::string out = crypto::to_base64url(user + ":" + password);
    std::replace(out.begin(), out.end(), '-', '+');
    std::replace(out.begin(), out.end(), '_', '/');
    while (out.size() % 4 != 0) out += '=';
    return "Basic " + out;
}

ApiDouble::Answer json_of(const Json& json) {
    return {json_response(200, json.dump()), 0};
}

ApiDouble::Answer redirect(const std::string& to) {
    ApiDouble::Answer out{text_response(302, ""), 0};
    out.response.headers.push_back({"Location", to});
    return out;
}

}  // namespace

ApiDouble::Answer SlackServer::authorize(const ServerRequest& request, const Call& call) {
    const auto fields = parse_form(request.query()).value_or(std::vector<FormField>{});
    const std::string redirect_uri(form_value(fields, "redirect_uri"));
    if (form_value(fields, "client_id") != options_.client_id || !redirect_uri.starts_with("https://") ||
        form_value(fields, "scope").empty()) {
        return {text_response(200, "Something went wrong when authorizing this app.\n"), 0};
    }
    std::vector<FormField> back;
    if (visitor_allows_) {
        const std::string code = new_id("code-");
        codes_[code] = {visitor_team_, visitor_user_, redirect_uri, call.at + code_lives};
        back.push_back({"code", code});
    } else {
        back.push_back({"error", "access_denied"});
    }
    back.push_back({"state", std::string(form_value(fields, "state"))});
    return redirect(redirect_uri + "?" + to_form(back));
}

ApiDouble::Answer SlackServer::grant(const std::string& team, const std::string& user, const Call& call) {
    model_.restore(team, call.at);
    const std::string token = (options_.rotates ? "xoxe.xoxb-" : "xoxb-") + team + "-" + new_id("");
    Json json = {{"ok", true},
                 {"access_token", token},
                 {"token_type", "bot"},
                 {"scope", options_.scopes},
                 {"bot_user_id", options_.bot_user},
                 {"app_id", options_.app},
                 {"team", {{"id", team}, {"name", workspaces_[team]}}},
                 {"enterprise", nullptr},
                 {"is_enterprise_install", false},
                 {"authed_user", {{"id", user}}}};
    tokens_[token].team = team;
    if (options_.rotates) {
        const std::string refresh = "xoxe-1-" + new_id("");
        refresh_tokens_[refresh] = team;
        tokens_[token].expires_at = call.at + token_lives;
        json["refresh_token"] = refresh;
        json["expires_in"] = token_lives.count() / 1000;
    }
    return json_of(json);
}

ApiDouble::Answer SlackServer::oauth_access(const ServerRequest& request, const Call& call) {
    const std::string* authorization = find_header(request.headers, "Authorization");
    if (authorization == nullptr || *authorization != basic(options_.client_id, options_.client_secret))
        return failed("bad_client_secret");
    const auto fields = parse_form(request.body).value_or(std::vector<FormField>{});
    if (form_value(fields, "grant_type") == "refresh_token") {
        const auto found = refresh_tokens_.find(std::string(form_value(fields, "refresh_token")));
        if (found == refresh_tokens_.end()) return failed("invalid_refresh_token");
        const std::string team = found->second;
        if (model_.revoked(team)) return failed("token_revoked");
        refresh_tokens_.erase(found);
        return grant(team, {}, call);
    }
    const auto found = codes_.find(std::string(form_value(fields, "code")));
    if (found == codes_.end()) return failed("invalid_code");
    const Code code = found->second;
    codes_.erase(found);
    if (call.at > code.until) return failed("code_expired");
    if (form_value(fields, "redirect_uri") != code.redirect_uri) return failed("bad_redirect_uri");
    return grant(code.team, code.user, call);
}

ApiDouble::Answer SlackServer::response_url(const ServerRequest& request, const Call& call) {
    const auto found = response_urls_.find(std::string(request.path()));
    if (found == response_urls_.end() || call.at > found->second.until)
        return {json_response(404, R"({"ok":false,"error":"expired_url"})"), 0};
    ResponseUrl& url = found->second;
    if (url.uses >= 5) return {json_response(404, R"({"ok":false,"error":"used_url"})"), 0};
    const Json args = Json::parse(request.body, nullptr, false);
    if (!args.is_object()) return {json_response(400, R"({"ok":false,"error":"invalid_payload"})"), 0};
    slack::Message message;
    if (auto problem = judge(args, message); !problem.empty()) {
        complaints_.push_back("response_url: " + problem);
        return {json_response(200, R"({"ok":false,"error":"invalid_blocks"})"), 0};
    }
    if (message.shown.empty()) return {json_response(200, R"({"ok":false,"error":"no_text"})"), 0};
    ++url.uses;
    if (args.value("replace_original", false) && !url.ts.empty()) {
        if (model_.rewrite(url.team, url.channel, url.ts, message.shown, call.at))
            remember(url.team, url.channel, url.ts, args);
        return {text_response(200, "ok"), 0};
    }
    ChatMessage seen;
    seen.author = bot_name;
    seen.text = message.shown;
    seen.thread = message.thread;
    if (args.value("response_type", "ephemeral") != "in_channel") seen.only_for = url.user;
    if (model_.chat(url.team, url.channel) == nullptr)
        model_.add_chat(url.team, url.channel).access = Access::not_member;
    const std::string ts = model_.write(url.team, url.channel, std::move(seen), call.at);
    remember(url.team, url.channel, ts, args);
    return {text_response(200, "ok"), 0};
}

}  // namespace podbrief::doubles
