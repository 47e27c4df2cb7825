// What the client puts on the wire, and what it makes of an answer, over real loopback sockets.
#include "adapters/http/client.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/adapters/http/bytes.hpp"
#include "tests/adapters/http/world.hpp"

namespace podbrief::net::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::StartsWith;

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

TEST(Client, PassesALargeAnswerOnPieceByPiece) {
    World world;
    const std::string large = sample_text(1'500'000);
    RawServer server(world.context, [&](tcp::socket& socket, int) -> asio::awaitable<void> {
        co_await read_head(socket);
        co_await say(socket, ok(large));
    });
    std::string all;
    std::size_t largest = 0;
    auto request = get_request(server.url());
    request.take_piece = [&](std::string piece) -> asio::awaitable<bool> {
        largest = std::max(largest, piece.size());
        all += piece;
        co_return true;
    };
    const auto result = world.send(request);
    ASSERT_TRUE(result) << describe(result);
    EXPECT_TRUE(all == large);
    EXPECT_LE(largest, 300'000u);
    EXPECT_TRUE(result->body.empty());
}

TEST(Client, LimitsAllPiecesOfAnAnswerTogether) {
    World world;
    RawServer server(world.context, [&](tcp::socket& socket, int) -> asio::awaitable<void> {
        co_await read_head(socket);
        co_await say(socket, "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + sample_text(900'000));
    });
    std::size_t taken = 0;
    auto request = get_request(server.url());
    request.max_body_bytes = 700'000;
    request.take_piece = [&](std::string piece) -> asio::awaitable<bool> {
        taken += piece.size();
        co_return true;
    };
    const auto result = world.send(request);
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, HttpErrc::too_large);
    EXPECT_LE(taken, 700'000u);
}

TEST(Client, StopsReadingWhenNoMoreIsWantedAndPassesOnNoErrorPage) {
    World world;
    RawServer server(world.context, [&](tcp::socket& socket, int nth) -> asio::awaitable<void> {
        co_await read_head(socket);
        const std::string answer =
            nth == 1 ? ok(sample_text(900'000)) : "HTTP/1.1 404 No\r\nContent-Length: 4\r\n\r\ngone";
        co_await say(socket, answer);
    });
    int pieces = 0;
    auto request = get_request(server.url());
    request.take_piece = [&](std::string) -> asio::awaitable<bool> {
        ++pieces;
        co_return false;
    };
    const auto stopped = world.send(request);
    ASSERT_FALSE(stopped);
    EXPECT_EQ(stopped.error().code, HttpErrc::called_off);
    EXPECT_EQ(pieces, 1);
    const auto missing = world.send(request);
    ASSERT_TRUE(missing) << describe(missing);
    EXPECT_EQ(missing->body, "gone");
    EXPECT_EQ(pieces, 1);
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
