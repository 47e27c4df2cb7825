// The web server as a whole: who gets to what, with and without a proxy in front.
#include <gtest/gtest.h>

#include "bot/certificate_watch.hpp"
#include "bot/exit_codes.hpp"
#include "bot/operator_facts.hpp"
#include "bot/web_server.hpp"
#include "core/async/task_scope.hpp"
#include "core/services/private_pages.hpp"
#include "tests/support/files.hpp"

namespace podbrief::bot {
namespace {

using podbrief::testing::TemporaryFolder;

class WebPages : public ::testing::Test {
protected:
    WebPages() {
        settings.store.path = folder.path() / "podbrief.db";
        settings.network.allow = {"127.0.0.0/8"};
        settings.server.listen = "127.0.0.1:0";
        settings.server.public_url = "https://brief.example.org";
        settings.log.level = LogLevel::error;
        settings.discord.mode = Settings::Discord::Mode::gateway;
        settings.discord.token = "token";
        settings.discord.application_id = "77";
    }
    HttpResponse get(const std::string& target, std::vector<HttpHeader> headers = {}) {
        App app(settings, StoreUse::together);
        HttpResponse answer;
        EXPECT_EQ(app.run(ask(app, target, std::move(headers), answer), exit_interrupted), exit_ok);
        return answer;
    }
    static asio::awaitable<void> send(App& app, HttpRequest request, HttpResponse& answer) {
        HttpResult result = co_await app.platform_http().send(std::move(request));
        if (result) answer = std::move(*result);
    }
    static asio::awaitable<int> ask(App& app, std::string target, std::vector<HttpHeader> headers,
                                    HttpResponse& answer) {
        auto ignore = [](const std::string&, std::exception_ptr) {};
        TaskScope tasks(app.executor(), ignore);
        WebServer web(app, {});
        tasks.spawn("web server", web.run());
        HttpRequest request;
        request.method = "GET";
        request.url = fmt::format("http://127.0.0.1:{}{}", web.port(), target);
        request.headers = std::move(headers);
        request.max_redirects = 0;
        co_await send(app, std::move(request), answer);
        tasks.request_stop();
        co_await tasks.drained();
        co_return exit_ok;
    }

