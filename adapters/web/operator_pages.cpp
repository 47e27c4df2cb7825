#include "adapters/web/operator_pages.hpp"

#include <algorithm>

#include "core/briefs/brief_key.hpp"
#include "core/briefs/local_time.hpp"
#include "core/briefs/slots.hpp"
#include "core/briefs/zones.hpp"
#include "core/commands/explain.hpp"
#include "core/crypto/signatures.hpp"
#include "core/ports/cookies.hpp"
#include "core/services/explaining.hpp"
#include "core/services/private_pages.hpp"

namespace podbrief::web {
namespace {

constexpr std::string_view cookie_name = "podbrief_operator";
constexpr std::string_view admin = "/admin/";
constexpr std::size_t longest_name = 200;
constexpr std::size_t most_days_shown = 12;
constexpr double a_second = 0.5;
constexpr double burst = 30;
constexpr std::size_t most_addresses = 20'000;

// Of the one cookie of ours; empty: none, several, or none that we can have given.
std::string session_key(const ServerRequest& request) {
    std::string found = only_cookie(request, cookie_name);
    return services::is_key(found) ? found : std::string();
}

HttpHeader cookie(const std::string& value, std::chrono::seconds lives, bool https) {
    return {"Set-Cookie", fmt::format("{}={}; Max-Age={}; Path=/status; HttpOnly; SameSite=Strict{}", cookie_name,
                                      value, lives.count(), https ? "; Secure" : "")};
}

bool reads(const ServerRequest& request) {
    return request.method == "GET" || request.method == "HEAD";
}

Page wrong_method(Shell& shell, const char* allowed) {
    Page page = words_page(shell, 405, "Not like this", "This address is used in another way.");
    page.headers.push_back({"Allow", allowed});
    return page;
}

}  // namespace

std::string csrf_of(std::string_view session_key) {
    return crypto::to_base32(crypto::hmac_sha256(session_key, "podbrief operator form v1"));
}

OperatorPages::OperatorPages(Ports ports, Shell& shell)
    : ports_(std::move(ports)), shell_(shell), limit_(a_second, burst, most_addresses) {}

bool OperatorPages::has(std::string_view path) {
    return path == "/status" || path.starts_with("/status/") || path.starts_with(admin);
}

Page OperatorPages::signed_out(int status) {
    return words_page(shell_, status, "Sign in first",
                      "Run podbrief admin on the server: it prints a link that works once, for ten minutes.");
}

// The link and the page that it opens. A page, not a redirect: where the link was followed from another site, a cookie
// that is SameSite=Strict would not be sent along with the redirect.
asio::awaitable<Page> OperatorPages::sign_in(ServerRequest request) {
    if (request.method != "GET") co_return wrong_method(shell_, "GET");  // what looks first must not use it up
    const std::string key(request.path().substr(admin.size()));
    const WallTime now = ports_.clock.wall_now();
    bool good = services::is_key(key);
    if (good) good = co_await ports_.keys.take_link(services::hash_of_key(key), now);
    if (!good) {
        co_return words_page(
            shell_, 404, "This link does not work",
            "It was used, is older than ten minutes, or is mistyped. Run podbrief admin for a new one.");
    }
    const std::string session = services::make_key();
    const std::string hash = services::hash_of_key(session);
    co_await ports_.keys.keep_operator(KeyStore::Operator::session, hash, now + session_lives);
    Page page = words_page(shell_, 200, "You are signed in", "Going on to the status page.",
                           OnwardLink{"/status", "Open the status page"});
    page.headers.push_back(cookie(session, session_lives, request.https));
    page.headers.push_back({"Refresh", "0; url=/status"});
    co_return page;
}

asio::awaitable<Page> OperatorPages::sign_out(ServerRequest request, std::string key) {
    if (request.method != "POST") co_return wrong_method(shell_, "POST");
    const auto fields = parse_form(request.body);
    const std::string brought(fields ? form_value(*fields, "csrf") : std::string_view());
    if (!crypto::equal_in_constant_time(csrf_of(key), brought)) {
        co_return words_page(shell_, 403, "Nothing was done",
                             "The form was not one of this session. Go back and try again.");
    }
    co_await ports_.keys.end_session(services::hash_of_key(key));
    Page page = words_page(shell_, 200, "You are signed out", "Run podbrief admin on the server to sign in again.");
    page.headers.push_back(cookie(std::string(), std::chrono::seconds{0}, request.https));
    co_return page;
}

asio::awaitable<Page> OperatorPages::status(std::string key) {
    OperatorView view;
    view.now = ports_.clock.wall_now();
    view.figures = co_await ports_.status.status(view.now, briefs::usual_horizon);
    view.facts = co_await ports_.facts();
    view.csrf = csrf_of(key);
    co_return operator_page(shell_, view);
}

asio::awaitable<Page> OperatorPages::explain(ServerRequest request, std::string key) {
    ExplainView view;
    view.csrf = csrf_of(key);
    const auto fields = parse_form(request.query());
    if (fields) {
        view.reader = form_value(*fields, "reader").substr(0, longest_name);
        view.day = form_value(*fields, "day").substr(0, longest_name);
    }
    if (view.reader.empty()) {
        view.problem = "Say whose brief.";
        co_return explain_page(shell_, 200, view);
    }
    const std::optional<Reader> reader = co_await ports_.readers.reader_named(view.reader);
    if (!reader) {
        view.problem = "There is no reader of that name.";
        co_return explain_page(shell_, 404, view);
    }
    const WallTime now = ports_.clock.wall_now();
    std::string brief = briefs::brief_key(*reader, now);
    if (!view.day.empty()) {
        const auto meant = briefs::past_day(view.day, now, reader->time_zone);
        if (!meant) {
            view.problem = "That is no day. Give one such as today, yesterday, 2026-03-12 or 2026-03-12#2.";
            co_return explain_page(shell_, 400, view);
        }
        brief = briefs::write_key(*meant);
    }
    const std::vector<Slot> slots = co_await ports_.outbox.slots(reader->id, services::most_explained_slots);
    view.other_days = services::nearest_briefs(slots, brief, most_days_shown);
    std::erase(view.other_days, brief);
    const std::optional<commands::Explained> what =
        co_await services::look_into(ports_.outbox, ports_.library, *reader, brief, slots, now);
    if (!what) {
        view.problem = "No brief was planned for " + brief + ".";
        co_return explain_page(shell_, 404, view);
    }
    view.story = commands::explain(*what, briefs::system_zones());
    co_return explain_page(shell_, 200, view);
}

asio::awaitable<Page> OperatorPages::page_of(ServerRequest request) {
    const std::string path(request.path());
    if (path.starts_with(admin)) {
        const Millis wait = limit_.wait_for(request.remote_address, ports_.clock.steady_now());
        if (wait > Millis{0}) co_return too_often_page(shell_, wait);
        co_return co_await sign_in(std::move(request));
    }
    const std::string key = session_key(request);
    if (key.empty()) co_return signed_out(403);
    if (!co_await ports_.keys.session(services::hash_of_key(key), ports_.clock.wall_now())) co_return signed_out(403);
    if (path == "/status/sign-out") co_return co_await sign_out(std::move(request), key);
    if (!reads(request)) co_return wrong_method(shell_, "GET, HEAD");
    if (path == "/status") co_return co_await status(key);
    if (path == "/status/explain") co_return co_await explain(std::move(request), key);
    co_return words_page(shell_, 404, "There is nothing at this address", "The operator's pages begin at /status.");
}

asio::awaitable<ServerResponse> OperatorPages::answer(ServerRequest request) {
    Page page = co_await page_of(request);
    co_return private_answer(shell_, std::move(page), request);
}

}  // namespace podbrief::web
