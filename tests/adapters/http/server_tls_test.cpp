// The server's own TLS, and what its WebSockets refuse.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <openssl/ssl.h>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>

#include "tests/adapters/http/socket_world.hpp"
#include "tests/support/manual_clock.hpp"

namespace podbrief::net::testing {
namespace {

using podbrief::testing::ManualClock;
using podbrief::testing::write_file;
using ::testing::HasSubstr;
using ::testing::StartsWith;

Certificate for_name(const CertificateAuthority& authority, const std::string& name) {
    CertificateRequest request;
    request.names = {"DNS:" + name};
    return authority.issue(request);
}

HttpResult get(SocketWorld& world, const std::string& path) {
    return world.world.get(fmt::format("https://sockets.test:{}{}", world.server->port(), path));
}

TEST(ServerTls, AnswersOverTlsAndKeepsTheConnection) {
    SocketWorld world(Wire::tls, echo_all);
    for (int i = 0; i < 3; ++i) {
        const auto result = get(world, "/");
        ASSERT_TRUE(result) << describe(result);
        EXPECT_EQ(result->status, 401);
        EXPECT_EQ(result->body, "who are you?");
    }
    EXPECT_EQ(world.world.client.figures().connections_opened, 1u);
    const auto plain = world.world.get(fmt::format("http://sockets.test:{}/", world.server->port()));
    EXPECT_FALSE(plain) << describe(plain);
}

TEST(ServerTls, GetsARefusalThroughToAClientThatIsStillSending) {
    SocketWorld world(Wire::tls, echo_all);
    const auto result = world.world.send(
        post_request(fmt::format("https://sockets.test:{}/", world.server->port()), std::string(16 << 20, 'x')));
    ASSERT_TRUE(result) << describe(result);
    EXPECT_EQ(result->status, 413);
}

TEST(ServerTls, EndsAnAnswerWithAProperGoodbye) {
    SocketWorld world(Wire::tls, echo_all);
    auto ask = [](std::uint16_t port) -> asio::awaitable<std::string> {
        asio::ssl::context context(asio::ssl::context::tls_client);
        asio::ssl::stream<tcp::socket> stream(co_await asio::this_coro::executor, context);
        const tcp::endpoint endpoint(asio::ip::make_address("127.0.0.1"), port);
        co_await stream.next_layer().async_connect(endpoint, asio::use_awaitable);
        co_await stream.async_handshake(asio::ssl::stream_base::client, asio::use_awaitable);
        const std::string bytes = "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
        const auto out = asio::buffer(bytes);
        co_await stream.async_write_some(out, asio::use_awaitable);
        std::string space(4096, '\0');
        for (;;) {
            const auto in = asio::buffer(space);
            auto [failure, count] = co_await stream.async_read_some(in, asio::as_tuple(asio::use_awaitable));
            if (failure) co_return failure.message();
        }
    };
    EXPECT_EQ(run(world.world.context, ask(world.server->port())), "End of file");
}

TEST(ServerTls, SpeaksNothingOlderThanTls12) {
    SocketWorld world(Wire::tls, echo_all);
    auto shake = [](std::uint16_t port, int version) -> asio::awaitable<bool> {
        asio::ssl::context context(asio::ssl::context::tls_client);
        SSL_CTX_set_security_level(context.native_handle(), 0);
        SSL_CTX_set_min_proto_version(context.native_handle(), version);
        SSL_CTX_set_max_proto_version(context.native_handle(), version);
        asio::ssl::stream<tcp::socket> stream(co_await asio::this_coro::executor, context);
        const tcp::endpoint endpoint(asio::ip::make_address("127.0.0.1"), port);
        co_await stream.next_layer().async_connect(endpoint, asio::use_awaitable);
        auto [failure] =
            co_await stream.async_handshake(asio::ssl::stream_base::client, asio::as_tuple(asio::use_awaitable));
        co_return !failure;
    };
    EXPECT_FALSE(run(world.world.context, shake(world.server->port(), TLS1_VERSION)));
    EXPECT_FALSE(run(world.world.context, shake(world.server->port(), TLS1_1_VERSION)));
    EXPECT_TRUE(run(world.world.context, shake(world.server->port(), TLS1_2_VERSION)));
    EXPECT_TRUE(run(world.world.context, shake(world.server->port(), TLS1_3_VERSION)));
}

TEST(ServerTls, GivesAHandshakeItsDeadline) {
    ManualClock clock;
    SocketWorld world(Wire::tls, echo_all, &clock);
    tcp::socket silent(world.world.context);
    silent.connect({asio::ip::make_address("127.0.0.1"), world.server->port()});
    world.until([&] { return world.server->connections() == 1 && clock.sleepers() == 1; });
    clock.advance_to_next();
    world.until([&] { return world.server->connections() == 0; });
    EXPECT_EQ(clock.steady_now(), SteadyTime{ServerOptions{}.message_deadline});
}

TEST(ServerTls, SaysWhyItsCertificateCannotBeUsed) {
    podbrief::testing::TemporaryFolder folder;
    const CertificateAuthority authority;
    const CertificateFiles good(folder.path() / "good", for_name(authority, "a.test"));
    const CertificateFiles other(folder.path() / "other", for_name(authority, "b.test"));
    const std::string text = (folder.path() / "text").string();
    write_file(text, "hello");
    const std::string missing = (folder.path() / "missing").string();
    const std::string huge = (folder.path() / "huge").string();
    write_file(huge, std::string(2 << 20, 'x'));
    const struct {
        std::string certificate, key, message;
    } cases[] = {
        {good.certificate, "", "TLS: there is a certificate file, but no key file"},
        {"", good.key, "TLS: there is a key file, but no certificate file"},
        {missing, good.key, "cannot read the certificate in " + missing + ": No such file or directory"},
        {good.certificate, missing, "cannot read the key in " + missing + ": No such file or directory"},
        {huge, good.key, "cannot read the certificate in " + huge + ": it is too large"},
        {text, good.key, "cannot use the certificate in " + text + ": it is not a PEM certificate"},
        {good.certificate, text, "cannot use the key in " + text + ": it is not a PEM key without a passphrase"},
        {good.certificate, other.key, "cannot use the key in " + other.key + ": it does not belong to the certificate"},
    };
    asio::io_context context;
    RealClock clock;
    auto never = [](ServerRequest) -> asio::awaitable<ServerResponse> { co_return ServerResponse{}; };
    for (const auto& c : cases) {
        ServerOptions options;
        options.certificate_file = c.certificate;
        options.key_file = c.key;
        std::string message = "no error";
        try {
            Server server(context.get_executor(), clock, options, never);
        } catch (const std::runtime_error& error) {
            message = error.what();
        }
        EXPECT_EQ(message, c.message);
    }
}

TEST(ServerTls, TakesUpANewCertificateForNewConnectionsAndKeepsTheOldOneRatherThanNone) {
    SocketWorld world(Wire::tls, echo_all);
    const auto old = world.open();
    const CertificateFiles renewed(world.folder.path(), for_name(world.authority, "renewed.test"));
    world.world.resolver.set("renewed.test", "127.0.0.1");
    WebSocketRequest request;
    request.url = world.url("/open", "renewed.test");
    EXPECT_THAT(world.open(request).problem, HasSubstr("hostname mismatch")) << "not before it is told to";

    world.server->reload_certificate();
    EXPECT_TRUE(world.open(request).socket);
    EXPECT_TRUE(run(world.world.context, old->send("still here")));
    EXPECT_EQ(describe(run(world.world.context, old->receive())), "text: still here");

    write_file(renewed.certificate, "half a file");
    EXPECT_THROW(world.server->reload_certificate(), std::runtime_error);
    EXPECT_TRUE(world.open(request).socket);
}

TEST(ServerSockets, AreNotOpenedForRequestsThatAskWrongly) {
    SocketWorld world(Wire::plain, echo_all);
    const std::string head = "GET /open HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n";
    const std::string key = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
    const std::string version = "Sec-WebSocket-Version: 13\r\n";
    const struct {
        std::string bytes;
        const char* expected;
    } cases[] = {
        {head + version + "\r\n", "HTTP/1.1 400 "},
        {head + key + "Sec-WebSocket-Version: 8\r\n\r\n", "HTTP/1.1 426 "},
        {"POST" + head.substr(3) + key + version + "Content-Length: 0\r\n\r\n", "HTTP/1.1 400 "},
        {head + key + version + "Content-Length: 2\r\n\r\nhi", "HTTP/1.1 400 "},
        {head + key + version + "\r\n" + "too early", "HTTP/1.1 400 "},
        {"GET /open HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", "HTTP/1.1 401 "},
        {"GET /open HTTP/1.1\r\nHost: x\r\nUpgrade: h2c\r\nConnection: close\r\n\r\n", "HTTP/1.1 401 "},
    };
    for (const auto& c : cases) {
        EXPECT_THAT(run(world.world.context, raw_exchange(world.server->port(), c.bytes, false)),
                    StartsWith(c.expected))
            << c.bytes;
    }
    EXPECT_EQ(world.sockets, 0);
}

TEST(ServerSockets, AreLikeAnyOtherRequestWhereThereAreNone) {
    World world;
    RunningServer server(world.context, world.real_clock, {},
                         [](ServerRequest) -> asio::awaitable<ServerResponse> { co_return text_response(404, ""); });
    WebSocketRequest request;
    request.url = fmt::format("ws://127.0.0.1:{}/", server.port());
    EXPECT_EQ(run(world.context, world.client.open(request)).status, 404);
}

TEST(ServerSockets, EndWithABugInTheirHandlerAndTheServerGoesOn) {
    SocketWorld world(Wire::plain, [](WebSocket& socket, int nth) -> asio::awaitable<void> {
        if (nth == 1) throw std::runtime_error("a bug");
        co_await echo_all(socket, nth);
    });
    const auto first = world.open();
    EXPECT_EQ(describe(run(world.world.context, first->receive())), "closed: 1006 ");
    const auto second = world.open();
    EXPECT_TRUE(run(world.world.context, second->send("hello")));
    EXPECT_EQ(describe(run(world.world.context, second->receive())), "text: hello");
}

}  // namespace
}  // namespace podbrief::net::testing
