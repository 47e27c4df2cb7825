// RELIABILITY row 91: what two readers could take for different requests is answered 400 and closed, and nothing that
// stands behind it is served.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "adapters/http/request_reader.hpp"
#include "tests/adapters/http/running_server.hpp"
#include "tests/adapters/http/world.hpp"
#include "tests/support/manual_clock.hpp"

namespace podbrief::net::testing {
namespace {

using namespace std::string_literals;

struct Shape {
    const char* name;
    std::string bytes;
};

const std::string behind = "GET /second HTTP/1.1\r\nHost: a\r\n\r\n";

// A POST with these lines after its Host, and this body.
std::string post(const std::string& lines, const std::string& body = "") {
    return "POST /first HTTP/1.1\r\nHost: a\r\n" + lines + "\r\n" + body;
}
// A GET with this line after its Host.
std::string get(const std::string& line) {
    return "GET /first HTTP/1.1\r\nHost: a\r\n" + line + "\r\n";
}
std::string chunked(const std::string& body) {
    return post("Transfer-Encoding: chunked\r\n", body);
}

std::vector<Shape> shapes() {
    const std::string none = "0\r\n\r\n";
    return {
        // Two lengths.
        {"length and chunks", post("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", none)},
        {"chunks and length", post("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n", none)},
        {"length and chunks in other letters", post("content-length: 5\r\ntRANSFER-eNCODING: cHUNKED\r\n", none)},
        {"two lengths", post("Content-Length: 5\r\nContent-Length: 6\r\n", "hello!")},
        {"one length twice", post("Content-Length: 5\r\nContent-Length: 5\r\n", "hello")},
        {"a list of lengths", post("Content-Length: 5, 5\r\n", "hello")},
        {"a length with a sign", post("Content-Length: +5\r\n", "hello")},
        {"a length below zero", post("Content-Length: -1\r\n")},
        {"a length in hex", post("Content-Length: 0x5\r\n", "hello")},
        {"a length with an exponent", post("Content-Length: 5e0\r\n", "hello")},
        {"a length in two words", post("Content-Length: 5 0\r\n", "hello")},
        {"an empty length", post("Content-Length:\r\n")},
        {"a length beyond 64 bits", post("Content-Length: 18446744073709551621\r\n", "hello")},
        {"a length behind a vertical tab", post("Content-Length: \x0b"
                                                "5\r\n",
                                                "hello")},
        // Encodings that one reader knows and another does not.
        {"chunked twice", post("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", none)},
        {"chunked, then identity", post("Transfer-Encoding: chunked, identity\r\n", none)},
        {"identity, then chunked", post("Transfer-Encoding: identity, chunked\r\n", none)},
        {"chunked in chunked", post("Transfer-Encoding: chunked, chunked\r\n", none)},
        {"identity beside chunked", post("Transfer-Encoding: identity\r\nTransfer-Encoding: chunked\r\n", none)},
        {"almost chunked", post("Transfer-Encoding: xchunked\r\n", none)},
        {"chunked with a parameter", post("Transfer-Encoding: chunked;x=1\r\n", none)},
        {"chunked in quotes", post("Transfer-Encoding: \"chunked\"\r\n", none)},
        {"chunked behind a vertical tab", post("Transfer-Encoding: \x0b"
                                               "chunked\r\n",
                                               none)},
        {"chunked behind a comma", post("Transfer-Encoding: ,chunked\r\n", none)},
        {"an empty encoding", post("Transfer-Encoding:\r\nContent-Length: 5\r\n", "hello")},
        // Names.
        {"a space before the colon", post("Transfer-Encoding : chunked\r\n", none)},
        {"a tab before the colon", post("Content-Length\t: 5\r\n", "hello")},
        {"a space before the name", post(" Transfer-Encoding: chunked\r\n", none)},
        {"a NUL in a name", post("Content\0-Length: 5\r\n"s, "hello")},
        {"no name", get(": x\r\n")},
        {"no colon", get("Content-Length\r\n")},
        {"a name with a bracket", get("X[1]: x\r\n")},
        // Lines.
        {"a folded header", get("X: 1\r\n Content-Length: 5\r\n")},
        {"a header folded by a tab", get("X: 1\r\n\tContent-Length: 5\r\n")},
        {"a fold that is empty", get("X: 1\r\n \r\n")},
        {"a first header that is folded", "GET /first HTTP/1.1\r\n Host: a\r\n\r\n"},
        {"a bare line feed behind the request line", "GET /first HTTP/1.1\nHost: a\r\n\r\n"},
        {"a bare line feed behind a header", get("X: 1\nContent-Length: 5\r\n")},
        {"a bare line feed as the end", "GET /first HTTP/1.1\r\nHost: a\r\n\n"},
        {"bare line feeds everywhere", "GET /first HTTP/1.1\nHost: a\n\n"},
        {"a bare line feed behind an empty first line", "\r\nGET /first HTTP/1.1\r\nHost: a\r\nX: 1\nY: 2\r\n\r\n"},
        {"a bare carriage return in a header", get("X: 1\rContent-Length: 5\r\n")},
        {"two carriage returns", get("X: 1\r\r\n")},
        {"a bare carriage return as the end", "GET /first HTTP/1.1\r\nHost: a\r\n\rX: 1\r\n\r\n"},
        {"a bare carriage return in the request line", "GET /first\rX HTTP/1.1\r\nHost: a\r\n\r\n"},
        {"a NUL in a header", get("X: 1\0002\r\n"s)},
        {"a NUL in the target", "GET /fi\0rst HTTP/1.1\r\nHost: a\r\n\r\n"s},
        {"a control character in a header", get("X: \x7f\r\n")},
        // The request line.
        {"two spaces", "GET  /first HTTP/1.1\r\nHost: a\r\n\r\n"},
        {"a tab for a space", "GET\t/first HTTP/1.1\r\nHost: a\r\n\r\n"},
        {"a space behind the version", "GET /first HTTP/1.1 \r\nHost: a\r\n\r\n"},
        {"a version of two digits", "GET /first HTTP/1.10\r\nHost: a\r\n\r\n"},
        {"a version in small letters", "GET /first http/1.1\r\nHost: a\r\n\r\n"},
        {"no version", "GET /first\r\nHost: a\r\n\r\n"},
        {"the beginning of HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"},
        // Who is meant.
        {"no host", "GET /first HTTP/1.1\r\nX: 1\r\n\r\n"},
        {"two hosts", get("Host: b\r\n")},
        {"one host twice", get("Host: a\r\n")},
        {"a list of hosts", "GET /first HTTP/1.1\r\nHost: a, b\r\n\r\n"},
        {"a host with a path", "GET /first HTTP/1.1\r\nHost: a/b\r\n\r\n"},
        {"a host with a user", "GET /first HTTP/1.1\r\nHost: a@b\r\n\r\n"},
        {"a host in two words", "GET /first HTTP/1.1\r\nHost: a b\r\n\r\n"},
        {"another host in the target", "GET http://b/first HTTP/1.1\r\nHost: a\r\n\r\n"},
        {"a target without a slash", "GET first HTTP/1.1\r\nHost: a\r\n\r\n"},
        {"a way through", "CONNECT a:80 HTTP/1.1\r\nHost: a\r\n\r\n"},
        // Chunks.
        {"a chunk's size in another notation", chunked("0x5\r\nhello\r\n0\r\n\r\n")},
        {"a chunk's size with a sign", chunked("+5\r\nhello\r\n0\r\n\r\n")},
        {"a chunk's size below zero", chunked("-5\r\nhello\r\n0\r\n\r\n")},
        {"a chunk without a size", chunked("\r\nhello\r\n0\r\n\r\n")},
        {"a chunk's size behind a space", chunked(" 5\r\nhello\r\n0\r\n\r\n")},
        {"a chunk's size that ends in a bare line feed", chunked("5\nhello\r\n0\r\n\r\n")},
        {"a chunk's size that ends in a bare carriage return", chunked("5\rhello\r\n0\r\n\r\n")},
        {"a chunk's size beyond 64 bits", chunked("10000000000000005\r\nhello\r\n0\r\n\r\n")},
        {"a chunk that is longer than it says", chunked("5\r\nhello!\r\n0\r\n\r\n")},
        {"a chunk that ends in a bare line feed", chunked("5\r\nhello\n0\r\n\r\n")},
        {"a bare line feed in a chunk's extension", chunked("5;a\nb\r\nhello\r\n0\r\n\r\n")},
        {"a bare carriage return in a chunk's extension", chunked("5;a\rb\r\nhello\r\n0\r\n\r\n")},
        {"a NUL in a chunk's extension", chunked("5;a\0b\r\nhello\r\n0\r\n\r\n"s)},
        {"words behind a chunk's size", chunked("5 6\r\nhello\r\n0\r\n\r\n")},
        {"a last chunk that ends in bare line feeds", chunked("5\r\nhello\r\n0\n\n")},
        {"a length behind the chunks", chunked("5\r\nhello\r\n0\r\nContent-Length: 5\r\n\r\n")},
        {"an encoding behind the chunks", chunked("5\r\nhello\r\n0\r\nTransfer-Encoding: chunked\r\n\r\n")},
        {"a host behind the chunks", chunked("5\r\nhello\r\n0\r\nHost: b\r\n\r\n")},
        {"a bare line feed behind the chunks", chunked("5\r\nhello\r\n0\r\nX: 1\n\r\n\r\n")},
        {"a folded header behind the chunks", chunked("5\r\nhello\r\n0\r\nX: 1\r\n y\r\n\r\n")},
        {"chunks in HTTP/1.0", "POST /first HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"},
    };
}

TEST(Smuggling, NoDoubtfulRequestIsReadHoweverItsBytesCome) {
    for (const Shape& shape : shapes()) {
        for (const std::size_t step : {1, 2, 7, 100'000}) {
            RequestReader reader({});
            int status = 0;
            const std::string bytes = shape.bytes + behind;
            for (std::size_t at = 0; at < bytes.size() && status == 0 && !reader.done(); at += step) {
                status = reader.feed(std::string_view(bytes).substr(at, step));
            }
            EXPECT_EQ(status, 400) << shape.name << ", in steps of " << step;
            EXPECT_FALSE(reader.done() && status == 0) << shape.name;
        }
    }
}

TEST(Smuggling, EachIsAnswered400AndClosedAndNothingBehindItIsServed) {
    World world;
    podbrief::testing::ManualClock clock;  // never moves: no deadline ends anything here
    std::vector<std::string> served;
    RunningServer server(world.context, clock, {}, [&](ServerRequest request) -> asio::awaitable<ServerResponse> {
        served.push_back(request.target);
        co_return text_response(200, "");
    });
    for (const Shape& shape : shapes()) {
        SCOPED_TRACE(shape.name);
        const std::string answer = run(world.context, raw_exchange(server.port(), shape.bytes + behind, false));
        EXPECT_TRUE(answer.starts_with("HTTP/1.1 400 Bad Request\r\n")) << answer;
        EXPECT_NE(answer.find("\r\nConnection: close\r\n"), std::string::npos) << answer;
        EXPECT_EQ(answer.find("HTTP/1.1", 1), std::string::npos) << answer;
    }
    EXPECT_TRUE(served.empty()) << served.front();
    // All of these were refused for what they are, and not because nothing is served.
    const std::string answer = run(world.context, raw_exchange(server.port(), get("Connection: close\r\n")));
    EXPECT_TRUE(answer.starts_with("HTTP/1.1 200 OK\r\n")) << answer;
}

}  // namespace
}  // namespace podbrief::net::testing
