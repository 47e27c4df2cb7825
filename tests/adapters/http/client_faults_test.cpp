// Servers that break the rules, are slow, or go away: each ends in time, within its limits, and truthfully.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/post.hpp>

#include "tests/adapters/http/bytes.hpp"
#include "tests/adapters/http/world.hpp"
#include "tests/support/manual_clock.hpp"

namespace podbrief::net::testing {
namespace {

using podbrief::testing::ManualClock;

// After the request, repeats `piece` until the client has had enough; tells how much it took.
struct Endless {
    Endless(World& world, std::string head, std::string piece)
        : server(world.context, [this, head, piece](tcp::socket& socket, int) -> asio::awaitable<void> {
              co_await read_head(socket);
              bool taken = co_await say(socket, head);
              while (taken && sent < (256u << 20)) {
                  taken = co_await say(socket, piece);
                  sent += piece.size();
              }
          }) {}
    std::size_t sent = 0;
    RawServer server;
};

TEST(ClientFaults, EndlessAnswersAreCutAtTheirLimits) {
    const std::string ok_head = "HTTP/1.1 200 OK\r\n";
    const std::string chunked_head = ok_head + "Transfer-Encoding: chunked\r\n\r\n";
    const struct {
        const char* name;
        std::string head;
        std::string piece;
        HttpErrc code;
    } cases[] = {
        {"a header of megabytes", ok_head + "X: ", std::string(65536, 'x'), HttpErrc::too_large},
        {"headers without number", ok_head, "X-Header: value\r\n", HttpErrc::too_large},
        {"interim answers", "", "HTTP/1.1 100 Continue\r\n\r\n", HttpErrc::malformed},
        {"chunks", chunked_head, fmt::format("{:x}\r\n{}\r\n", 60'000, std::string(60'000, 'x')), HttpErrc::too_large},
        {"chunk extensions", chunked_head, "1;" + std::string(60'000, 'x') + "\r\ny\r\n", HttpErrc::too_large},
        {"one chunk extension", chunked_head + "1;", std::string(60'000, 'x'), HttpErrc::too_large},
        {"trailers", chunked_head + "0\r\n", "X-Trailer: value\r\n", HttpErrc::too_large},
        {"a body until close", ok_head + "\r\n", std::string(60'000, 'x'), HttpErrc::too_large},
    };
    for (const auto& c : cases) {
        World world;
        Endless endless(world, c.head, c.piece);
        auto request = get_request(endless.server.url());
        request.max_body_bytes = 1 << 20;
        const auto result = world.send(request);
        ASSERT_FALSE(result) << c.name;
        EXPECT_EQ(to_string(result.error().code), to_string(c.code)) << c.name << ": " << describe(result);
        // What was sent beyond the limits is in the sockets' buffers.
        EXPECT_LT(endless.sent, 16u << 20) << c.name;
    }
}

TEST(ClientFaults, BombsAreCutAtTheLimit) {
    World world;
    const std::string bomb = gzip_bomb(1024);
    RawServer gzip_server(world.context, answering_once(ok(bomb, "Content-Encoding: gzip\r\n")));
    auto request = get_request(gzip_server.url());
    request.max_body_bytes = 16 << 20;
    const auto result = world.send(request);
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, HttpErrc::too_large);
    EXPECT_EQ(result.error().detail, "127.0.0.1: the answer is larger than 16777216 bytes");

    RawServer twice(world.context, answering_once(ok(gzip(bomb), "Content-Encoding: gzip, gzip\r\n")));
    EXPECT_EQ(world.get(twice.url()).error().code, HttpErrc::malformed);

    RawServer brotli_server(world.context,
                            answering_once(ok(brotli(std::string(64 << 20, '\0')), "Content-Encoding: br\r\n")));
    EXPECT_EQ(world.get(brotli_server.url()).error().code, HttpErrc::too_large);
}

TEST(ClientFaults, AnAnswerCutAtAnyByteIsAFailure) {
    const std::string text = "<rss>hello, hello, hello</rss>";
    const std::string answers[] = {
        ok(text),
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunked(text, 10),
        ok(gzip(text), "Content-Encoding: gzip\r\n"),
    };
    for (const auto& answer : answers) {
        World world;
        std::size_t length = 0;
        bool by_reset = false;
        RawServer server(world.context, [&](tcp::socket& socket, int) -> asio::awaitable<void> {
            co_await read_head(socket);
            co_await say(socket, answer.substr(0, length));
            if (by_reset) reset(socket);
        });
        for (; length < answer.size(); ++length) {
            by_reset = length % 3 == 2;
            const auto result = world.send(post_request(server.url(), ""));
            ASSERT_FALSE(result) << "cut at " << length;
            EXPECT_EQ(result.error().code, HttpErrc::connection_lost) << length << ": " << describe(result);
            EXPECT_EQ(result.error().handed_over, HandedOver::maybe_executed);
        }
    }
}

TEST(ClientFaults, TheDeadlineIsForTheWholeExchange) {
    enum class Where { lookup, connecting, waiting, dripping, redirects };
    const struct {
        Where where;
        HttpErrc code;
        const char* detail;
        HandedOver handed_over;
    } cases[] = {
        {Where::lookup, HttpErrc::resolve_failed, "slow.test: no answer about this host name within 5 s",
         HandedOver::nothing},
        {Where::connecting, HttpErrc::connect_failed, "could not connect to port 80: no answer within 5 s",
         HandedOver::nothing},
        {Where::waiting, HttpErrc::timed_out, "took longer than 20 s (waiting for the answer)",
         HandedOver::maybe_executed},
        {Where::dripping, HttpErrc::timed_out, "took longer than 20 s (reading the answer)",
         HandedOver::maybe_executed},
        {Where::redirects, HttpErrc::timed_out, "took longer than 20 s (waiting for the answer)",
         HandedOver::maybe_executed},
    };
    for (const auto& c : cases) {
        ManualClock clock;
        World world({}, &clock);
        RawServer server(world.context, [&](tcp::socket& socket, int) -> asio::awaitable<void> {
            co_await read_head(socket);
            if (c.where == Where::waiting) {
                clock.advance(Millis{20'000});
            } else if (c.where == Where::redirects) {  // each hop takes its time
                clock.advance(Millis{6'000});
                co_await say(socket, "HTTP/1.1 302 Go\r\nLocation: /on\r\nConnection: close\r\n\r\n");
                co_return;
            } else {  // a byte a second: every single read is in time
                co_await say(socket, "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n");
                for (bool taken = true; taken;) {
                    taken = co_await say(socket, "x");
                    for (int i = 0; i < 50; ++i) co_await asio::post(world.context, asio::use_awaitable);
                    clock.advance(Millis{1'000});
                }
            }
            co_await until_closed(socket);
        });
        std::string url = server.url();
        if (c.where == Where::lookup) {
            url = "http://slow.test/";
            world.resolver.hang([&] { asio::post(world.context, [&] { clock.advance(Millis{5'000}); }); });
        }
        if (c.where == Where::connecting) {
            url = "http://93.184.216.34/";
            world.dialer.blackhole = [&] { asio::post(world.context, [&] { clock.advance(Millis{5'000}); }); };
        }
        const auto result = world.get(url);
        ASSERT_FALSE(result) << c.detail;
        EXPECT_EQ(to_string(result.error().code), to_string(c.code)) << describe(result);
        EXPECT_THAT(result.error().detail, ::testing::EndsWith(c.detail));
        EXPECT_EQ(result.error().handed_over, c.handed_over) << c.detail;
    }
}

TEST(ClientFaults, TellsHowMuchOfARequestWasHandedOver) {
    World world;
    RawServer server(world.context, [](tcp::socket& socket, int) -> asio::awaitable<void> {
        co_await read_head(socket);
        reset(socket);
    });
    const auto whole = world.send(post_request(server.url(), "0123456789"));
    ASSERT_FALSE(whole);
    EXPECT_EQ(whole.error().handed_over, HandedOver::maybe_executed);
    EXPECT_GT(whole.error().bytes_handed_over, 100u);
    // Too large for the buffers between: cut in the middle.
    const auto part = world.send(post_request(server.url(), std::string(64 << 20, 'x')));
    ASSERT_FALSE(part);
    EXPECT_EQ(part.error().code, HttpErrc::connection_lost);
    EXPECT_EQ(part.error().handed_over, HandedOver::maybe_executed);
    EXPECT_GT(part.error().bytes_handed_over, 0u);
    EXPECT_LT(part.error().bytes_handed_over, 64u << 20);
}

TEST(ClientFaults, FailuresNameTheHostAndNoSecret) {
    World world;
    RawServer server(world.context, answering_once("nonsense\r\n\r\n"));
    world.resolver.set("feeds.test", "127.0.0.1");
    auto request = get_request(server.url("/private/feed?token=secret", "feeds.test"));
    request.headers = {{"Authorization", "Bearer secret"}};
    const auto result = world.send(request);
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().detail, "feeds.test: the answer is not HTTP");
    EXPECT_FALSE(world.get("http://me:secret@feeds.test/"));
    EXPECT_THAT(world.get("http://me:secret@feeds.test/").error().detail,
                ::testing::Not(::testing::HasSubstr("secret")));
}

TEST(ClientFaults, ABrokenServerDoesNotHoldUpAnother) {
    ManualClock clock;  // stands still: nothing is ended by a deadline
    World world({}, &clock);
    RawServer stuck(world.context, [](tcp::socket& socket, int) -> asio::awaitable<void> {
        co_await say(socket, "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhal");
        co_await until_closed(socket);
    });
    RawServer good(world.context, answering(ok("fine")));
    int left = 6;
    for (int i = 0; i < 6; ++i) {
        asio::co_spawn(world.context, world.client.send(get_request(stuck.url())),
                       [&](std::exception_ptr, HttpResult) { --left; });
    }
    for (int i = 0; i < 20; ++i) EXPECT_TRUE(world.get(good.url()));
    EXPECT_EQ(left, 6);
    clock.advance(Millis{20'000});
    world.context.restart();
    while (left > 0) world.context.run_one();
}

}  // namespace
}  // namespace podbrief::net::testing
