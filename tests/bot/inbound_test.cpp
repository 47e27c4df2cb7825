// What is sent to the server's addresses, with the store on disk behind them.
#include <SQLiteCpp/SQLiteCpp.h>
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <thread>

#include "adapters/slack/verify.hpp"
#include "bot/exit_codes.hpp"
#include "bot/platforms.hpp"
#include "bot/web_server.hpp"
#include "core/async/task_scope.hpp"
#include "core/crypto/signatures.hpp"
#include "tests/support/files.hpp"

namespace podbrief::bot {
namespace {

using namespace std::chrono_literals;
using podbrief::testing::TemporaryFolder;

const std::string slack_secret = "8f742231b10e8888abcd99yyyzzz85a5";
const std::string telegram_secret = "A-secret_of-32-characters-000001";
const std::string discord_seed(32, 'd');

// All three platforms call this server. None of them can be called: what is tested here calls none.
Settings settings_in(const TemporaryFolder& folder) {
    Settings settings;
    settings.store.path = folder.path() / "podbrief.db";
    settings.network.allow = {"127.0.0.0/8"};
    settings.server.listen = "127.0.0.1:0";
    settings.server.public_url = "https://brief.example.org";
    settings.log.level = LogLevel::error;
    const std::string nobody = "http://127.0.0.1:1";
    settings.slack.mode = Settings::Slack::Mode::http;
    settings.slack.bot_token = "xoxb-test";
    settings.slack.signing_secrets = {slack_secret};
    settings.slack.api_url = nobody + "/api";
    settings.telegram.mode = Settings::Telegram::Mode::webhook;
    settings.telegram.token = "123456:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    settings.telegram.webhook_secrets = {telegram_secret};
    settings.telegram.api_url = nobody;
    settings.discord.mode = Settings::Discord::Mode::http;
    settings.discord.token = "token";
    settings.discord.application_id = "1";
    settings.discord.public_keys = {crypto::to_hex(crypto::ed25519_public_key(discord_seed))};
    settings.discord.api_url = nobody;
    return settings;
}

// One server; its services are not run, so that nothing happens in the store but what requests do.
struct Server {
    Server(const Settings& settings, StoreUse use) : app(settings, use), platforms(app) {}

    std::string seconds(Millis ago = Millis{0}) { return std::to_string(to_ms(app.clock().wall_now() - ago) / 1000); }
    std::string path_of(const std::string& platform) const {
        for (const WebRoute& route : platforms.routes()) {
            if (route.path.find(platform) != std::string::npos) return route.path;
        }
        throw std::runtime_error("no address of " + platform);
    }
    // To this path of whichever server is asked.
    HttpRequest post(const std::string& path, std::string body, std::vector<HttpHeader> headers) const {
        HttpRequest request;
        request.method = "POST";
        request.url = path;
        request.headers = std::move(headers);
        request.headers.push_back({"Content-Type", "application/json"});
        request.body = std::move(body);
        return request;
    }
    // What is said in a chat is known by chat and time, whatever the number of the event.
    HttpRequest slack_event(int number, Millis signed_ago = Millis{0}) {
        std::string body =
            fmt::format(R"({{"type":"event_callback","team_id":"T1","event_id":"Ev{0}","event":{{"type":"message",)"
                        R"("channel_type":"im","channel":"D1","user":"U1","ts":"1.{0:06}","text":"help"}}}})",
                        number);
        const std::string at = seconds(signed_ago);
        std::vector<HttpHeader> headers = {{"X-Slack-Request-Timestamp", at},
                                           {"X-Slack-Signature", slack::signature_of(slack_secret, at, body)}};
        return post("/slack/events", std::move(body), std::move(headers));
    }
    HttpRequest telegram_update(int id) {
        std::string body = fmt::format(
            R"({{"update_id":{},"message":{{"message_id":5,"date":1772400000,"from":{{"id":42,"is_bot":false,)"
            R"("first_name":"Ann"}},"chat":{{"id":42,"type":"private"}},"text":"brief"}}}})",
            id);
        std::vector<HttpHeader> headers = {{"X-Telegram-Bot-Api-Secret-Token", telegram_secret}};
        return post(path_of("telegram"), std::move(body), std::move(headers));
    }
    HttpRequest discord_ping() {
        const std::string body = R"({"type":1})";
        const std::string at = seconds();
        std::vector<HttpHeader> headers = {
            {"X-Signature-Timestamp", at},
            {"X-Signature-Ed25519", crypto::to_hex(crypto::ed25519_sign(discord_seed, at + body))}};
        return post(path_of("discord"), body, std::move(headers));
    }
    // The status of each answer, in order; all are asked at once, as far as the client goes.
    std::vector<int> ask_all(const std::vector<HttpRequest>& requests) {
        std::vector<int> statuses(requests.size());
        app.context().restart();
        EXPECT_EQ(app.run(ask(requests, statuses), exit_interrupted), exit_ok);
        return statuses;
    }
    int ask_one(const HttpRequest& request) { return ask_all({request}).front(); }
    std::size_t carry_out() {
        std::size_t items = 0;
        app.context().restart();
        EXPECT_EQ(app.run(carry(items), exit_interrupted), exit_ok);
        return items;
    }

