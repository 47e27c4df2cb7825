#include "adapters/slack/check.hpp"

#include <nlohmann/json.hpp>

namespace podbrief::slack {
namespace {

constexpr Millis patience{10'000};
constexpr Millis most_skew{60'000};  // signatures are good for 300 s

Finding good_one(std::string what) {
    return {Finding::Grade::good, std::move(what), {}};
}
Finding bad(std::string what, std::string remedy) {
    return {Finding::Grade::bad, std::move(what), std::move(remedy)};
}
Finding note(std::string what, std::string remedy) {
    return {Finding::Grade::note, std::move(what), std::move(remedy)};
}

void check_settings(const Options& options, std::vector<Finding>& found) {
    const bool http = !options.signing_secrets.empty();
    const bool sockets = !options.app_token.empty();
    if (!http && !sockets) {
        found.push_back(bad("Neither a signing secret nor an app-level token is set: nothing can come in.",
                            "Copy the signing secret from api.slack.com/apps, Basic Information, App Credentials; or "
                            "make an app-level token with connections:write there for Socket Mode."));
    }
    if (options.bot_token.empty() && options.client_id.empty()) {
        found.push_back(bad("Neither a bot token nor a client id is set: nothing can be sent.",
                            "Copy the Bot User OAuth Token (xoxb-...) from api.slack.com/apps, OAuth & Permissions."));
    }
    if (!options.bot_token.empty() && !options.bot_token.starts_with("xox"))
        found.push_back(bad("The bot token does not look like one (xoxb-...).", "Look at OAuth & Permissions again."));
    if (sockets && !options.app_token.starts_with("xapp-"))
        found.push_back(bad("The app-level token does not look like one (xapp-...).",
                            "Make one under Basic Information, App-Level Tokens."));
    if (!options.client_id.empty() && !options.public_url.starts_with("https://"))
        found.push_back(bad("Installing needs a public https address.", "Set the public URL of this server."));
}

bool has_scope(const std::string& scopes, const std::string& scope) {
    return ("," + scopes + ",").find("," + scope + ",") != std::string::npos;
}

void check_scopes(const Options& options, const std::string& workspace, const std::string& scopes,
                  std::vector<Finding>& found) {
    if (scopes.empty()) return;
    for (const std::string& scope : options.scopes) {
        if (has_scope(scopes, scope)) continue;
        found.push_back(bad("Bot scope " + scope + " is missing" + (workspace.empty() ? "." : " in " + workspace + "."),
                            "api.slack.com/apps, OAuth & Permissions, Bot Token Scopes: add " + scope +
                                ", then Reinstall to Workspace."));
    }
}

asio::awaitable<void> check_token(Api& api, Clock& clock, const Options& options, std::string workspace,
                                  std::vector<Finding>& found) {
    ApiCall call;
    call.workspace = workspace;
    call.method = "auth.test";
    call.body = "{}";
    call.deadline = patience;
    const Answered answered = co_await api.call(std::move(call));
    const Answer* answer = good(answered);
    if (answer == nullptr) {
        found.push_back(bad("Slack does not accept the token" + (workspace.empty() ? "" : " of " + workspace) + ": " +
                                problem_of(answered) + ".",
                            "Install the app again: api.slack.com/apps, Install App."));
        co_return;
    }
    found.push_back(good_one("The token opens " + text_at(*answer->body, {"team"}) + " as " +
                             text_at(*answer->body, {"user"}) + "."));
    check_scopes(options, workspace, answer->scopes, found);
    if (!answer->date) co_return;
    const Millis skew = std::chrono::abs(clock.wall_now() - *answer->date);
    if (skew < most_skew) {
        found.push_back(good_one("The clock agrees with Slack's."));
    } else {
        found.push_back(bad("The clock is " + std::to_string(skew.count() / 1000) + " s off Slack's.",
                            "Let NTP set it (timedatectl set-ntp true): signatures older than 300 s are refused."));
    }
}

asio::awaitable<void> check_endpoint(HttpClient& http, const Options& options, std::vector<Finding>& found) {
    HttpRequest request;
    request.method = "POST";
    request.url = options.public_url + options.events_path;
    request.headers = {{"Content-Type", "application/json"}, {"User-Agent", options.user_agent}};
    request.body = "{}";
    request.deadline = patience;
    request.max_body_bytes = 64 << 10;
    request.max_redirects = 0;
    const HttpResult result = co_await http.send(std::move(request));
    if (result && result->status == 401) {
        found.push_back(good_one(options.public_url + " is reached, and refuses what Slack did not sign."));
    } else {
        const std::string what =
            result ? "answers " + std::to_string(result->status) : "is not reached: " + result.error().detail;
        found.push_back(bad(options.public_url + options.events_path + " " + what + ".",
                            "Check the proxy before this server, and the Request URLs under Event Subscriptions, Slash "
                            "Commands and Interactivity."));
    }
}

asio::awaitable<void> check_sockets(Api& api, const Options& options, std::vector<Finding>& found) {
    ApiCall call;
    call.method = "apps.connections.open";
    call.body = "{}";
    call.deadline = patience;
    const std::string token = options.app_token;
    const Answered answered = co_await api.call_with(token, std::move(call));
    if (good(answered) != nullptr) {
        found.push_back(good_one("Socket Mode is on."));
    } else {
        found.push_back(bad("Slack gives no socket: " + problem_of(answered) + ".",
                            "api.slack.com/apps, Socket Mode: switch it on; Basic Information, App-Level Tokens: one "
                            "with connections:write."));
    }
}

}  // namespace

asio::awaitable<std::vector<Finding>> check(Api& api, HttpClient& http, Clock& clock, const Options& options) {
    std::vector<Finding> found;
    check_settings(options, found);
    const std::vector<std::string> workspaces = co_await api.tokens().workspaces();
    if (!options.bot_token.empty() || !options.client_id.empty()) {
        if (workspaces.empty())
            found.push_back(note("No workspace has installed the app yet.",
                                 "Open " + options.public_url + options.install_path + "."));
        for (const std::string& workspace : workspaces) {
            co_await check_token(api, clock, options, workspace, found);
        }
    }
    if (!options.app_token.empty()) co_await check_sockets(api, options, found);
    if (!options.signing_secrets.empty() && !options.public_url.empty()) co_await check_endpoint(http, options, found);
    co_return found;
}

}  // namespace podbrief::slack
