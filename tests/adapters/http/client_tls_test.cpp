// Who the client believes, over real TLS on loopback.
#include <openssl/ssl.h>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/write.hpp>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/adapters/http/bytes.hpp"
#include "tests/adapters/http/certificates.hpp"
#include "tests/adapters/http/world.hpp"
#include "tests/support/files.hpp"

namespace podbrief::net::testing {
namespace {

using ::testing::HasSubstr;

enum class Goodbye { proper, none, cut };  // cut: none, and only half of the answer before it

// Answers each request on each TLS connection with the same bytes. `requests` counts those that came through.
struct TlsServer {
    TlsServer(World& world, const Certificate& certificate, std::string answer, Goodbye goodbye = Goodbye::proper,
              int max_version = TLS1_3_VERSION)
        : context(asio::ssl::context::tls_server),
          server(world.context, [this, answer, goodbye](tcp::socket& socket, int) -> asio::awaitable<void> {
              asio::ssl::stream<tcp::socket&> stream(socket, context);
              auto [failed] =
                  co_await stream.async_handshake(asio::ssl::stream_base::server, asio::as_tuple(asio::use_awaitable));
              if (failed) {
                  ++failures;
                  co_return;
              }
              std::string request;
              for (;;) {
                  auto buffer = asio::dynamic_buffer(request);
                  auto [ended, size] =
                      co_await asio::async_read_until(stream, buffer, "\r\n\r\n", asio::as_tuple(asio::use_awaitable));
                  if (ended) co_return;
                  ++requests;
                  request.erase(0, size);
                  const auto out =
                      asio::buffer(answer.data(), goodbye == Goodbye::cut ? answer.size() / 2 : answer.size());
                  co_await asio::async_write(stream, out, asio::as_tuple(asio::use_awaitable));
                  if (goodbye == Goodbye::proper && answer.find("Content-Length") != std::string::npos) continue;
                  if (goodbye == Goodbye::proper) co_await stream.async_shutdown(asio::as_tuple(asio::use_awaitable));
                  co_return;
              }
          }) {
        SSL_CTX_set_min_proto_version(context.native_handle(), TLS1_VERSION);
        SSL_CTX_set_max_proto_version(context.native_handle(), max_version);
        SSL_CTX_set_security_level(context.native_handle(), 0);  // the server is as careless as can be
        context.use_certificate(asio::buffer(certificate.certificate_pem), asio::ssl::context::pem);
        context.use_private_key(asio::buffer(certificate.key_pem), asio::ssl::context::pem);
    }
    std::string url(const std::string& host = "feeds.test") const {
        return fmt::format("https://{}:{}/", host, server.port());
    }