    App app;
    Platforms platforms;

private:
    asio::awaitable<void> send(HttpRequest request, int& status) {
        const HttpResult result = co_await app.platform_http().send(std::move(request));
        status = result ? result->status : -1;
    }
    asio::awaitable<int> ask(const std::vector<HttpRequest>& requests, std::vector<int>& statuses) {
        auto ignore = [](const std::string&, std::exception_ptr) {};
        TaskScope serving(app.executor(), ignore);
        TaskScope asking(app.executor(), ignore);
        WebServer web(app, platforms.routes());
        serving.spawn("web server", web.run());
        for (std::size_t i = 0; i < requests.size(); ++i) {
            HttpRequest request = requests[i];
            request.url = fmt::format("http://127.0.0.1:{}{}", web.port(), request.url);
            asking.spawn("request", send(std::move(request), statuses[i]));
        }
        co_await asking.drained();
        serving.request_stop();
        co_await serving.drained();
        co_return exit_ok;
    }
    asio::awaitable<int> carry(std::size_t& items) {
        items = co_await app.reception().run_once();
        co_return exit_ok;
    }
};

// Looks into the store from outside.
class Witness {
public:
    explicit Witness(const TemporaryFolder& folder)
        : store_((folder.path() / "podbrief.db").string(), SQLite::OPEN_READONLY, 5'000) {}
    // Another number after every transaction that somebody else has committed.
    int version() { return store_.execAndGet("PRAGMA data_version"); }
    int count(const std::string& what) { return store_.execAndGet("SELECT count(*) FROM " + what); }

private:
    SQLite::Database store_;
};

// As the platforms send them, but not signed, or by somebody else.
std::vector<HttpRequest> forged_requests(Server& server, int number) {
    std::vector<HttpRequest> good = {server.slack_event(100'000 + number), server.telegram_update(1'000'000 + number),
                                     server.discord_ping()};
    std::vector<HttpRequest> forged;
    for (HttpRequest& request : good) {
        HttpRequest without = request;
        without.headers = {request.headers.back()};
        forged.push_back(std::move(without));
        std::string& signature = request.headers[request.headers.size() - 2].value;
        signature.back() = signature.back() == '0' ? '1' : '0';
        forged.push_back(std::move(request));
    }
    forged.push_back(server.slack_event(200'000 + number, 301s));
    return forged;
}

// RELIABILITY row 93.
TEST(Inbound, AFloodThatNobodySignedDoesNotReachTheStoreAndWhatIsSignedAmongItIsAllKept) {
    TemporaryFolder folder;
    Server server(settings_in(folder), StoreUse::alone);
    Witness witness(folder);
    const int before = witness.version();
    std::vector<HttpRequest> flood;
    for (int i = 0; i < 100; ++i) {
        for (HttpRequest& request : forged_requests(server, i)) flood.push_back(std::move(request));
    }
    EXPECT_EQ(server.ask_all(flood), std::vector<int>(flood.size(), 401));
    EXPECT_EQ(witness.version(), before) << "not one transaction";

    std::vector<HttpRequest> mixed;
    std::vector<int> expected;
    for (std::size_t i = 0; i < flood.size(); ++i) {
        mixed.push_back(flood[i]);
        expected.push_back(401);
        if (i % 10 != 0) continue;
        mixed.push_back(server.slack_event(static_cast<int>(i)));
        expected.push_back(200);
    }
    EXPECT_EQ(server.ask_all(mixed), expected);
    EXPECT_EQ(witness.count("inbox_items"), static_cast<int>(flood.size() / 10));
}

// RELIABILITY row 86.
TEST(Inbound, AHundredCopiesOfOneEventAtTwoServersOfOneStoreAreAppliedOnce) {
    TemporaryFolder folder;
    const Settings settings = settings_in(folder);
    Server first(settings, StoreUse::alone);
    Server second(settings, StoreUse::together);
    Witness witness(folder);
    const std::vector<HttpRequest> copies(50, first.slack_event(1));
    std::vector<int> statuses;
    std::thread beside([&] { statuses = second.ask_all(copies); });
    EXPECT_EQ(first.ask_all(copies), std::vector<int>(50, 200)) << "Slack would send it again otherwise";
    beside.join();
    EXPECT_EQ(statuses, std::vector<int>(50, 200));
    EXPECT_EQ(witness.count("inbox_items"), 1);

    std::size_t by_second = 0;
    std::thread again([&] { by_second = second.carry_out(); });
    const std::size_t by_first = first.carry_out();
    again.join();
    EXPECT_EQ(by_first + by_second, 1U);
    const int answers = witness.count("deliveries");
    EXPECT_GE(answers, 1);

    // Replayed within the window, also after it was carried out: acknowledged, and nothing more.
    EXPECT_EQ(first.ask_one(copies[0]), 200);
    EXPECT_EQ(second.ask_one(copies[0]), 200);
    // Replayed after the window, one that was never seen before too: refused.
    EXPECT_EQ(first.ask_one(first.slack_event(1, 301s)), 401);
    EXPECT_EQ(first.ask_one(first.slack_event(2, 301s)), 401);
    EXPECT_EQ(first.carry_out() + second.carry_out(), 0U);
    EXPECT_EQ(witness.count("inbox_items"), 1);
    EXPECT_EQ(witness.count("deliveries"), answers);
}

}  // namespace
}  // namespace podbrief::bot
