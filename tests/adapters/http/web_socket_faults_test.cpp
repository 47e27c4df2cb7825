// WebSockets with others than ourselves: who must not be asked, who answers wrongly, late or not at all.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <openssl/evp.h>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/error.hpp>
#include <boost/system/system_error.hpp>

#include "tests/adapters/http/socket_world.hpp"
#include "tests/support/manual_clock.hpp"

namespace podbrief::net::testing {
namespace {

using podbrief::testing::ManualClock;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

std::string ws_url(const RawServer& server, const std::string& target = "/") {
    return fmt::format("ws://127.0.0.1:{}{}", server.port(), target);
}

WebSocketClient::Opened open(World& world, const std::string& url) {
    WebSocketRequest request;
    request.url = url;
    return run(world.context, world.client.open(request));
}

// RFC 6455, 4.2.2: proves that the key of this request was read.
std::string proof_for(const std::string& head) {
    const std::string name = "Sec-WebSocket-Key: ";
    const auto start = head.find(name) + name.size();
    const std::string key =
        head.substr(start, head.find("\r\n", start) - start) + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned size = 0;
    EVP_Digest(key.data(), key.size(), digest, &size, EVP_sha1(), nullptr);
    std::string out(64, '\0');
    out.resize(static_cast<std::size_t>(
        EVP_EncodeBlock(reinterpret_cast<unsigned char*>(out.data()), digest, static_cast<int>(size))));
    return out;
}

std::string switching(const std::string& head) {
    return "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: " +
           proof_for(head) + "\r\n\r\n";
}

// Opens the socket, says these bytes in the same breath, and then what `rest` does.
RawServer::Script saying(std::string bytes, RawServer::Script rest = nullptr) {
    return [bytes, rest](tcp::socket& socket, int nth) -> asio::awaitable<void> {
        const std::string head = co_await read_head(socket);
        const std::string words = switching(head) + bytes;
        co_await say(socket, words);
        if (rest) {
            co_await rest(socket, nth);
        } else {
            co_await until_closed(socket);
        }
    };
}

// One frame from a server; at most 125 bytes.
std::string frame(int first_byte, const std::string& payload) {
    return std::string{static_cast<char>(first_byte), static_cast<char>(payload.size())} + payload;
}

// A short frame from a client, unmasked.
asio::awaitable<std::string> read_frame(tcp::socket& socket) {
    const std::string head = co_await read_exactly(socket, 6);
    if (head.size() < 6) co_return "nothing";
    std::string payload = co_await read_exactly(socket, static_cast<std::size_t>(head[1] & 0x7F));
    for (std::size_t i = 0; i < payload.size(); ++i) payload[i] = static_cast<char>(payload[i] ^ head[2 + i % 4]);
    co_return head.substr(0, 1) + payload;
}

TEST(WebSocketFaults, PrivateAddressesAndOtherPortsAreNotAsked) {
    asio::io_context context;
    RealClock clock;
    FakeResolver resolver;
    resolver.set("inside.test", "10.1.2.3");
    resolver.set("outside.test", "93.184.216.34");
    NotingDialer dialer(context.get_executor());
    Client client(context.get_executor(), clock, resolver, {}, &dialer);
    const struct {
        const char* url;
        const char* problem;
    } cases[] = {
        {"ws://127.0.0.1/?t=secret", "127.0.0.1: is "},
        {"wss://[::1]/?t=secret", "::1: is "},
        {"wss://169.254.169.254/?t=secret", "169.254.169.254: is "},
        {"wss://inside.test/?t=secret", "inside.test: leads to 10.1.2.3, which is a private address"},
        {"wss://outside.test:6379/?t=secret", "outside.test: leads to 93.184.216.34, which "},
        {"wss://0x7f000001/?t=secret", "0x7f000001: write an IP address as four decimal numbers"},
        {"https://outside.test/?t=secret", "the URL does not start with ws:// or wss://"},
        {"wss:outside.test/?t=secret", "the URL does not start with ws:// or wss://"},
        {"wss://me:secret@outside.test/", "the URL has a user name or password in it"},
        {"wss://outside.test/\r\nX: secret", "the URL has a control character in it"},
    };
    for (const auto& c : cases) {
        WebSocketRequest request;
        request.url = c.url;
        const auto opened = run(context, client.open(request));
        EXPECT_FALSE(opened.socket);
        EXPECT_EQ(opened.status, 0);
        EXPECT_THAT(opened.problem, StartsWith(c.problem)) << c.url;
        EXPECT_THAT(opened.problem, Not(HasSubstr("secret")));
    }
    WebSocketRequest split;
    split.url = "wss://outside.test/";
    split.headers = {{"X-Secret", "a\r\nX: secret"}};
    EXPECT_THAT(run(context, client.open(split)).problem, StartsWith("outside.test: not sent, "));
    EXPECT_TRUE(dialer.connected.empty());
}

TEST(WebSocketFaults, AServerThatDoesNotProveItsNameIsToldNothing) {
    SocketWorld world(Wire::tls, echo_all);
    world.world.resolver.set("other.test", "127.0.0.1");
    EXPECT_EQ(open(world.world, world.url("/open", "other.test")).problem,
              "other.test: its certificate is not accepted: hostname mismatch");
    Client stranger(world.world.context.get_executor(), world.world.real_clock, world.world.resolver,
                    World::loopback_allowed({}), &world.world.dialer);
    WebSocketRequest request;
    request.url = world.url();
    EXPECT_THAT(run(world.world.context, stranger.open(request)).problem,
                StartsWith("sockets.test: its certificate is not accepted: "));
    const auto plain = open(world.world, fmt::format("ws://sockets.test:{}/open", world.server->port()));
    EXPECT_FALSE(plain.socket);
    EXPECT_TRUE(world.asked.empty());
    EXPECT_TRUE(world.open());
}

TEST(WebSocketFaults, AnAnswerThatOpensNothingIsAProblemInWords) {
    const struct {
        const char* answer;
        int status;
        const char* problem;
    } cases[] = {
        {"HTTP/1.1 403 Forbidden\r\nContent-Length: 6\r\n\r\nsecret", 403,
         "answered 403 instead of opening a WebSocket"},
        {"HTTP/1.1 302 Found\r\nLocation: ws://127.0.0.1/secret\r\nContent-Length: 0\r\n\r\n", 302,
         "answered 302 instead of opening a WebSocket"},
        {"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", 200, "answered 200 instead of opening a WebSocket"},
        {"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
         "Sec-WebSocket-Accept: c2VjcmV0\r\n\r\n",
         101, "opened a WebSocket in a wrong way ("},
        {"HTTP/1.1 101 Switching Protocols\r\n\r\n", 101, "opened a WebSocket in a wrong way ("},
        {"SSH-2.0-OpenSSH_9.2\r\n", 0, "what it answered cannot be understood ("},
        {"HTTP/1.1 200 OK\r\nContent-Le", 0, "what it answered cannot be understood ("},
        {"", 0, "the connection was lost before the answer was whole ("},
    };
    for (const auto& c : cases) {
        World world;
        RawServer server(world.context, answering_once(c.answer));
        const auto opened = open(world, ws_url(server, "/?token=secret"));
        EXPECT_FALSE(opened.socket);
        EXPECT_EQ(opened.status, c.status) << c.answer;
        EXPECT_THAT(opened.problem, StartsWith(std::string("127.0.0.1: ") + c.problem)) << c.answer;
        EXPECT_THAT(opened.problem, Not(HasSubstr("secret")));
        EXPECT_EQ(server.connections(), 1) << "redirects are not followed";
    }
}

TEST(WebSocketFaults, OpeningHasADeadlineWhereverItHangs) {
    ManualClock clock;
    World world({}, &clock);
    world.resolver.set("sockets.test", "127.0.0.1");
    RawServer silent(world.context, [](tcp::socket& socket, int) { return until_closed(socket); });
    RawServer slow(world.context, [](tcp::socket& socket, int) -> asio::awaitable<void> {
        co_await say(socket, "HTTP/1.1 101 Switching");
        co_await until_closed(socket);
    });
    const auto problem = [&](const std::string& url) {
        WebSocketRequest request;
        request.url = url;
        request.deadline = Millis{3'000};
        std::string out;
        auto keep = [&](std::exception_ptr, WebSocketClient::Opened opened) { out = opened.problem; };
        asio::co_spawn(world.context, world.client.open(request), keep);
        while (out.empty()) {
            world.context.restart();
            world.context.poll();
            if (out.empty() && silent.connections() + slow.connections() > 0) clock.advance(Millis{1'000});
        }
        return out;
    };
    EXPECT_EQ(problem(ws_url(silent)), "127.0.0.1: took longer than 3 s (waiting for the answer)");
    EXPECT_EQ(problem(ws_url(slow)), "127.0.0.1: took longer than 3 s (waiting for the answer)");
    EXPECT_EQ(problem(fmt::format("wss://sockets.test:{}/", silent.port())),
              "sockets.test: took longer than 3 s (connecting)");
}

TEST(WebSocketFaults, OpeningIsCancelledAtOnce) {
    World world;
    RawServer silent(world.context, [](tcp::socket& socket, int) { return until_closed(socket); });
    WebSocketRequest request;
    request.url = ws_url(silent);
    asio::cancellation_signal stop;
    std::exception_ptr failure;
    bool ended = false;
    auto keep = [&](std::exception_ptr e, WebSocketClient::Opened) {
        failure = e;
        ended = true;
    };
    asio::co_spawn(world.context, world.client.open(request), asio::bind_cancellation_slot(stop.slot(), keep));
    while (silent.connections() == 0) world.context.run_one();
    stop.emit(asio::cancellation_type::terminal);
    while (!ended) world.context.run_one();
    try {
        std::rethrow_exception(failure);
    } catch (const boost::system::system_error& error) {
        EXPECT_EQ(error.code(), asio::error::operation_aborted);
    }
}

TEST(WebSocketFaults, FramesAreReadHoweverTheyCome) {
    World world;
    std::string pong;
    RawServer server(world.context,
                     saying(frame(0x81, "first") + frame(0x82, std::string("\0\xFF", 2)) + frame(0x01, "in ") +
                                frame(0x89, "still there?") + frame(0x00, "") + frame(0x00, "three ") +
                                frame(0x8A, "unasked") + frame(0x80, "parts") + frame(0x81, ""),
                            [&](tcp::socket& socket, int) -> asio::awaitable<void> {
                                pong = co_await read_frame(socket);
                                for (const char byte : frame(0x81, "byte by byte") + frame(0x88, "")) {
                                    co_await say(socket, std::string(1, byte));
                                }
                                co_await until_closed(socket);
                            }));
    const auto opened = open(world, ws_url(server));
    ASSERT_TRUE(opened.socket) << opened.problem;
    std::vector<std::string> got;
    while (got.empty() || !got.back().starts_with("closed")) {
        got.push_back(describe(run(world.context, opened.socket->receive())));
    }
    EXPECT_EQ(got, (std::vector<std::string>{"text: first", std::string("text: \0\xFF", 8), "text: in three parts",
                                             "text: ", "text: byte by byte", "closed: 1005 "}));
    EXPECT_EQ(pong, "\x8Astill there?");
}

TEST(WebSocketFaults, WhatBreaksTheProtocolIsClosedWithItsCode) {
    const struct {
        const char* name;
        std::string bytes;
        std::string code;
    } cases[] = {
        {"masked", std::string("\x81\x81\0\0\0\0x", 7), "1002"},
        {"an unknown kind", frame(0x83, "x"), "1002"},
        {"reserved bits", frame(0xC1, "x"), "1002"},
        {"a ping in parts", frame(0x09, "x"), "1002"},
        {"a goodbye of one byte", frame(0x88, "x"), "1002"},
        {"a code that may not be said", frame(0x88, "\x03\xED"), "1002"},
        {"a part of nothing", frame(0x80, "x"), "1002"},
        {"no UTF-8", frame(0x81, "\xC3\x28"), "1007"},
        {"a length that is too long", std::string("\x82\x7F\x7F\xFF\xFF\xFF\xFF\xFF\xFF\xFF", 10), "1009"},
        {"not frames at all", "HTTP/1.1 200 OK\r\n\r\n", "1002"},
    };
    for (const auto& c : cases) {
        World world;
        std::string heard;
        bool over = false;
        RawServer server(world.context, saying(c.bytes, [&](tcp::socket& socket, int) -> asio::awaitable<void> {
                             heard = co_await read_frame(socket);
                             over = true;
                         }));
        const auto opened = open(world, ws_url(server));
        ASSERT_TRUE(opened.socket) << c.name << opened.problem;
        EXPECT_THAT(describe(run(world.context, opened.socket->receive())), StartsWith("closed: " + c.code)) << c.name;
        while (!over) {
            world.context.restart();
            world.context.run_one();
        }
        ASSERT_EQ(heard.size(), 3u) << c.name;
        const int said = static_cast<unsigned char>(heard[1]) * 256 + static_cast<unsigned char>(heard[2]);
        EXPECT_EQ(heard[0], '\x88') << c.name;
        EXPECT_EQ(std::to_string(said), c.code) << c.name;
    }
}

TEST(WebSocketFaults, ALostConnectionIsNoGoodbye) {
    World world;
    RawServer resets(world.context, saying("", [](tcp::socket& socket, int) -> asio::awaitable<void> {
                         reset(socket);
                         co_return;
                     }));
    RawServer stops(world.context,
                    saying(frame(0x01, "half a mess"), [](tcp::socket&, int) -> asio::awaitable<void> { co_return; }));
    for (const auto* server : {&resets, &stops}) {
        const auto opened = open(world, ws_url(*server));
        ASSERT_TRUE(opened.socket) << opened.problem;
        EXPECT_EQ(describe(run(world.context, opened.socket->receive())), "closed: 1006 ");
    }
}

TEST(WebSocketFaults, AGoodbyeIsWaitedForAmongMessagesThatKeepComing) {
    World world;
    RawServer server(world.context, saying("", [](tcp::socket& socket, int) -> asio::awaitable<void> {
                         co_await read_frame(socket);
                         std::string news;
                         for (int i = 0; i < 10'000; ++i) news += frame(0x81, "news");
                         co_await say(socket, news + frame(0x89, "ping") + frame(0x88, "\x03\xE8late"));
                     }));
    const auto opened = open(world, ws_url(server));
    ASSERT_TRUE(opened.socket) << opened.problem;
    run(world.context, opened.socket->close(1000, ""));
    EXPECT_EQ(describe(run(world.context, opened.socket->receive())), "closed: 1000 late");
}

}  // namespace
}  // namespace podbrief::net::testing
