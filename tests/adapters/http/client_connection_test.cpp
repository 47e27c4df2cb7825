// Which connections the client keeps, when it asks again, how it waits its turn, and how it is stopped.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/post.hpp>
#include <boost/system/system_error.hpp>

#include "tests/adapters/http/world.hpp"
#include "tests/support/manual_clock.hpp"

namespace podbrief::net::testing {
namespace {

using podbrief::testing::ManualClock;

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
        asio::cancellation_signal cancel_others[2];
        int others = 0;
        if (where == Where::turn) {  // two others hold the turns
            for (auto& signal : cancel_others) {
                ++others;
                auto ended = [&](std::exception_ptr, HttpResult) { --others; };
                asio::co_spawn(world.context, world.client.send(get_request(url)),
                               asio::bind_cancellation_slot(signal.slot(), ended));
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
        for (auto& signal : cancel_others) signal.emit(asio::cancellation_type::terminal);
        world.context.restart();
        while (others > 0) world.context.run_one();
        // Nothing is left behind that would hold up the next request.
        world.resolver.hang(nullptr);
        world.dialer.blackhole = nullptr;
        RawServer other(world.context, answering(ok("fine")));
        world.resolver.set("slow.test", "127.0.0.1");
        const auto next = world.get(where == Where::lookup ? other.url("/", "slow.test") : other.url());
        EXPECT_TRUE(next) << describe(next);
    }
}

}  // namespace
}  // namespace podbrief::net::testing
