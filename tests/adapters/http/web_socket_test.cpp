// The contract of WebSocket and WebSocketClient, of our client and our server with each other, plain and over TLS.
#include "core/ports/web_socket.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/system/system_error.hpp>

#include "core/async/parallel.hpp"
#include "tests/adapters/http/bytes.hpp"
#include "tests/adapters/http/socket_world.hpp"
#include "tests/support/manual_clock.hpp"

namespace podbrief::net::testing {
namespace {

using namespace asio::experimental::awaitable_operators;
using podbrief::testing::ManualClock;
using ::testing::HasSubstr;
using ::testing::Not;

class WebSockets : public ::testing::TestWithParam<Wire> {};
INSTANTIATE_TEST_SUITE_P(, WebSockets, ::testing::Values(Wire::plain, Wire::tls),
                         [](const auto& wire) { return std::string(wire.param == Wire::tls ? "Tls" : "Plain"); });

// A receive() under way, as a loop of the product would have it.
struct Waiting {
    Waiting(SocketWorld& world, WebSocket& socket) {
        auto keep = [this](std::exception_ptr e, WebSocket::Received r) {
            failure = e;
            received = std::move(r);
            ended = true;
        };
        asio::co_spawn(world.world.context, socket.receive(), asio::bind_cancellation_slot(stop.slot(), keep));
    }
    asio::cancellation_signal stop;
    WebSocket::Received received;
    std::exception_ptr failure;
    bool ended = false;
};

bool is_abort(std::exception_ptr failure) {
    try {
        if (failure) std::rethrow_exception(failure);
    } catch (const boost::system::system_error& error) {
        return error.code() == asio::error::operation_aborted;
    }
    return false;
}

TEST_P(WebSockets, CarryMessagesOfEverySizeUnchanged) {
    SocketWorld world(GetParam(), echo_all);
    const auto socket = world.open();
    for (const std::size_t size : {0, 1, 125, 126, 127, 1'535, 16'384, 65'535, 65'536, 1'000'000}) {
        const std::string text = sample_text(size);
        ASSERT_TRUE(run(world.world.context, socket->send(text))) << size;
        const auto received = run(world.world.context, socket->receive());
        ASSERT_TRUE(received.text) << size << describe(received).substr(0, 100);
        EXPECT_EQ(received.text->size(), size);
        EXPECT_TRUE(*received.text == text) << size;
    }
}

TEST_P(WebSockets, BringTheRequestWithItsHeadersAndItsQuery) {
    SocketWorld world(GetParam(), echo_all);
    WebSocketRequest request;
    request.url = world.url("/open?ticket=a%20b");
    request.headers = {{"Authorization", "Bearer x"}, {"Sec-WebSocket-Key", "mine"}, {"Connection", "close"}};
    const auto opened = world.open(request);
    ASSERT_TRUE(opened.socket) << opened.problem;
    EXPECT_EQ(opened.status, 101);
    EXPECT_EQ(opened.problem, "");
    world.until([&] { return world.asked.size() == 1; });
    EXPECT_EQ(world.asked[0].target, "/open?ticket=a%20b");
    EXPECT_EQ(world.asked[0].remote_address, "127.0.0.1");
    EXPECT_EQ(*find_header(world.asked[0].headers, "Authorization"), "Bearer x");
    EXPECT_EQ(*find_header(world.asked[0].headers, "User-Agent"), "podbrief/0.1");
    EXPECT_EQ(*find_header(world.asked[0].headers, "Host"), fmt::format("sockets.test:{}", world.server->port()));
    EXPECT_NE(*find_header(world.asked[0].headers, "Sec-WebSocket-Key"), "mine");
}

asio::awaitable<void> count_up(WebSocket& socket, int most) {
    for (int i = 0; i < most; ++i) {
        co_await socket.send(fmt::format("{} {}", i, std::string(static_cast<std::size_t>(i), 'x')));
        if (i % 10 == 0) co_await socket.ping();
    }
}

// Returns how many came in order.
asio::awaitable<void> count_along(WebSocket& socket, int most, int& counted) {
    while (counted < most) {
        const auto received = co_await socket.receive();
        if (!received.text || !received.text->starts_with(fmt::format("{} ", counted))) co_return;
        ++counted;
    }
}

TEST_P(WebSockets, CarryAThousandMessagesBothWaysAtOnceInOrderWithPingsBetween) {
    int at_server = 0;
    SocketWorld world(GetParam(), [&](WebSocket& socket, int) -> asio::awaitable<void> {
        co_await (count_up(socket, 1'000) && count_along(socket, 1'000, at_server));
        co_await socket.receive();
    });
    const auto socket = world.open();
    int here = 0;
    auto both = [](WebSocket& s, int& counted) -> asio::awaitable<void> {
        co_await (count_up(s, 1'000) && count_along(s, 1'000, counted));
    };
    run(world.world.context, both(*socket, here));
    world.until([&] { return at_server == 1'000; });
    EXPECT_EQ(here, 1'000);
}

TEST_P(WebSockets, TakeTurnsWhenManySendAtOnce) {
    std::vector<std::string> got;
    SocketWorld world(GetParam(), [&](WebSocket& socket, int) -> asio::awaitable<void> {
        for (;;) {
            auto received = co_await socket.receive();
            if (!received.text) co_return;
            got.push_back(std::move(*received.text));
        }
    });
    const auto socket = world.open();
    std::vector<std::string> texts;
    for (char c = 'a'; c <= 'z'; ++c) texts.emplace_back(50'000, c);
    auto send = [&](const std::string& text) -> asio::awaitable<void> { co_await socket->send(text); };
    run(world.world.context, for_each_parallel(texts, 26, send));
    run(world.world.context, socket->close(1000, ""));
    world.until([&] { return got.size() == 26; });
    EXPECT_EQ(got, texts);
}

TEST_P(WebSockets, RefuseAMessageBeyondTheirLimitAndSayWhy) {
    WebSocket::Received at_server;
    int ended = 0;
    ServerOptions options;
    options.max_socket_message_bytes = 2'000;
    auto script = [&](WebSocket& socket, int nth) -> asio::awaitable<void> {
        if (nth == 1) {
            co_await socket.send(std::string(1'000, 'x'));
            co_await socket.send(std::string(1'001, 'x'));
            at_server = co_await socket.receive();
        } else {
            co_await echo_all(socket, nth);
        }
        ++ended;
    };
    SocketWorld world(GetParam(), script, nullptr, nullptr, options);
    WebSocketRequest request;
    request.url = world.url();
    request.max_message_bytes = 1'000;
    {
        const auto opened = world.open(request);
        ASSERT_TRUE(opened.socket) << opened.problem;
        EXPECT_TRUE(run(world.world.context, opened.socket->receive()).text);
        EXPECT_EQ(describe(run(world.world.context, opened.socket->receive())),
                  "closed: 1009 a message of more than 1000 bytes");
        EXPECT_FALSE(run(world.world.context, opened.socket->send("more")));
        world.until([&] { return ended == 1; });
        EXPECT_EQ(describe(at_server), "closed: 1009 ");
    }
    const auto socket = world.open();
    EXPECT_TRUE(run(world.world.context, socket->send(std::string(2'000, 'y'))));
    EXPECT_TRUE(run(world.world.context, socket->receive()).text);
    EXPECT_TRUE(run(world.world.context, socket->send(std::string(200'000, 'y'))));
    EXPECT_EQ(describe(run(world.world.context, socket->receive())), "closed: 1009 ");
}

TEST_P(WebSockets, AnswerPingsAndKnowWhenTheOtherSideWasHeardOf) {
    ManualClock server_clock;
    ManualClock client_clock;
    WebSocket* at_server = nullptr;
    auto script = [&](WebSocket& socket, int) -> asio::awaitable<void> {
        at_server = &socket;
        co_await socket.receive();
        at_server = nullptr;
    };
    SocketWorld world(GetParam(), script, &server_clock, &client_clock);
    const auto socket = world.open();
    Waiting waiting(world, *socket);
    world.until([&] { return at_server != nullptr; });

    const SteadyTime before = client_clock.steady_now();
    EXPECT_EQ(socket->last_heard(), before);
    client_clock.advance(Millis{5'000});
    EXPECT_EQ(socket->last_heard(), before);
    server_clock.advance(Millis{7'000});
    EXPECT_TRUE(run(world.world.context, socket->ping()));  // heard there as a ping, here as its pong
    world.until([&] { return socket->last_heard() == client_clock.steady_now(); });
    EXPECT_EQ(at_server->last_heard(), server_clock.steady_now());

    server_clock.advance(Millis{1'000});
    client_clock.advance(Millis{1'000});
    EXPECT_TRUE(run(world.world.context, at_server->ping()));
    world.until([&] { return at_server->last_heard() == server_clock.steady_now(); });
    EXPECT_EQ(socket->last_heard(), client_clock.steady_now());
    EXPECT_FALSE(waiting.ended) << "pings are no messages";

    client_clock.advance(Millis{1'000});
    EXPECT_TRUE(run(world.world.context, at_server->send("news")));
    world.until([&] { return waiting.ended; });
    EXPECT_EQ(describe(waiting.received), "text: news");
    EXPECT_EQ(socket->last_heard(), client_clock.steady_now());
}

TEST_P(WebSockets, AreClosedByTheServerWithCodeAndReason) {
    SocketWorld world(GetParam(), [](WebSocket& socket, int nth) -> asio::awaitable<void> {
        if (nth == 1) co_await socket.close(4004, "authentication failed");
        if (nth == 2) co_await socket.close(1005, "a code that may not be said");
        if (nth == 3) co_await socket.close(1000, std::string(122, 'r') + "\xC3\xA4" + std::string(300, 'r'));
    });
    const auto refused = world.open();
    EXPECT_EQ(describe(run(world.world.context, refused->receive())), "closed: 4004 authentication failed");
    EXPECT_EQ(describe(run(world.world.context, refused->receive())), "closed: 4004 authentication failed");
    EXPECT_FALSE(run(world.world.context, refused->send("too late")));
    EXPECT_FALSE(run(world.world.context, refused->ping()));
    run(world.world.context, refused->close(1000, ""));

    const auto wordless = world.open();
    EXPECT_EQ(describe(run(world.world.context, wordless->receive())), "closed: 1005 ");
    const auto wordy = world.open();
    EXPECT_EQ(describe(run(world.world.context, wordy->receive())), "closed: 1000 " + std::string(122, 'r'));
}

asio::awaitable<void> send_one(WebSocket& socket, std::string text) {
    co_await socket.send(std::move(text));
}

TEST_P(WebSockets, AreClosedByTheClientAfterWhatItHasSentAndEndItsReceiving) {
    std::vector<std::string> at_server;
    SocketWorld world(GetParam(), [&](WebSocket& socket, int) -> asio::awaitable<void> {
        for (;;) {
            const auto received = co_await socket.receive();
            at_server.push_back(describe(received));
            if (received.closed) co_return;
        }
    });
    const auto socket = world.open();
    Waiting waiting(world, *socket);
    auto send_and_close = [](WebSocket& s) -> asio::awaitable<void> {
        co_await (send_one(s, "one") && send_one(s, "two") && s.close(4000, "bye") && s.close(4001, "again"));
    };
    run(world.world.context, send_and_close(*socket));
    world.until([&] { return waiting.ended && at_server.size() == 3; });
    EXPECT_EQ(at_server, (std::vector<std::string>{"text: one", "text: two", "closed: 4000 bye"}));
    EXPECT_EQ(describe(waiting.received), "closed: 4000 ") << "the answer to a goodbye repeats its code";
    EXPECT_EQ(describe(run(world.world.context, socket->receive())), "closed: 4000 ");
    EXPECT_FALSE(run(world.world.context, socket->send("too late")));
    world.until([&] { return world.server->connections() == 0; });
}

TEST_P(WebSockets, CloseCrossingEachOther) {
    std::string at_server;
    SocketWorld world(GetParam(), [&](WebSocket& socket, int) -> asio::awaitable<void> {
        co_await (socket.close(4001, "server") && echo_all(socket, 1));
        at_server = describe(co_await socket.receive());
    });
    const auto socket = world.open();
    Waiting waiting(world, *socket);
    run(world.world.context, socket->close(4002, "client"));
    world.until([&] { return waiting.ended && !at_server.empty(); });
    EXPECT_EQ(describe(waiting.received), "closed: 4001 server");
    EXPECT_THAT(at_server, ::testing::AnyOf("closed: 4002 client", "closed: 4001 "));
}

TEST_P(WebSockets, WaitForAGoodbyeForASetTimeOnly) {
    ManualClock clock;
    SocketWorld world(GetParam(), say_nothing, nullptr, &clock);
    const auto socket = world.open();
    Waiting waiting(world, *socket);
    bool closed = false;
    asio::co_spawn(world.world.context, socket->close(1000, "bye"), [&](std::exception_ptr) { closed = true; });
    world.until([&] { return clock.sleepers() == 1; });
    EXPECT_FALSE(closed);
    EXPECT_LE(*clock.next_due() - clock.steady_now(), Millis{5'000});
    clock.advance_to_next();
    world.until([&] { return closed && waiting.ended; });
    EXPECT_EQ(describe(waiting.received), "closed: 1006 ");
    EXPECT_EQ(describe(run(world.world.context, socket->receive())), "closed: 1006 ");
}

TEST_P(WebSockets, WaitForASetTimeOnlyUntilTheOtherSideTakesWhatIsSent) {
    ManualClock clock;
    SocketWorld world(GetParam(), say_nothing, nullptr, &clock);
    const auto socket = world.open();
    Waiting waiting(world, *socket);
    std::optional<bool> sent;
    auto keep = [&](std::exception_ptr, bool value) { sent = value; };
    asio::co_spawn(world.world.context, socket->send(std::string(64 << 20, 'x')), keep);
    world.until([&] { return clock.sleepers() == 1; });
    clock.advance_to_next();
    world.until([&] { return sent && waiting.ended; });
    EXPECT_FALSE(*sent);
    EXPECT_EQ(describe(waiting.received), "closed: 1006 ");
    EXPECT_FALSE(run(world.world.context, socket->send("more")));
}

TEST_P(WebSockets, NoticeThatTheConnectionIsCut) {
    SocketWorld world(GetParam(), [](WebSocket& socket, int) -> asio::awaitable<void> {
        co_await socket.send("half of what was to be said");
    });
    const auto socket = world.open();
    EXPECT_EQ(describe(run(world.world.context, socket->receive())), "text: half of what was to be said");
    EXPECT_EQ(describe(run(world.world.context, socket->receive())), "closed: 1006 ");
    EXPECT_FALSE(run(world.world.context, socket->send("hello?")));
    EXPECT_FALSE(run(world.world.context, socket->ping()));
    run(world.world.context, socket->close(1000, ""));
}

TEST_P(WebSockets, EndWithTheServerThatIsStopped) {
    int unwound = 0;
    SocketWorld world(GetParam(), [&](WebSocket& socket, int) -> asio::awaitable<void> {
        struct Counted {
            int& count;
            ~Counted() { ++count; }
        } counted{unwound};
        co_await socket.receive();
    });
    const auto a = world.open();
    const auto b = world.open();
    Waiting waiting(world, *a);
    world.until([&] { return world.sockets == 2; });
    world.stop_server();
    EXPECT_EQ(unwound, 2);
    world.until([&] { return waiting.ended; });
    EXPECT_EQ(describe(waiting.received), "closed: 1006 ");
    EXPECT_EQ(describe(run(world.world.context, b->receive())), "closed: 1006 ");
}

TEST_P(WebSockets, AreOfNoUseAfterACancelledReceive) {
    std::string at_server;
    SocketWorld world(GetParam(), [&](WebSocket& socket, int) -> asio::awaitable<void> {
        at_server = describe(co_await socket.receive());
    });
    const auto socket = world.open();
    Waiting waiting(world, *socket);
    world.until([&] { return world.sockets == 1; });
    waiting.stop.emit(asio::cancellation_type::terminal);
    world.until([&] { return waiting.ended && !at_server.empty(); });
    EXPECT_TRUE(is_abort(waiting.failure));
    EXPECT_EQ(at_server, "closed: 1006 ");
    EXPECT_EQ(describe(run(world.world.context, socket->receive())), "closed: 1006 ");
    EXPECT_FALSE(run(world.world.context, socket->send("hello?")));
    run(world.world.context, socket->close(1000, ""));
}

TEST_P(WebSockets, AreCancelledWhileTheySendAndWhileTheyClose) {
    ManualClock clock;  // no deadline comes to help
    SocketWorld world(GetParam(), say_nothing, nullptr, &clock);
    const auto cancelled = [&](WebSocket& socket, asio::awaitable<void> work) {
        Waiting waiting(world, socket);
        asio::cancellation_signal stop;
        std::exception_ptr failure;
        bool ended = false;
        auto keep = [&](std::exception_ptr e) {
            failure = e;
            ended = true;
        };
        asio::co_spawn(world.world.context, std::move(work), asio::bind_cancellation_slot(stop.slot(), keep));
        world.until([&] { return clock.sleepers() == 1; });
        stop.emit(asio::cancellation_type::terminal);
        world.until([&] { return ended && waiting.ended; });
        return (is_abort(failure) ? "aborted, " : "not aborted, ") + describe(waiting.received);
    };
    auto send_much = [](WebSocket& s) -> asio::awaitable<void> { co_await s.send(std::string(64 << 20, 'x')); };
    const auto sending = world.open();
    EXPECT_EQ(cancelled(*sending, send_much(*sending)), "aborted, closed: 1006 ");
    const auto closing = world.open();
    EXPECT_EQ(cancelled(*closing, closing->close(1000, "")), "aborted, closed: 1006 ");
}

TEST_P(WebSockets, AreRefusedWithTheServersStatusAndNoSecretInTheProblem) {
    SocketWorld world(GetParam(), echo_all);
    WebSocketRequest request;
    request.url = world.url("/elsewhere?token=secret");
    request.headers = {{"Authorization", "Bearer secret"}};
    const auto opened = world.open(request);
    EXPECT_FALSE(opened.socket);
    EXPECT_EQ(opened.status, 401);
    EXPECT_EQ(opened.problem, "sockets.test: answered 401 instead of opening a WebSocket");
    EXPECT_EQ(world.sockets, 0);
}

TEST_P(WebSockets, AreRefusedBeyondTheServersConnections) {
    ServerOptions options;
    options.max_connections = 1;
    SocketWorld world(GetParam(), echo_all, nullptr, nullptr, options);
    const auto first = world.open();
    WebSocketRequest request;
    request.url = world.url();
    const auto second = world.open(request);
    EXPECT_FALSE(second.socket);
    EXPECT_NE(second.problem, "");
    EXPECT_TRUE(run(world.world.context, first->send("still here")));
    EXPECT_EQ(describe(run(world.world.context, first->receive())), "text: still here");
}

}  // namespace
}  // namespace podbrief::net::testing
