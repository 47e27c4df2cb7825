#include "adapters/http/request_reader.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace podbrief::net {
namespace {

struct Read {
    int refusal = 0;
    bool done = false;
    bool keep_alive = false;
    ServerRequest request;
    std::string rest;
};

Read read(const std::string& bytes, std::size_t step, RequestReader::Limits limits = {}) {
    RequestReader reader(limits);
    Read out;
    for (std::size_t at = 0; at < bytes.size() && out.refusal == 0; at += step) {
        out.refusal = reader.feed(std::string_view(bytes).substr(at, step));
    }
    if (out.refusal != 0 || !reader.done()) return out;
    out.done = true;
    out.keep_alive = reader.keep_alive();
    out.rest = reader.take_rest();
    out.request = reader.take();
    return out;
}

TEST(RequestReader, ReadsRequestsHoweverTheBytesCome) {
    const struct {
        const char* bytes;
        const char* expected;  // method, target, body
        bool keep_alive;
    } cases[] = {
        {"GET / HTTP/1.1\r\nHost: a\r\n\r\n", "GET / ", true},
        {"GET /a?b=c HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", "GET /a?b=c ", false},
        {"GET / HTTP/1.0\r\n\r\n", "GET / ", false},
        {"POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello", "POST /x hello", true},
        {"POST /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n", "POST /x hello",
         true},
    };
    for (const auto& c : cases) {
        for (const std::size_t step : {1, 3, 1000}) {
            const auto result = read(c.bytes, step);
            ASSERT_TRUE(result.done) << c.bytes << ": " << result.refusal;
            EXPECT_EQ(fmt::format("{} {} {}", result.request.method, result.request.target, result.request.body),
                      c.expected);
            EXPECT_EQ(result.keep_alive, c.keep_alive) << c.bytes;
        }
    }
    EXPECT_EQ(read("GET / HTTP/1.1\r\nHost: a\r\n\r\nGET /2 HT", 1000).rest, "GET /2 HT");
}

TEST(RequestReader, RefusesWhatTwoReadersCouldTakeForDifferentRequests) {
    const struct {
        std::string bytes;
        int status;
    } cases[] = {
        {"GET / HTTP/1.1\r\n\r\n", 400},
        {"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400},
        {"GET / HTTP/1.1\r\nHost: a\r\nX: 1\r\n folded\r\n\r\n", 400},
        {"GET / HTTP/1.1\r\nHost: a\r\nX: 1\r\n\tfolded\r\n\r\n", 400},
        {"GET / HTTP/1.1\nHost: a\n\n", 400},
        {"GET / HTTP/1.1\r\nHost : a\r\n\r\n", 400},
        {"GET / HTTP/2.0\r\nHost: a\r\n\r\n", 400},
        {"GET /\x01 HTTP/1.1\r\nHost: a\r\n\r\n", 400},
        {"GET /\xC3\xA9 HTTP/1.1\r\nHost: a\r\n\r\n", 400},
        {"GE(T / HTTP/1.1\r\nHost: a\r\n\r\n", 400},
        {"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400},
        {"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n", 400},
        {"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", 400},
        {"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: identity\r\n\r\n", 400},
        {"POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400},
        {"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello!", 400},
        {"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n", 400},
        {"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n", 400},
        {"POST / HTTP/1.1\r\nHost: a\r\nContent-Encoding: gzip\r\nContent-Length: 5\r\n\r\nhello", 415},
        {"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2000000\r\n\r\n", 413},
        {"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nffffff\r\n", 413},
        {"GET / HTTP/1.1\r\nHost: a\r\nX: " + std::string(20'000, 'x') + "\r\n\r\n", 431},
        {"GET /" + std::string(20'000, 'x') + " HTTP/1.1\r\nHost: a\r\n\r\n", 431},
        {"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1;" + std::string(70'000, 'x'), 413},
    };
    for (const auto& c : cases) {
        for (const std::size_t step : {1, 1000, 100'000}) {
            EXPECT_EQ(read(c.bytes, step).refusal, c.status) << c.bytes.substr(0, 100) << " in steps of " << step;
        }
    }
}

TEST(RequestReader, TellsOnceThatTheSenderWaitsToBeAskedForTheBody) {
    RequestReader reader({});
    EXPECT_EQ(reader.feed("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n"), 0);
    EXPECT_TRUE(reader.take_wish_to_continue());
    EXPECT_FALSE(reader.take_wish_to_continue());
    EXPECT_EQ(reader.feed("hi"), 0);
    EXPECT_EQ(reader.take().body, "hi");
}

RC_GTEST_PROP(RequestReader, SurvivesAnyDamage, (const std::vector<std::pair<int, char>>& edits)) {
    std::string bytes =
        "POST /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n3;x=y\r\nyou\r\n0\r\n\r\n";
    for (const auto& [where, what] : edits) bytes[static_cast<unsigned>(where) % bytes.size()] = what;
    const auto whole = read(bytes, 1000);
    const auto single = read(bytes, 1);
    RC_ASSERT(whole.done == single.done);
    RC_ASSERT(whole.request.body == single.request.body);
}

}  // namespace
}  // namespace podbrief::net
