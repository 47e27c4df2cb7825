#include "adapters/http/response_reader.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "tests/adapters/http/bytes.hpp"

namespace podbrief::net {
namespace {

using namespace std::string_literals;

struct Read {
    int status = 0;
    std::vector<HttpHeader> headers;
    std::string body;
    bool done = false;
    bool keep_alive = false;
    std::optional<ReadProblem> problem;

    // "200 hello" or "malformed".
    std::string summary() const {
        if (problem) return std::string(to_string(problem->code));
        return done ? fmt::format("{} {}{}", status, body, keep_alive ? "" : " (close)") : "not done";
    }
};

Read read(const std::string& bytes, std::size_t step, bool closed = false, bool head = false,
          ResponseReader::Limits limits = {}) {
    ResponseReader reader(head, limits);
    Read out;
    for (std::size_t at = 0; at < bytes.size() && !out.problem; at += step) {
        out.problem = reader.feed(std::string_view(bytes).substr(at, step));
    }
    if (!out.problem && closed) out.problem = reader.end();
    if (out.problem) return out;
    out.done = reader.done();
    out.keep_alive = reader.keep_alive();
    out.status = reader.status();
    out.headers = reader.take_headers();
    out.body = reader.take_body();
    return out;
}

TEST(ResponseReader, ReadsAnswersHoweverTheBytesCome) {
    const std::string gzipped = testing::gzip("hello");
    const struct {
        std::string bytes;
        bool closed;
        const char* expected;
    } cases[] = {
        {"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", false, "200 hello"},
        {"HTTP/1.1 200 \r\nContent-Length: 5\r\n\r\nhello", false, "200 hello"},
        {"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", false, "200 "},
        {"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello", false, "200 hello (close)"},
        {"HTTP/1.0 200 OK\r\nContent-Length: 5\r\n\r\nhello", false, "200 hello (close)"},
        {"HTTP/1.0 200 OK\r\nContent-Length: 5\r\nConnection: keep-alive\r\n\r\nhello", false, "200 hello"},
        {"HTTP/1.1 200 OK\r\n\r\nhello", true, "200 hello (close)"},
        {"HTTP/1.1 200 OK\r\n\r\n", true, "200  (close)"},
        {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n", false, "200 hello"},
        {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;a=b\r\nhello\r\n0\r\nX-Trailer: 1\r\n\r\n", false,
         "200 hello"},
        {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", false, "200 "},
        {"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: " + std::to_string(gzipped.size()) + "\r\n\r\n" +
             gzipped,
         false, "200 hello"},
        {"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n" +
             testing::chunked(gzipped, 3),
         false, "200 hello"},
        {"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + gzipped, true, "200 hello (close)"},
        {"HTTP/1.1 204 No Content\r\n\r\n", false, "204 "},
        {"HTTP/1.1 304 Not Modified\r\nContent-Length: 500\r\n\r\n", false, "304 "},
        {"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n"
         "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello",
         false, "200 hello"},
        {"HTTP/1.1 503 Busy\r\nContent-Length: 4\r\n\r\nwait", false, "503 wait"},
    };
    for (const auto& c : cases) {
        for (const std::size_t step : {1, 2, 3, 5, 16, 1000}) {
            EXPECT_EQ(read(c.bytes, step, c.closed).summary(), c.expected) << c.bytes << " in steps of " << step;
        }
    }
}

TEST(ResponseReader, CallsHalfAnAnswerAFailureWhereverItIsCut) {
    const std::string answers[] = {
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 30\r\nContent-Encoding: gzip\r\n\r\n" + testing::gzip("hello"),
    };
    for (const auto& answer : answers) {
        for (std::size_t length = 0; length < answer.size(); ++length) {
            for (const std::size_t step : {1, 1000}) {
                const auto cut = read(answer.substr(0, length), step, true);
                EXPECT_EQ(cut.summary(), to_string(HttpErrc::connection_lost)) << answer.substr(0, length);
            }
        }
    }
    const std::string until_close = "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + testing::gzip("hello");
    EXPECT_EQ(read(until_close.substr(0, until_close.size() - 1), 1, true).summary(), to_string(HttpErrc::malformed));
}

TEST(ResponseReader, RefusesWhatIsNotHttp) {
    const std::string answers[] = {
        "SSH-2.0-OpenSSH_9.2\r\n",
        "<html>hello</html>\r\n\r\n",
        "HTTP/2.0 200 OK\r\n\r\n",
        "HTTP/1.1 20 OK\r\n\r\n",
        "HTTP/1.1 2000 OK\r\n\r\n",
        "HTTP/1.1 099 OK\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello!",
        "HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nhello",
        "HTTP/1.1 200 OK\r\nContent-Length: 5, 6\r\n\r\nhello",
        "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999999\r\n\r\nhello",
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\nhello",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nhello\r\n0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhelloX0\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Encoding: gzip, gzip\r\nContent-Length: 5\r\n\r\nhello",
        "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Encoding: br\r\nContent-Length: 5\r\n\r\nhello",
        "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 20\r\n\r\nhellohellohellohello",
        "HTTP/1.1 101 Switching Protocols\r\n\r\n",
        "HTTP/1.1 200 OK\r\nX: a\0b\r\nContent-Length: 0\r\n\r\n"s,
    };
    for (const auto& answer : answers) {
        for (const std::size_t step : {1, 1000}) {
            EXPECT_EQ(read(answer, step).summary(), to_string(HttpErrc::malformed)) << answer;
        }
    }
}

TEST(ResponseReader, TakesBareLineFeedsForNoAnswer) {
    EXPECT_TRUE(read("HTTP/1.1 200 OK\nContent-Length: 5\n\nhello", 1000, true).problem);
    EXPECT_TRUE(read("HTTP/1.1 200 OK\r\nX: y\nContent-Length: 5\r\n\r\nhello", 1000, true).problem);
}

TEST(ResponseReader, HasALimitForEverythingThatCanBeEndless) {
    ResponseReader::Limits limits;
    limits.body_bytes = 1000;
    const std::string head = "HTTP/1.1 200 OK\r\n";
    const std::string chunk_head = head + "Transfer-Encoding: chunked\r\n\r\n";
    const auto many = [](const std::string& piece, std::size_t size) {
        std::string out;
        while (out.size() < size) out += piece;
        return out;
    };
    const struct {
        const char* name;
        std::string bytes;
        HttpErrc code;
    } cases[] = {
        {"one header of 1 MB", head + "X: " + std::string(1 << 20, 'x'), HttpErrc::too_large},
        {"100,000 headers", head + many("X: y\r\n", 600'000), HttpErrc::too_large},
        {"a status line without end", "HTTP/1.1 200 " + std::string(1 << 20, 'x'), HttpErrc::too_large},
        {"interim answers without end", many("HTTP/1.1 100 Continue\r\n\r\n", 600'000), HttpErrc::malformed},
        {"fat interim answers", many("HTTP/1.1 103 Hints\r\nX: " + std::string(20'000, 'x') + "\r\n\r\n", 600'000),
         HttpErrc::too_large},
        {"a length over the limit", head + "Content-Length: 1001\r\n\r\n", HttpErrc::too_large},
        {"a body without end", head + "\r\n" + std::string(2000, 'x'), HttpErrc::too_large},
        {"chunks without end", chunk_head + many("5\r\nhello\r\n", 3000), HttpErrc::too_large},
        {"a chunk extension without end", chunk_head + "1;" + std::string(1 << 20, 'x'), HttpErrc::too_large},
        {"chunk extensions without end", chunk_head + many("1;" + std::string(2000, 'x') + "\r\ny\r\n", 600'000),
         HttpErrc::too_large},
        {"a chunk size without end", chunk_head + std::string(1 << 20, '0'), HttpErrc::too_large},
        {"a chunk over the limit", chunk_head + "fffffff\r\n" + std::string(2000, 'x'), HttpErrc::too_large},
        {"trailers without end", chunk_head + "0\r\n" + many("X: y\r\n", 600'000), HttpErrc::too_large},
    };
    for (const auto& c : cases) {
        for (const std::size_t step : {700, 32 * 1024}) {
            const auto result = read(c.bytes, step, false, false, limits);
            ASSERT_TRUE(result.problem) << c.name << " in steps of " << step;
            EXPECT_EQ(to_string(result.problem->code), to_string(c.code)) << c.name << ": " << result.problem->detail;
        }
    }
}

TEST(ResponseReader, KeepsHeadersInOrderAndLeavesTrailersOut) {
    const auto result = read(
        "HTTP/1.1 200 OK\r\nETag: \"a\"\r\nX: 1\r\nX:  2 \r\nTransfer-Encoding: chunked\r\n\r\n0\r\nX: 3\r\n\r\n", 9);
    const std::vector<HttpHeader> expected = {
        {"ETag", "\"a\""}, {"X", "1"}, {"X", "2"}, {"Transfer-Encoding", "chunked"}};
    EXPECT_EQ(result.headers, expected);
}

TEST(ResponseReader, ExpectsNoBodyAfterHead) {
    EXPECT_EQ(
        read("HTTP/1.1 200 OK\r\nContent-Length: 500\r\nContent-Encoding: gzip\r\n\r\n", 7, false, true).summary(),
        "200 ");
}

TEST(ResponseReader, DoesNotReuseAConnectionThatSaysMoreThanItWasAsked) {
    EXPECT_EQ(read("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi, there", 1000).summary(), "200 hi (close)");
}

RC_GTEST_PROP(ResponseReader, SurvivesAnyDamageAndReadsItTheSameInAnySteps,
              (const std::vector<std::pair<int, char>>& edits)) {
    std::string bytes =
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nX: y\r\n\r\n" + testing::chunked("hello, world", 5);
    for (const auto& [where, what] : edits) bytes[static_cast<unsigned>(where) % bytes.size()] = what;
    const auto whole = read(bytes, 1000, true);
    const auto single = read(bytes, 1, true);
    RC_ASSERT(whole.problem.has_value() == single.problem.has_value());
    RC_ASSERT(whole.body == single.body);
    RC_ASSERT(whole.headers == single.headers);
}

}  // namespace
}  // namespace podbrief::net