    asio::ssl::context context;
    int requests = 0;
    int failures = 0;
    RawServer server;
};

// A world that trusts a fresh authority.
struct TlsWorld {
    TlsWorld() : world(options()) {
        for (const auto* host : {"feeds.test", "other.test", "a.wild.test", "a.b.wild.test"})
            world.resolver.set(host, "127.0.0.1");
    }
    ClientOptions options() {
        const auto file = folder.path() / "ca.pem";
        podbrief::testing::write_file(file, authority.pem());
        ClientOptions out;
        out.extra_ca_file = file.string();
        return out;
    }
    CertificateAuthority authority;
    podbrief::testing::TemporaryFolder folder;
    World world;
};

Certificate good(const CertificateAuthority& authority) {
    CertificateRequest request;
    request.names = {"DNS:feeds.test", "DNS:*.wild.test", "IP:127.0.0.1"};
    return authority.issue(request);
}

TEST(ClientTls, TalksToAHostThatProvesItsName) {
    TlsWorld tls;
    TlsServer server(tls.world, good(tls.authority), ok("secret"));
    for (const auto* host : {"feeds.test", "FEEDS.test.", "a.wild.test", "127.0.0.1"}) {
        const auto result = tls.world.get(server.url(host));
        ASSERT_TRUE(result) << host << ": " << describe(result);
        EXPECT_EQ(result->body, "secret");
    }
    EXPECT_EQ(tls.world.get(server.url()).value().body, "secret");
    EXPECT_EQ(server.requests, 5);
    EXPECT_EQ(server.server.connections(), 3) << "connections to one host are reused";
}

TEST(ClientTls, SendsNothingToAHostThatDoesNot) {
    TlsWorld tls;
    const CertificateAuthority stranger{"somebody else"};
    CertificateRequest expired;
    expired.names = {"DNS:feeds.test"};
    expired.valid_from = std::chrono::hours{-48};
    expired.valid_until = std::chrono::hours{-1};
    CertificateRequest future = expired;
    future.valid_from = std::chrono::hours{24};
    future.valid_until = std::chrono::hours{48};
    CertificateRequest self_signed;
    self_signed.names = {"DNS:feeds.test"};
    self_signed.self_signed = true;
    CertificateRequest sha1;
    sha1.names = {"DNS:feeds.test"};
    sha1.sha1 = true;
    const CertificateRequest nameless;
    const struct {
        const char* name;
        Certificate certificate;
        const char* host;
        int max_version;
        const char* detail;
    } cases[] = {
        {"expired", tls.authority.issue(expired), "feeds.test", TLS1_3_VERSION, "certificate has expired"},
        {"not yet valid", tls.authority.issue(future), "feeds.test", TLS1_3_VERSION, "not yet valid"},
        {"self-signed", tls.authority.issue(self_signed), "feeds.test", TLS1_3_VERSION, "self-signed certificate"},
        {"of another authority", good(stranger), "feeds.test", TLS1_3_VERSION,
         "unable to get local issuer certificate"},
        {"for another host", good(tls.authority), "other.test", TLS1_3_VERSION, "hostname mismatch"},
        {"for another level", good(tls.authority), "a.b.wild.test", TLS1_3_VERSION, "hostname mismatch"},
        {"for another address", good(tls.authority), "127.0.0.2", TLS1_3_VERSION, "IP address mismatch"},
        {"without a name", tls.authority.issue(nameless), "feeds.test", TLS1_3_VERSION, "hostname mismatch"},
        {"signed with SHA-1", tls.authority.issue(sha1), "feeds.test", TLS1_3_VERSION, "digest algorithm too weak"},
        {"TLS 1.0 only", good(tls.authority), "feeds.test", TLS1_VERSION, "the TLS handshake failed"},
        {"TLS 1.1 only", good(tls.authority), "feeds.test", TLS1_1_VERSION, "the TLS handshake failed"},
    };
    for (const auto& c : cases) {
        TlsServer server(tls.world, c.certificate, ok("secret"), Goodbye::proper, c.max_version);
        if (std::string(c.host) == "127.0.0.2") {
            tls.world.dialer.detour = tcp::endpoint(asio::ip::make_address("127.0.0.1"), server.server.port());
        }
        const auto result = tls.world.send(post_request(server.url(c.host), "body"));
        tls.world.dialer.detour.reset();
        ASSERT_FALSE(result) << c.name;
        EXPECT_EQ(result.error().code, HttpErrc::tls_failed) << c.name << ": " << describe(result);
        EXPECT_EQ(result.error().handed_over, HandedOver::nothing);
        EXPECT_EQ(result.error().bytes_handed_over, 0u);
        EXPECT_THAT(result.error().detail, HasSubstr(c.detail)) << c.name;
        EXPECT_THAT(result.error().detail, ::testing::StartsWith(std::string(c.host) + ": "));
        EXPECT_EQ(server.requests, 0) << c.name;
    }
}

TEST(ClientTls, SpeaksTls12Still) {
    TlsWorld tls;
    TlsServer server(tls.world, good(tls.authority), ok("secret"), Goodbye::proper, TLS1_2_VERSION);
    EXPECT_TRUE(tls.world.get(server.url()));
}

TEST(ClientTls, TakesABodyWithoutLengthOnlyWithAProperGoodbye) {
    TlsWorld tls;
    const std::string head = "HTTP/1.1 200 OK\r\n\r\n";
    TlsServer whole(tls.world, good(tls.authority), head + "whole");
    EXPECT_EQ(tls.world.get(whole.url()).value().body, "whole");

    const std::string text = sample_text(10'000);
    for (const auto goodbye : {Goodbye::none, Goodbye::cut}) {
        TlsServer server(tls.world, good(tls.authority), head + text, goodbye);
        const auto result = tls.world.get(server.url());
        ASSERT_FALSE(result);
        EXPECT_EQ(result.error().code, HttpErrc::connection_lost) << describe(result);
    }
    // With a length the answer is whole without a goodbye.
    TlsServer counted(tls.world, good(tls.authority), ok(text), Goodbye::none);
    EXPECT_TRUE(tls.world.get(counted.url()));
}

TEST(ClientTls, DoesNotStepDownToHttp) {
    TlsWorld tls;
    RawServer plain(tls.world.context, answering(ok("plain")));
    TlsServer server(tls.world, good(tls.authority),
                     "HTTP/1.1 302 Go\r\nContent-Length: 0\r\nLocation: " + plain.url() + "\r\n\r\n");
    const auto result = tls.world.get(server.url());
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, HttpErrc::blocked);
    EXPECT_EQ(result.error().detail, "feeds.test: sends on from https to http, to 127.0.0.1");
    EXPECT_EQ(plain.connections(), 0);

    TlsServer goal(tls.world, good(tls.authority), ok("secret"));
    RawServer up(tls.world.context,
                 answering("HTTP/1.1 301 Go\r\nContent-Length: 0\r\nLocation: " + goal.url() + "\r\n\r\n"));
    EXPECT_EQ(tls.world.get(up.url()).value().body, "secret");
}

TEST(ClientTls, CountsWhatTheTlsLayerWasGiven) {
    TlsWorld tls;
    TlsServer server(tls.world, good(tls.authority), "");
    RawServer no_tls(tls.world.context, [](tcp::socket& socket, int) -> asio::awaitable<void> {
        co_await say(socket, "HTTP/1.1 400 This is not TLS\r\n\r\n");
        co_await until_closed(socket);
    });
    const auto refused = tls.world.send(post_request(fmt::format("https://feeds.test:{}/", no_tls.port()), "body"));
    EXPECT_EQ(refused.error().code, HttpErrc::tls_failed) << describe(refused);
    EXPECT_EQ(refused.error().handed_over, HandedOver::nothing);
    const auto lost = tls.world.send(post_request(server.url(), "body"));
    ASSERT_FALSE(lost);
    EXPECT_EQ(lost.error().handed_over, HandedOver::maybe_executed);
    EXPECT_GT(lost.error().bytes_handed_over, 100u);
}

}  // namespace
}  // namespace podbrief::net::testing
