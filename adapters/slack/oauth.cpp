#include "adapters/slack/oauth.hpp"

#include <charconv>

#include "adapters/slack/inbound_parts.hpp"
#include "core/commands/doors.hpp"
#include "core/crypto/secret_box.hpp"
#include "core/crypto/signatures.hpp"
#include "core/ports/cookies.hpp"
#include "core/ports/store_failure.hpp"

namespace podbrief::slack {
namespace {

constexpr std::string_view cookie_name = "podbrief_slack_install";
constexpr std::size_t longest_value = 2'000;
constexpr std::size_t most_used = 100'000;

std::string mac(const std::string& key, std::string_view payload, std::string_view cookie) {
    std::string message = "slack install v1\n";
    message.append(payload).append("\n").append(cookie);
    return crypto::to_base64url(crypto::hmac_sha256(key, message));
}

// Of the cookie that we set; empty: there is none, or more than one.
std::string cookie_of(const ServerRequest& request) {
    std::string found = only_cookie(request, cookie_name);
    return found.size() <= 100 ? found : std::string();
}

ServerResponse page(int status, std::string_view words) {
    ServerResponse out = text_response(
        status,
        "<!doctype html><meta charset=\"utf-8\"><title>Podcast brief</title><p>" + std::string(words) + "</p>\n",
        "text/html; charset=utf-8");
    out.headers.push_back({"Cache-Control", "no-store"});
    out.headers.push_back({"Referrer-Policy", "no-referrer"});
    out.headers.push_back({"Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"});
    return out;
}

ServerResponse redirect(const std::string& to, const std::string& cookie) {
    ServerResponse out = text_response(302, "");
    out.headers.push_back({"Location", to});
    out.headers.push_back({"Set-Cookie", cookie});
    out.headers.push_back({"Cache-Control", "no-store"});
    out.headers.push_back({"Referrer-Policy", "no-referrer"});
    return out;
}

std::string cookie_header(const std::string& value, int seconds) {
    return fmt::format("{}={}; Max-Age={}; Path=/slack; HttpOnly; Secure; SameSite=Lax", cookie_name, value, seconds);
}

std::string joined(const std::vector<std::string>& parts) {
    std::string out;
    for (const std::string& part : parts) out += (out.empty() ? "" : ",") + part;
    return out;
}

}  // namespace

bool is_own_path(std::string_view target) {
    if (target.size() > 500 || !target.starts_with('/')) return false;
    for (const char c : target) {
        // Printable ASCII only, and no backslash, which browsers read as a slash.
        if (c <= ' ' || c > '~' || c == '\\') return false;
    }
    return !target.starts_with("//") && target.find("/../") == std::string_view::npos && !target.ends_with("/..");
}

// nonce.expiry.return.came_for, signed together with the cookie.
std::string InstallState::issue(const std::string& cookie, const Accepted& about, WallTime now) const {
    const std::string nonce = crypto::to_base64url(crypto::random_bytes(16));
    const std::string payload =
        fmt::format("{}.{}.{}.{}", nonce, to_ms(now + lifetime), crypto::to_base64url(about.return_to),
                    crypto::to_base64url(about.came_for));
    return payload + "." + mac(key_, payload, cookie);
}

std::optional<InstallState::Accepted> InstallState::accept(const std::string& state, const std::string& cookie,
                                                           WallTime now) {
    if (state.size() > longest_value || cookie.empty()) return std::nullopt;
    const auto last = state.rfind('.');
    if (last == std::string::npos) return std::nullopt;
    const std::string_view payload = std::string_view(state).substr(0, last);
    if (!crypto::equal_in_constant_time(mac(key_, payload, cookie), state.substr(last + 1))) return std::nullopt;
    const auto first = payload.find('.');
    const auto second = payload.find('.', first + 1);
    if (first == std::string_view::npos || second == std::string_view::npos) return std::nullopt;
    const auto third = payload.find('.', second + 1);
    if (third == std::string_view::npos) return std::nullopt;
    const std::string nonce(payload.substr(0, first));
    const std::string_view expiry = payload.substr(first + 1, second - first - 1);
    std::int64_t until_ms = 0;
    const auto read = std::from_chars(expiry.data(), expiry.data() + expiry.size(), until_ms);
    const auto return_to = crypto::from_base64url(payload.substr(second + 1, third - second - 1));
    const auto came_for = crypto::from_base64url(payload.substr(third + 1));
    if (read.ec != std::errc{} || !return_to || !came_for || now >= from_ms(until_ms)) return std::nullopt;
    std::erase_if(used_, [now](const auto& entry) { return entry.second <= now; });
    if (used_.size() >= most_used || !used_.emplace(nonce, from_ms(until_ms)).second) return std::nullopt;
    return Accepted{*return_to, *came_for};
}

Oauth::Oauth(Ports ports, Installs& installs, const Options& options)
    : ports_(ports),
      installs_(installs),
      options_(options),
      state_(options.state_key.empty() ? crypto::random_bytes(32) : options.state_key) {}

ServerResponse Oauth::refused(std::string_view outcome, int status, std::string_view words) {
    ports_.metrics.count("slack_installs_total", outcome, 1);
    return page(status, words);
}

asio::awaitable<ServerResponse> Oauth::begin(ServerRequest request) {
    if (request.method != "GET") co_return refused("malformed", 405, "Please open this page in a browser.");
    const auto fields = parse_form(request.query());
    InstallState::Accepted about;
    if (fields) about.return_to = form_value(*fields, "return");
    if (!fields || (!about.return_to.empty() && !is_own_path(about.return_to)))
        co_return refused("bad_return", 400, "This link leads elsewhere and was not followed.");
    const auto insight = commands::insight_of_number(form_value(*fields, "insight"));  // another text: none
    if (insight) about.came_for = commands::door_payload(*insight);
    const std::string cookie = crypto::to_base64url(crypto::random_bytes(16));
    const std::string state = state_.issue(cookie, about, ports_.clock.wall_now());
    const std::string query = to_form({{"client_id", options_.client_id},
                                       {"scope", joined(options_.scopes)},
                                       {"user_scope", ""},
                                       {"redirect_uri", options_.public_url + options_.callback_path},
                                       {"state", state}});
    ports_.metrics.count("slack_installs_total", "begun", 1);
    co_return redirect(options_.authorize + "?" + query,
                       cookie_header(cookie, static_cast<int>(InstallState::lifetime.count() / 1000)));
}

asio::awaitable<ServerResponse> Oauth::callback(ServerRequest request) {
    if (request.method != "GET") co_return refused("malformed", 405, "Please open this page in a browser.");
    const auto fields = parse_form(request.query());
    if (!fields) co_return refused("malformed", 400, "This link is damaged.");
    const std::string state(form_value(*fields, "state"));
    const std::string code(form_value(*fields, "code"));
    const auto accepted = state_.accept(state, cookie_of(request), ports_.clock.wall_now());
    if (!accepted)
        co_return refused("bad_state", 403,
                          "This installation was not begun here, or too long ago. Please begin again.");
    if (!form_value(*fields, "error").empty()) co_return refused("denied", 200, "Nothing was installed.");
    if (code.empty() || code.size() > longest_value) co_return refused("malformed", 400, "This link is damaged.");
    co_return co_await finish(code, *accepted);
}

asio::awaitable<ServerResponse> Oauth::finish(std::string code, InstallState::Accepted state) {
    std::vector<FormField> fields{{"code", code}, {"redirect_uri", options_.public_url + options_.callback_path}};
    const Answered answered = co_await ask_for_grant(ports_.http, ports_.clock, options_, std::move(fields));
    std::optional<Grant> grant;
    if (const Answer* answer = good(answered)) grant = grant_of(*answer);
    if (!grant || id_of(grant->workspace).empty()) {
        ports_.log.warning("slack installation failed", {{"problem", problem_of(answered)}});
        co_return refused("failed", 502, "Slack did not confirm the installation. Please begin again.");
    }
    Incoming incoming =
        incoming_from(grant->workspace, id_of(grant->user), id_of(grant->user), {}, ports_.clock.wall_now());
    incoming.kind = Incoming::Kind::installed;
    incoming.direct = true;
    incoming.text = state.came_for;
    incoming.event_id = event_id("install", crypto::to_base64url(crypto::random_bytes(12)));
    const std::string workspace = grant->workspace;
    std::string problem;
    try {
        co_await installs_.keep(std::move(*grant));
    } catch (const StoreFailure& failure) {
        problem = failure.what();
    }
    if (!problem.empty()) {
        ports_.log.error("slack installation was not stored", {{"workspace", workspace}, {"error", problem}});
        co_return refused("failed", 503, "The installation could not be stored. Please begin again in a while.");
    }
    ports_.log.info("slack installed", {{"workspace", workspace}});
    ports_.metrics.count("slack_installs_total", "done", 1);
    const auto told = co_await ports_.intake.accept(std::move(incoming));
    if (told == Intake::Accepted::unavailable)
        ports_.log.warning("slack installation: nobody could be greeted", {{"workspace", workspace}});
    if (!state.return_to.empty()) co_return redirect(state.return_to, cookie_header("", 0));
    co_return page(200, "Podcast brief is installed. Open it in Slack and say hello.");
}

}  // namespace podbrief::slack