    TemporaryFolder folder;
    Settings settings;
};

TEST_F(WebPages, MetricsAreForTheMachineItselfAndNotForWhoComesByAProxy) {
    EXPECT_EQ(get("/metrics").status, 200);
    EXPECT_EQ(get("/metrics", {{"X-Forwarded-For", "127.0.0.1"}}).status, 403) << "a proxy that nobody named";
    EXPECT_EQ(get("/metrics", {{"Forwarded", "for=127.0.0.1"}}).status, 403);
    EXPECT_EQ(get("/healthz", {{"X-Forwarded-For", "192.0.2.1"}}).status, 200);
    settings.server.trusted_proxies = {"127.0.0.1"};
    EXPECT_EQ(get("/metrics", {{"X-Forwarded-For", "192.0.2.1"}}).status, 403);
    EXPECT_EQ(get("/metrics").status, 200);
    settings.server.metrics_from = {"192.0.2.0/24"};
    EXPECT_EQ(get("/metrics", {{"X-Forwarded-For", "192.0.2.1"}}).status, 200);
    EXPECT_EQ(get("/metrics").status, 403);
}

TEST_F(WebPages, TheOperatorSignsInByTheLinkAndByTlsOfTheProxyTheCookieIsForTls) {
    const auto link = [&] {
        const std::string key = services::make_key();
        App app(settings, StoreUse::together);
        const auto keep = [](App& a, std::string hash) -> asio::awaitable<int> {
            co_await a.keys().keep_operator(KeyStore::Operator::link, std::move(hash),
                                            a.clock().wall_now() + std::chrono::minutes{10});
            co_return exit_ok;
        };
        app.run(keep(app, services::hash_of_key(key)), exit_interrupted);
        return "/admin/" + key;
    };
    settings.server.trusted_proxies = {"127.0.0.1"};
    const HttpResponse plain = get(link());
    EXPECT_EQ(plain.status, 200);
    ASSERT_NE(find_header(plain.headers, "Set-Cookie"), nullptr);
    EXPECT_EQ(find_header(plain.headers, "Set-Cookie")->find("Secure"), std::string::npos);
    const HttpResponse tls = get(link(), {{"X-Forwarded-For", "192.0.2.1"}, {"X-Forwarded-Proto", "https"}});
    const std::string cookie = *find_header(tls.headers, "Set-Cookie");
    EXPECT_NE(cookie.find("; Secure"), std::string::npos);
    const HttpResponse status = get("/status", {{"Cookie", cookie.substr(0, cookie.find(';'))}});
    EXPECT_EQ(status.status, 200);
    EXPECT_NE(status.body.find("All is well."), std::string::npos);
    EXPECT_EQ(get("/status").status, 403);
}

TEST_F(WebPages, DiscordIsJoinedByItsPageAndByOursWhereAnInsightIsCarried) {
    const HttpResponse plain = get("/join/discord");
    EXPECT_EQ(plain.status, 302);
    EXPECT_EQ(
        *find_header(plain.headers, "Location"),
        "https://discord.com/oauth2/authorize?client_id=77&scope=bot+applications.commands&permissions=274877991936");
    EXPECT_EQ(get("/join/discord?insight=zzz").status, 302) << "there is no such insight";
    EXPECT_EQ(get("/join/discord?insight=%00%ff").status, 302);
    settings.discord.mode = Settings::Discord::Mode::off;
    EXPECT_EQ(get("/join/discord").status, 404);
}

TEST_F(WebPages, APrivatePageIsServedAndABadOneIsNot) {
    const auto address = [&](bool) {
        App app(settings, StoreUse::together);
        std::string found;
        const auto open = [](App& a, std::string& out) -> asio::awaitable<int> {
            Reader anna;
            anna.name = "anna";
            anna.created_at = a.clock().wall_now();
            anna = co_await a.readers().save(std::move(anna));
            out = co_await a.private_pages().open(anna.id, std::string(), false);
            co_return exit_ok;
        };
        app.run(open(app, found), exit_interrupted);
        return found;
    }(true);
    const std::string site = "https://brief.example.org";
    ASSERT_TRUE(address.starts_with(site + "/b/"));
    EXPECT_EQ(get(address.substr(site.size())).status, 200);
    EXPECT_EQ(get("/b/aaaaaaaaaaaaaaaaaaaaaaaaaa").status, 404);
}

TEST(CertificateWatching, AFileThatIsReplacedIsSeenOnce) {
    TemporaryFolder folder;
    const auto file = folder.path() / "cert.pem";
    podbrief::testing::write_file(file, "one");
    CertificateWatch watch({file, folder.path() / "absent.pem"});
    EXPECT_FALSE(watch.changed());
    podbrief::testing::write_file(file, "another");
    EXPECT_TRUE(watch.changed());
    EXPECT_FALSE(watch.changed());
    std::filesystem::last_write_time(file, std::filesystem::last_write_time(file) + std::chrono::seconds{5});
    EXPECT_TRUE(watch.changed()) << "the same size, at another time";
    std::filesystem::remove(file);
    EXPECT_TRUE(watch.changed());
    EXPECT_FALSE(watch.changed());
}

TEST(Gauges, AreReadFromWhatMetricsShows) {
    const std::string text = "# TYPE podbrief_a gauge\npodbrief_a 2\npodbrief_ab 7\npodbrief_c{x=\"y\"} 0.5\n";
    EXPECT_EQ(gauge_in(text, "podbrief_a"), 2);
    EXPECT_EQ(gauge_in(text, "podbrief_c"), 0.5);
    EXPECT_EQ(gauge_in(text, "podbrief_"), std::nullopt);
    EXPECT_EQ(gauge_in("", "podbrief_a"), std::nullopt);
}

}  // namespace
}  // namespace podbrief::bot
