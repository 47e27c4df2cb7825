// What the client sends, follows, keeps and says, over real loopback sockets.
#include "adapters/http/client.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/system/system_error.hpp>

#include "tests/adapters/http/bytes.hpp"
#include "tests/adapters/http/world.hpp"
#include "tests/support/manual_clock.hpp"

namespace podbrief::net::testing {
namespace {

using podbrief::testing::ManualClock;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

// Answers each request with its own header as the body; `heads` keeps them.
struct Mirror {
    explicit Mirror(World& world)
        : server(world.context, [this](tcp::socket& socket, int) -> asio::awaitable<void> {
              for (;;) {
                  std::string head = co_await read_head(socket);
                  if (head.empty()) co_return;
                  heads.push_back(head);
                  const std::string answer = ok(head);
                  co_await say(socket, answer);
              }
          }) {}
    std::vector<std::string> heads;
    RawServer server;
};

TEST(Client, SendsAPlainRequest) {
    World world;
    Mirror mirror(world);
    auto request = get_request(mirror.server.url("/feed.xml?a=b#part"));
    request.headers = {{"If-None-Match", "W/\"x\""}, {"Host", "evil.example"}, {"Content-Length", "5"}};
    const auto result = world.send(request);
    ASSERT_TRUE(result) << describe(result);
    EXPECT_EQ(result->status, 200);
    EXPECT_EQ(result->body, fmt::format("GET /feed.xml?a=b HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nIf-None-Match: W/\"x\"\r\n"
                                        "User-Agent: podbrief/0.1\r\nAccept: */*\r\n"
                                        "Accept-Encoding: gzip, deflate, br\r\n\r\n",
                                        mirror.server.port()));
    EXPECT_EQ(result->url, mirror.server.url("/feed.xml?a=b"));
    EXPECT_TRUE(result->redirects.empty());
}

TEST(Client, LeavesTheCallersOwnAgentAndEncodingsAsTheyAre) {
    World world;
    Mirror mirror(world);
    auto request = get_request(mirror.server.url());
    request.headers = {{"user-agent", "mine"}, {"ACCEPT-ENCODING", "identity"}, {"Accept", "text/vtt"}};
    const auto result = world.send(request);
    ASSERT_TRUE(result);
    EXPECT_THAT(result->body, HasSubstr("user-agent: mine\r\nACCEPT-ENCODING: identity\r\nAccept: text/vtt\r\n\r\n"));
}

TEST(Client, SendsABodyWithItsLength) {
    World world;
    std::string head;
    std::string body;
    RawServer server(world.context, [&](tcp::socket& socket, int) -> asio::awaitable<void> {
        head = co_await read_head(socket);
        body = co_await read_exactly(socket, 300'000);
        co_await say(socket, ok("done"));
    });
    const std::string sent = sample_text(300'000);
    const auto result = world.send(post_request(server.url(), sent));
    ASSERT_TRUE(result) << describe(result);
    EXPECT_THAT(head, StartsWith("POST / HTTP/1.1\r\n"));
    EXPECT_THAT(head, HasSubstr("Content-Length: 300000\r\n"));
    EXPECT_TRUE(body == sent);
}

TEST(Client, NeverPutsControlCharactersOnTheWire) {
    World world;
    Mirror mirror(world);
    const std::string url = mirror.server.url();
    const std::string bad[] = {"a\r\nX-Evil: 1", "a\nb", "a\rb", std::string("a\0b", 3), "a\x7F"};
    std::vector<HttpRequest> requests;
    for (const auto& text : bad) {
        requests.push_back(get_request(mirror.server.url("/" + text)));
        auto value = get_request(url);
        value.headers = {{"If-None-Match", text}};
        requests.push_back(value);
        auto name = get_request(url);
        name.headers = {{"X" + text, "1"}};
        requests.push_back(name);
        auto method = get_request(url);
        method.method = "GET" + text;
        requests.push_back(method);
        RawServer redirecting(
            world.context,
            answering(fmt::format("HTTP/1.1 302 Go\r\nLocation: /x{}\r\nContent-Length: 0\r\n\r\n", text)));
        EXPECT_FALSE(world.get(redirecting.url()));
    }
    auto spaced = get_request(url);
    spaced.headers = {{"X Y", "1"}};
    requests.push_back(spaced);
    auto colon = get_request(url);
    colon.headers = {{"X:", "1"}};
    requests.push_back(colon);
    auto nameless = get_request(url);
    nameless.headers = {{"", "1"}};
    requests.push_back(nameless);
    for (const auto& request : requests) {
        const auto result = world.send(request);
        ASSERT_FALSE(result);
        EXPECT_EQ(result.error().handed_over, HandedOver::nothing);
        EXPECT_FALSE(result.error().detail.empty());
    }
    EXPECT_TRUE(mirror.heads.empty());
}

TEST(Client, DecodesWhatItAskedFor) {
    World world;
    const std::string text = sample_text(200'000);
    const std::pair<const char*, std::string> encodings[] = {
        {"gzip", gzip(text)}, {"deflate", zlib_stream(text)}, {"deflate", raw_deflate(text)}, {"br", brotli(text)}};
    for (const auto& [name, bytes] : encodings) {
        RawServer server(world.context, answering(ok(bytes, fmt::format("Content-Encoding: {}\r\n", name))));
        const auto result = world.get(server.url());
        ASSERT_TRUE(result) << name << ": " << describe(result);
        EXPECT_TRUE(result->body == text) << name;
    }
}

TEST(Client, FollowsRedirectsAndTellsTheWay) {
    World world;
    Mirror goal(world);
    world.resolver.set("second.test", "127.0.0.1");
    RawServer second(world.context,
                     answering(fmt::format("HTTP/1.1 302 Found\r\nLocation: {}\r\nContent-Length: 3\r\n\r\n...",
                                           goal.server.url("/end"))));
    const std::string middle = second.url("/middle", "second.test");
    RawServer first(world.context,
                    answering(fmt::format("HTTP/1.1 301 Moved\r\nLocation: {}\r\nContent-Length: 0\r\n\r\n", middle)));
    const auto result = world.get(first.url("/start"));
    ASSERT_TRUE(result) << describe(result);
    EXPECT_EQ(result->url, goal.server.url("/end"));
    const std::vector<HttpRedirect> expected = {{301, first.url("/start"), middle},
                                                {302, middle, goal.server.url("/end")}};
    EXPECT_EQ(result->redirects, expected);
}

TEST(Client, GivesBackARedirectItMayNotOrCannotFollow) {
    World world;
    RawServer server(world.context, answering("HTTP/1.1 301 Moved\r\nLocation: /x\r\nContent-Length: 4\r\n\r\nmove"));
    auto request = get_request(server.url());
    request.max_redirects = 0;
    const auto kept = world.send(request);
    ASSERT_TRUE(kept);
    EXPECT_EQ(kept->status, 301);
    EXPECT_EQ(kept->body, "move");
    RawServer nowhere(world.context, answering("HTTP/1.1 302 Found\r\nContent-Length: 4\r\n\r\nhmm!"));
    const auto answer = world.get(nowhere.url());
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->body, "hmm!");
}

TEST(Client, StopsAfterTheAllowedNumberOfRedirects) {
    World world;
    RawServer server(world.context, answering("HTTP/1.1 302 Found\r\nLocation: /again\r\nContent-Length: 0\r\n\r\n"));
    const auto result = world.get(server.url());
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, HttpErrc::too_many_redirects);
    EXPECT_EQ(result.error().detail, "127.0.0.1: sends on more than 5 times");
}

TEST(Client, ChangesTheMethodAsBrowsersDo) {
    const struct {
        int status;
        const char* method;
        const char* expected;
        bool body;
    } cases[] = {
        {301, "POST", "GET /next", false}, {302, "POST", "GET /next", false},  {303, "POST", "GET /next", false},
        {307, "POST", "POST /next", true}, {308, "POST", "POST /next", true},  {303, "PUT", "GET /next", false},
        {302, "PUT", "PUT /next", true},   {303, "HEAD", "HEAD /next", false}, {302, "HEAD", "HEAD /next", false},
    };
    for (const auto& c : cases) {
        World world;
        std::vector<std::string> heads;
        RawServer server(world.context, [&](tcp::socket& socket, int) -> asio::awaitable<void> {
            heads.push_back(co_await read_head(socket));
            if (heads.size() == 1) {
                co_await say(socket,
                             fmt::format("HTTP/1.1 {} Go\r\nLocation: /next\r\nConnection: close\r\n\r\n", c.status));
            } else {
                co_await say(socket, "HTTP/1.1 204 Fine\r\nConnection: close\r\n\r\n");
            }
        });
        HttpRequest request = get_request(server.url("/first"));
        request.method = c.method;
        request.headers = {{"Content-Type", "text/plain"}};
        if (std::string(c.method) != "HEAD") request.body = "body";
        const auto result = world.send(request);
        ASSERT_TRUE(result) << c.status << " " << c.method << ": " << describe(result);
        ASSERT_EQ(heads.size(), 2u);
        EXPECT_THAT(heads[1], StartsWith(c.expected)) << c.status;
        const auto about_body = HasSubstr("Content-Length: 4\r\n");
        if (c.body) {
            EXPECT_THAT(heads[1], about_body) << c.status;
            EXPECT_THAT(heads[1], HasSubstr("Content-Type"));
        } else {
            EXPECT_THAT(heads[1], Not(about_body)) << c.status;
        }
    }
}

TEST(Client, KeepsCredentialsFromOtherHosts) {
    World world;
    world.resolver.set("first.test", "127.0.0.1");
    world.resolver.set("second.test", "127.0.0.1");
    Mirror goal(world);
    const auto send_via = [&](const std::string& start_host, const std::string& location) {
        RawServer start(world.context,
                        answering("HTTP/1.1 302 Found\r\nLocation: " + location + "\r\nContent-Length: 0\r\n\r\n"));
        auto request = get_request(start.url("/", start_host));
        request.headers = {
            {"Authorization", "Bearer key"}, {"cookie", "a=b"}, {"X-Api-Key", "key"}, {"X-Other", "stays"}};
        return world.send(request);
    };
    const auto moved = send_via("first.test", goal.server.url("/", "second.test"));
    ASSERT_TRUE(moved) << describe(moved);
    EXPECT_THAT(moved->body, HasSubstr("X-Other: stays"));
    for (const auto* secret : {"Bearer", "a=b", "key"}) EXPECT_THAT(moved->body, Not(HasSubstr(secret)));
    // Another port is another server.
    const auto port = send_via("second.test", goal.server.url("/", "second.test"));
    ASSERT_TRUE(port);
    EXPECT_THAT(port->body, Not(HasSubstr("Bearer")));

    std::vector<std::string> heads;
    RawServer same(world.context, [&](tcp::socket& socket, int) -> asio::awaitable<void> {
        heads.push_back(co_await read_head(socket));
        co_await say(socket, heads.size() == 1 ? "HTTP/1.1 302 Go\r\nLocation: /b\r\nConnection: close\r\n\r\n"
                                               : "HTTP/1.1 204 Fine\r\nConnection: close\r\n\r\n");
    });
    auto request = get_request(same.url("/a"));
    request.headers = {{"Authorization", "Bearer key"}};
    ASSERT_TRUE(world.send(request));
    EXPECT_THAT(heads.at(1), HasSubstr("Authorization: Bearer key"));
}

TEST(Client, PutsEveryHopBeforeTheGuard) {
    World world;
    world.resolver.set("inside.test", "10.0.0.7");
    world.resolver.set("mapped.test", "::ffff:127.0.0.1");
    const char* locations[] = {"http://10.0.0.1/",       "http://169.254.169.254/latest",
                               "http://inside.test/",    "http://[::1]/",
                               "http://mapped.test/",    "http://0x7f000001/",
                               "http://192.168.1.1:22/", "file:///etc/passwd",
                               "gopher://127.0.0.1/"};
    for (const auto* location : locations) {
        RawServer server(world.context, answering(fmt::format(
                                            "HTTP/1.1 302 Go\r\nLocation: {}\r\nContent-Length: 0\r\n\r\n", location)));
        const auto before = world.dialer.connected.size();
        const auto result = world.get(server.url());
        ASSERT_FALSE(result) << location;
        EXPECT_EQ(result.error().code, HttpErrc::blocked) << location << ": " << describe(result);
        EXPECT_EQ(world.dialer.connected.size(), before + 1) << location;
    }
}

TEST(Client, SaysWhichAddressIsRefusedAndWhy) {
    World world;
    world.resolver.set("inside.test", "10.0.0.7");
    world.resolver.set("far.test", "93.184.216.34");
    EXPECT_EQ(world.get("http://inside.test/feed?token=x").error().detail,
              "inside.test: leads to 10.0.0.7, which is a private address");
    EXPECT_EQ(world.get("http://10.0.0.7/").error().detail, "10.0.0.7: is a private address");
    EXPECT_EQ(world.get("http://far.test:22/").error().detail,
              "far.test: leads to 93.184.216.34, which may not be asked on port 22");
    EXPECT_EQ(world.get("http://unknown.test/").error().code, HttpErrc::resolve_failed);
    EXPECT_TRUE(world.dialer.connected.empty());
}

TEST(Client, ConnectsToAddressesThatPassedTheGuardOnly) {
    World world;
    Mirror mirror(world);
    world.dialer.detour = tcp::endpoint(asio::ip::make_address("127.0.0.1"), mirror.server.port());
    Addresses mixed;
    for (const auto* text : {"10.0.0.1", "fd00::1", "93.184.216.34", "192.168.0.1"})
        mixed.push_back(asio::ip::make_address(text));
    world.resolver.set("mixed.test", {mixed});
    ASSERT_TRUE(world.get("http://mixed.test/"));
    ASSERT_EQ(world.dialer.connected.size(), 1u);
    EXPECT_EQ(world.dialer.connected[0].address().to_string(), "93.184.216.34");
    EXPECT_EQ(world.dialer.connected[0].port(), 80);
}

TEST(Client, IsNotFooledByANameThatChangesItsAddress) {
    World world;
    RawServer server(world.context,
                     answering_once("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"));
    world.dialer.detour = tcp::endpoint(asio::ip::make_address("127.0.0.1"), server.port());
    const Addresses outside = {asio::ip::make_address("93.184.216.34")};
    const Addresses inside = {asio::ip::make_address("10.0.0.1")};
    std::vector<Addresses> answers;
    for (int i = 0; i < 200; ++i) answers.push_back(i % 2 == 0 ? outside : inside);
    world.resolver.set("rebinding.test", answers);
    for (int i = 0; i < 200; ++i) EXPECT_EQ(world.get("http://rebinding.test/").has_value(), i % 2 == 0);
    EXPECT_EQ(world.resolver.asked, 200);
    EXPECT_EQ(world.dialer.connected.size(), 100u);
    for (const auto& endpoint : world.dialer.connected) EXPECT_EQ(endpoint.address().to_string(), "93.184.216.34");
}

TEST(Client, TriesTheNextAddressAndGivesUpAfterAFew) {
    World world;
    Mirror mirror(world);
    Addresses addresses;
    for (const auto* text : {"127.0.0.9", "127.0.0.1"}) addresses.push_back(asio::ip::make_address(text));
    world.resolver.set("two.test", {addresses});
    EXPECT_TRUE(world.get(mirror.server.url("/", "two.test")));
    EXPECT_EQ(world.dialer.connected.size(), 2u);

    Addresses thousand(1000, asio::ip::make_address("127.0.0.9"));
    world.resolver.set("many.test", {thousand});
    const auto result = world.get(mirror.server.url("/", "many.test"));
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, HttpErrc::connect_failed);
    EXPECT_EQ(result.error().handed_over, HandedOver::nothing);
    EXPECT_EQ(result.error().detail,
              fmt::format("many.test: could not connect to port {}: Connection refused", mirror.server.port()));
    EXPECT_EQ(world.dialer.connected.size(), 6u);
}

TEST(Client, ReusesAConnection) {
    World world;
    Mirror mirror(world);
    for (int i = 0; i < 5; ++i) EXPECT_TRUE(world.get(mirror.server.url()));
    EXPECT_EQ(mirror.server.connections(), 1);
    EXPECT_EQ(world.client.figures().connections_opened, 1u);
    EXPECT_EQ(world.client.figures().connections_reused, 4u);
    EXPECT_EQ(world.client.figures().idle_connections, 1u);
}

TEST(Client, KeepsNoConnectionThatIsNotInOrder) {
    World world;
    for (const auto* answer : {"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nhi",
                               "HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nhi",
                               "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi and more"}) {
        RawServer server(world.context, answering(answer));
        EXPECT_EQ(world.get(server.url())->body, "hi");
        EXPECT_EQ(world.client.figures().idle_connections, 0u) << answer;
    }
}

TEST(Client, ClosesIdleConnectionsAfterAWhileAndKeepsFew) {
    ManualClock clock;
    ClientOptions options;
    options.pool.idle = 2;
    World world(options, &clock);
    Mirror one(world);
    Mirror two(world);
    Mirror three(world);
    for (auto* mirror : {&one, &two, &three}) EXPECT_TRUE(world.get(mirror->server.url()));
    EXPECT_EQ(world.client.figures().idle_connections, 2u);
    EXPECT_TRUE(world.get(three.server.url()));
    EXPECT_EQ(three.server.connections(), 1);
    clock.advance(Millis{31'000});
    EXPECT_TRUE(world.get(three.server.url()));
    EXPECT_EQ(three.server.connections(), 2);
}

// The first connection answers once and is closed when the next request arrives, which looks as if it had been closed
// just before.
RawServer::Script closing_on_second_request(std::vector<std::string>& heads, bool by_reset) {
    return [&heads, by_reset](tcp::socket& socket, int nth) -> asio::awaitable<void> {
        heads.push_back(co_await read_head(socket));
        co_await say(socket, ok("first"));
        const std::string second = co_await read_head(socket);
        if (second.empty()) co_return;
        heads.push_back(second);
        if (nth == 1 && by_reset) reset(socket);
        if (nth == 1) co_return;
        co_await say(socket, ok("second"));
    };
}

TEST(Client, AsksAgainOnceWhenAKeptConnectionTurnsOutDead) {
    for (const bool by_reset : {false, true}) {
        for (const auto* method : {"GET", "HEAD"}) {
            World world;
            std::vector<std::string> heads;
            RawServer server(world.context, closing_on_second_request(heads, by_reset));
            ASSERT_TRUE(world.get(server.url("/1")));
            auto request = get_request(server.url("/2"));
            request.method = method;
            const auto result = world.send(request);
            ASSERT_TRUE(result) << describe(result);
            EXPECT_EQ(server.connections(), 2);
            EXPECT_EQ(heads.size(), 3u);
        }
    }
}

TEST(Client, NeverSendsAPostAgainThatWasHandedOver) {
    for (const bool by_reset : {false, true}) {
        World world;
        std::vector<std::string> heads;
        RawServer server(world.context, closing_on_second_request(heads, by_reset));
        ASSERT_TRUE(world.get(server.url("/1")));
        const auto result = world.send(post_request(server.url("/2"), ""));
        ASSERT_FALSE(result);
        EXPECT_EQ(result.error().code, HttpErrc::connection_lost) << describe(result);
        EXPECT_EQ(result.error().handed_over, HandedOver::maybe_executed);
        EXPECT_EQ(result.error().bytes_handed_over, heads.at(1).size());
        EXPECT_EQ(server.connections(), 1);
    }
}

TEST(Client, DoesNotAskAgainOnAFreshConnectionOrAfterTheAnswerBegan) {
    World world;
    RawServer silent(world.context,
                     [](tcp::socket& socket, int) -> asio::awaitable<void> { co_await read_head(socket); });
    const auto closed = world.get(silent.url());
    ASSERT_FALSE(closed);
    EXPECT_EQ(closed.error().detail, "127.0.0.1: the connection was closed without an answer");
    EXPECT_EQ(silent.connections(), 1);

    RawServer half(world.context, [](tcp::socket& socket, int) -> asio::awaitable<void> {
        co_await read_head(socket);
        co_await say(socket, ok("first"));
        co_await read_head(socket);
        co_await say(socket, "HTTP/1.1 200 OK\r\nContent-Le");
    });
    ASSERT_TRUE(world.get(half.url()));
    const auto cut = world.get(half.url());
    ASSERT_FALSE(cut);
    EXPECT_EQ(cut.error().code, HttpErrc::connection_lost);
    EXPECT_EQ(half.connections(), 1);
}

TEST(Client, NoticesThatAKeptConnectionWasClosedBeforeItIsUsed) {
    World world;
    RawServer server(world.context, answering_once(ok("hi")));  // closes although it did not say so
    for (int i = 0; i < 3; ++i) {
        const auto result = world.send(post_request(server.url(), ""));
        EXPECT_TRUE(result) << describe(result);
        // Lets the server's close arrive.
        while (world.context.poll_one() != 0) {
        }
    }
}

// Sends at once and waits for all; answers in order of the requests.
std::vector<HttpResult> send_all(World& world, std::vector<HttpRequest> requests) {
    std::vector<HttpResult> results(requests.size());
    std::size_t left = requests.size();
    world.context.restart();
    for (std::size_t i = 0; i < requests.size(); ++i) {
        auto done = [&, i](std::exception_ptr failure, HttpResult result) {
            if (failure) std::rethrow_exception(failure);
            results[i] = std::move(result);
            if (--left == 0) world.context.stop();
        };
        asio::co_spawn(world.context, world.client.send(std::move(requests[i])), done);
    }
    world.context.run_for(std::chrono::seconds{60});
    EXPECT_EQ(left, 0u);
    return results;
}

TEST(Client, HasAtMostTwoRequestsUnderWayAtAHost) {
    World world;
    int now = 0;
    int most = 0;
    std::vector<std::string> order;
    RawServer server(world.context, [&](tcp::socket& socket, int) -> asio::awaitable<void> {
        for (;;) {
            const std::string head = co_await read_head(socket);
            if (head.empty()) co_return;
            order.push_back(head.substr(0, head.find(" HTTP")));
            most = std::max(most, ++now);
            for (int i = 0; i < 20; ++i) co_await asio::post(world.context, asio::use_awaitable);
            --now;
            co_await say(socket, ok("hi"));
        }
    });
    std::vector<HttpRequest> requests;
    for (int i = 0; i < 10; ++i) requests.push_back(get_request(server.url(fmt::format("/{}", i))));
    for (const auto& result : send_all(world, requests)) EXPECT_TRUE(result) << describe(result);
    EXPECT_EQ(most, 2);
    EXPECT_EQ(server.connections(), 2);
    ASSERT_EQ(order.size(), 10u);
    EXPECT_EQ(order.back(), "GET /9");
}

TEST(Client, WaitingForATurnEndsAtTheDeadlineWithNothingSent) {
    ManualClock clock;
    World world({}, &clock);
    int asked = 0;
    RawServer server(world.context, [&](tcp::socket& socket, int) -> asio::awaitable<void> {
        co_await read_head(socket);
        if (++asked == 2) clock.advance(Millis{5'000});
        co_await until_closed(socket);
    });
    std::vector<HttpRequest> requests(3, post_request(server.url(), "x"));
    requests[0].deadline = requests[1].deadline = Millis{10'000};
    requests[2].deadline = Millis{5'000};
    std::vector<HttpResult> results(3);
    int left = 3;
    for (std::size_t i = 0; i < 3; ++i) {
        auto done = [&, i](std::exception_ptr, HttpResult result) {
            results[i] = std::move(result);
            if (i == 2) clock.advance(Millis{5'000});
            if (--left == 0) world.context.stop();
        };
        asio::co_spawn(world.context, world.client.send(requests[i]), done);
    }
    world.context.run_for(std::chrono::seconds{60});
    ASSERT_EQ(left, 0);
    EXPECT_EQ(results[2].error().detail,
              "127.0.0.1: took longer than 5 s (waiting for other requests to the same host)");
    EXPECT_EQ(results[2].error().handed_over, HandedOver::nothing);
    EXPECT_EQ(results[0].error().handed_over, HandedOver::maybe_executed);
}

TEST(Client, CancellationUnwindsAtEveryStage) {
    enum class Where { lookup, connecting, answer, body, turn };
    for (const auto where : {Where::lookup, Where::connecting, Where::answer, Where::body, Where::turn}) {
        World world;
        asio::cancellation_signal cancel;
        int reached = 0;
        int asked = 0;
        const auto strike = [&] {
            ++reached;
            asio::post(world.context, [&] { cancel.emit(asio::cancellation_type::terminal); });
        };
        RawServer server(world.context, [&](tcp::socket& socket, int) -> asio::awaitable<void> {
            co_await read_head(socket);
            if (where == Where::body) co_await say(socket, "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf");
            if (where != Where::turn || ++asked == 2) strike();
            co_await until_closed(socket);
        });
        std::string url = server.url();
        if (where == Where::lookup) {
            world.resolver.hang(strike);
            url = "http://slow.test/";
        }
        if (where == Where::connecting) world.dialer.blackhole = strike;
        if (where == Where::turn) {  // two others hold the turns
            for (int i = 0; i < 2; ++i) {
                asio::co_spawn(world.context, world.client.send(get_request(url)),
                               [](std::exception_ptr, HttpResult) {});
            }
        }
        bool aborted = false;
        auto done = [&](std::exception_ptr failure, HttpResult) {
            try {
                if (failure) std::rethrow_exception(failure);
            } catch (const boost::system::system_error& error) {
                aborted = error.code() == asio::error::operation_aborted;
            }
            world.context.stop();
        };
        asio::co_spawn(world.context, world.client.send(get_request(url)),
                       asio::bind_cancellation_slot(cancel.slot(), done));
        world.context.run_for(std::chrono::seconds{60});
        EXPECT_TRUE(aborted) << static_cast<int>(where);
        EXPECT_EQ(reached, 1) << static_cast<int>(where);
        if (where == Where::turn) continue;
        // Nothing is left behind that would hold up the next request.
        world.resolver.hang(nullptr);
        world.dialer.blackhole = nullptr;
        RawServer other(world.context, answering(ok("fine")));
        world.resolver.set("slow.test", "127.0.0.1");
        const auto next = world.get(where == Where::lookup ? other.url("/", "slow.test") : other.url());
        EXPECT_TRUE(next) << describe(next);
    }
}

TEST(Client, RefusesACertificateFileItCannotRead) {
    asio::io_context context;
    RealClock clock;
    FakeResolver resolver;
    ClientOptions options;
    options.extra_ca_file = "/nonexistent/ca.pem";
    EXPECT_THROW(Client(context.get_executor(), clock, resolver, options), std::runtime_error);
}

}  // namespace
}  // namespace podbrief::net::testing
