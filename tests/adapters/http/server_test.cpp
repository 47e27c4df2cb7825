#include "adapters/http/server.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/system/system_error.hpp>

#include "tests/adapters/http/running_server.hpp"
#include "tests/adapters/http/world.hpp"
#include "tests/support/manual_clock.hpp"

namespace podbrief::net::testing {
namespace {

using podbrief::testing::ManualClock;
using ::testing::HasSubstr;
using ::testing::StartsWith;

asio::awaitable<ServerResponse> echo(ServerRequest request) {
    if (request.path() == "/throw") throw std::runtime_error("a bug");
    if (request.path() == "/split") {
        ServerResponse split = text_response(200, "x");
        split.headers.push_back({"X", "a\r\nSet-Cookie: b"});
        co_return split;
    }
    if (request.path() == "/empty") co_return text_response(204, "left out");
    co_return text_response(
        200, fmt::format("{} {} [{}] {}", request.method, request.path(), request.query(), request.body));
}

// "200 body" of an answer as it came.
std::string summary(const std::string& answer) {
    const auto end = answer.find("\r\n\r\n");
    if (end == std::string::npos) return "nothing";
    return answer.substr(9, 3) + " " + answer.substr(end + 4);
}

TEST(Server, AnswersAndKeepsTheConnection) {
    World world;
    RunningServer server(world.context, world.real_clock, {}, echo);
    for (int i = 0; i < 3; ++i) {
        const auto result = world.get(server.url("/a?b=c"));
        ASSERT_TRUE(result) << describe(result);
        EXPECT_EQ(result->body, "GET /a [b=c] ");
        EXPECT_EQ(*find_header(result->headers, "Content-Type"), "text/plain; charset=utf-8");
        EXPECT_THAT(*find_header(result->headers, "Date"), ::testing::EndsWith(" GMT"));
    }
    const auto posted = world.send(post_request(server.url("/p"), "body"));
    EXPECT_EQ(posted->body, "POST /p [] body");
    EXPECT_EQ(world.client.figures().connections_opened, 1u);
}

TEST(Server, AnswersHeadWithTheLengthOnly) {
    World world;
    RunningServer server(world.context, world.real_clock, {}, echo);
    const std::string answer =
        run(world.context, raw_exchange(server.port(), "HEAD /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"));
    EXPECT_THAT(answer, HasSubstr("Content-Length: 11\r\n"));
    EXPECT_EQ(summary(answer), "200 ");
    EXPECT_EQ(world.get(server.url("/empty"))->status, 204);
}

TEST(Server, AnswersPipelinedRequestsInOrder) {
    World world;
    RunningServer server(world.context, world.real_clock, {}, echo);
    const std::string answer =
        run(world.context, raw_exchange(server.port(),
                                        "GET /1 HTTP/1.1\r\nHost: x\r\n\r\nGET /2 HTTP/1.1\r\nHost: x\r\n\r\n"
                                        "GET /3 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"));
    EXPECT_LT(answer.find("GET /1"), answer.find("GET /2"));
    EXPECT_LT(answer.find("GET /2"), answer.find("GET /3"));
    EXPECT_NE(answer.find("GET /3"), std::string::npos);
}

TEST(Server, RefusesWhatBreaksTheRulesAndNeverHandsItOn) {
    World world;
    int handled = 0;
    RunningServer server(world.context, world.real_clock, {}, [&](ServerRequest) -> asio::awaitable<ServerResponse> {
        ++handled;
        co_return text_response(200, "");
    });
    const struct {
        std::string bytes;
        const char* expected;
    } cases[] = {
        {"nonsense\r\n\r\n", "400 400 Bad Request\n"},
        {"GET / HTTP/1.1\r\n\r\n", "400 400 Bad Request\n"},
        {"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET / "
         "HTTP/1.1\r\n"
         "Host: a\r\n\r\n",
         "400 400 Bad Request\n"},
        {"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1048577\r\n\r\n", "413 413 Payload Too Large\n"},
        {"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n100001\r\n", "413 413 Payload Too Large\n"},
        {"POST / HTTP/1.1\r\nHost: a\r\nContent-Encoding: gzip\r\nContent-Length: 5\r\n\r\nhello",
         "415 415 Unsupported Media Type\n"},
        {"GET / HTTP/1.1\r\nHost: a\r\nX: " + std::string(200'000, 'x') + "\r\n\r\n",
         "431 431 Request Header Fields Too Large\n"},
        {"GET / HTT", "nothing"},  // leaves in the middle
    };
    for (const auto& c : cases) {
        EXPECT_EQ(summary(run(world.context, raw_exchange(server.port(), c.bytes))), c.expected)
            << c.bytes.substr(0, 80);
    }
    EXPECT_EQ(handled, 0);
}

TEST(Server, GetsItsRefusalThroughToAClientThatIsStillSending) {
    World world;
    RunningServer server(world.context, world.real_clock, {}, echo);
    const auto result = world.send(post_request(server.url("/p"), std::string(16 << 20, 'x')));
    ASSERT_TRUE(result) << describe(result);
    EXPECT_EQ(result->status, 413);
    EXPECT_EQ(world.client.figures().idle_connections, 0u);
}

TEST(Server, TurnsABugIntoAnAnswerAndGoesOn) {
    World world;
    RunningServer server(world.context, world.real_clock, {}, echo);
    for (const auto* path : {"/throw", "/split"}) {
        const auto result = world.get(server.url(path));
        ASSERT_TRUE(result);
        EXPECT_EQ(result->status, 500) << path;
        EXPECT_EQ(result->body, "internal error\n");
        EXPECT_EQ(find_header(result->headers, "Set-Cookie"), nullptr);
    }
    EXPECT_EQ(world.get(server.url("/a"))->status, 200);
}

TEST(Server, AsksForABodyThatIsHeldBack) {
    World world;
    RunningServer server(world.context, world.real_clock, {}, echo);
    auto exchange = [](std::uint16_t port) -> asio::awaitable<std::string> {
        tcp::socket socket(co_await asio::this_coro::executor);
        const tcp::endpoint endpoint(asio::ip::make_address("127.0.0.1"), port);
        co_await socket.async_connect(endpoint, asio::use_awaitable);
        co_await say(socket, "POST /p HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n");
        const std::string interim = co_await read_head(socket);
        co_await say(socket, "hi");
        const std::string head = co_await read_head(socket);
        co_return interim + head;
    };
    const std::string answer = run(world.context, exchange(server.port()));
    EXPECT_THAT(answer, StartsWith("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n"));
}

TEST(Server, GivesARequestItsDeadlineAndAnIdleConnectionToo) {
    ManualClock clock;
    World world;
    RunningServer server(world.context, clock, {}, echo);
    const auto after_a_while = [&](std::string bytes) {
        std::string answer;
        bool done = false;
        auto keep = [&](std::exception_ptr, std::string text) {
            answer = std::move(text);
            done = true;
        };
        asio::co_spawn(world.context, raw_exchange(server.port(), std::move(bytes), false), keep);
        auto pass = [&]() -> asio::awaitable<void> {
            while (server.connections() == 0 || clock.sleepers() == 0) {
                co_await asio::post(world.context, asio::use_awaitable);
            }
            // Long enough for the bytes, which loopback delivers at once, to be read.
            for (int i = 0; i < 100; ++i) co_await asio::post(world.context, asio::use_awaitable);
            while (!done) {
                if (server.connections() != 0) clock.advance_to_next();
                for (int i = 0; i < 10; ++i) co_await asio::post(world.context, asio::use_awaitable);
            }
        };
        run(world.context, pass());
        return summary(answer);
    };
    EXPECT_EQ(after_a_while("GET / HTTP/1.1\r\nHo"), "408 408 Request Timeout\n");
    EXPECT_EQ(after_a_while("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nhal"),
              "408 408 Request Timeout\n");
    EXPECT_EQ(after_a_while(""), "nothing");
    EXPECT_EQ(after_a_while("GET /a HTTP/1.1\r\nHost: a\r\n\r\n"), "200 GET /a [] ");
}

TEST(Server, EndsEveryRequestWhenItIsStopped) {
    World world;
    int begun = 0;
    int unwound = 0;
    auto server = std::make_unique<RunningServer>(
        world.context, world.real_clock, ServerOptions{}, [&](ServerRequest) -> asio::awaitable<ServerResponse> {
            ++begun;
            struct Counted {
                int& count;
                ~Counted() { ++count; }
            } counted{unwound};
            asio::steady_timer timer(co_await asio::this_coro::executor, asio::steady_timer::time_point::max());
            co_await timer.async_wait(asio::use_awaitable);
            co_return text_response(200, "never");
        });
    std::vector<HttpResult> results;
    for (int i = 0; i < 2; ++i) {
        asio::co_spawn(world.context, world.client.send(get_request(server->url(fmt::format("/{}", i)))),
                       [&](std::exception_ptr, HttpResult result) { results.push_back(std::move(result)); });
    }
    while (begun < 2) world.context.run_one();
    const auto port = server->port();
    server.reset();  // stops and waits
    EXPECT_EQ(unwound, 2);
    while (results.size() < 2) {
        world.context.restart();
        world.context.run_one();
    }
    for (const auto& result : results) EXPECT_EQ(result.error().code, HttpErrc::connection_lost);
    EXPECT_EQ(world.get(fmt::format("http://127.0.0.1:{}/", port)).error().code, HttpErrc::connect_failed);
}

TEST(Server, SaysWhyItCannotListen) {
    World world;
    RunningServer server(world.context, world.real_clock, {}, echo);
    ServerOptions taken;
    taken.port = server.port();
    const auto message = [&](const ServerOptions& options) -> std::string {
        try {
            Server second(world.context.get_executor(), world.real_clock, options, echo);
        } catch (const std::runtime_error& error) {
            return error.what();
        }
        return "no error";
    };
    EXPECT_EQ(message(taken), fmt::format("cannot listen on 127.0.0.1 port {}: Address already in use", server.port()));
    ServerOptions wrong;
    wrong.address = "localhost";
    EXPECT_EQ(message(wrong), "cannot listen on localhost port 0: this is not an IP address");
}

}  // namespace
}  // namespace podbrief::net::testing
