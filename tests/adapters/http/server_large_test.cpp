// RELIABILITY row 89: whatever is sent, in whatever form, is refused early, and of it no more than 256 KiB are read.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <boost/asio/detached.hpp>
#include <boost/asio/this_coro.hpp>

#include "tests/adapters/http/running_server.hpp"
#include "tests/adapters/http/world.hpp"
#include "tests/support/manual_clock.hpp"

namespace podbrief::net::testing {
namespace {

constexpr std::size_t hundred_mb = 100'000'000;

// Says the head, and then `piece` again and again until the other side does not take it, or 100 MB are said.
asio::awaitable<void> pour(std::shared_ptr<tcp::socket> socket, std::string head, std::string piece) {
    std::string bytes = std::move(head);
    for (std::size_t said = 0; said < hundred_mb; said += bytes.size()) {
        if (said > 0) bytes = piece;
        const bool taken = co_await say(*socket, bytes);
        if (!taken) co_return;
    }
}

std::string repeated(const std::string& text, std::size_t about) {
    std::string out;
    while (out.size() < about) out += text;
    return out;
}

class LargeRequests : public ::testing::Test {
protected:
    LargeRequests() {
        options.max_body_bytes = 224 << 10;  // as the web server of `serve` has it
        server = std::make_unique<RunningServer>(world.context, clock, options,
                                                 [this](ServerRequest) -> asio::awaitable<ServerResponse> {
                                                     ++handled;
                                                     co_return text_response(200, "");
                                                 });
    }
    // The status lines of all answers to this, one after another: "413", "200 400".
    std::string answers_to(std::string head, std::string piece) {
        auto exchange = [this](std::string begin, std::string more) -> asio::awaitable<std::string> {
            auto socket = std::make_shared<tcp::socket>(co_await asio::this_coro::executor);
            const tcp::endpoint endpoint(asio::ip::make_address("127.0.0.1"), server->port());
            co_await socket->async_connect(endpoint, asio::use_awaitable);
            asio::co_spawn(world.context, pour(socket, std::move(begin), std::move(more)), asio::detached);
            std::string statuses;
            for (;;) {
                const std::string answer = co_await read_head(*socket);
                if (answer.empty()) break;
                if (!statuses.empty()) statuses += " ";
                statuses += answer.substr(9, 3);
                if (answer.find("Connection: close") != std::string::npos) break;
                const auto length = answer.find("Content-Length: ");
                co_await read_exactly(*socket, std::stoul(answer.substr(length + 16)));
            }
            co_await until_closed(*socket);
            co_return statuses;
        };
        std::string statuses = run(world.context, exchange(std::move(head), std::move(piece)));
        while (server->connections() > 0) {
            world.context.restart();
            world.context.run_one();
        }
        return statuses;
    }

    podbrief::testing::ManualClock clock;  // never moves: no deadline ends anything here
    World world;
    ServerOptions options;
    int handled = 0;
    std::unique_ptr<RunningServer> server;
};

TEST_F(LargeRequests, AreRefusedEarlyInWhateverFormTheyCome) {
    const std::string x16k(16 << 10, 'x');
    const auto post = [](const std::string& lines) { return "POST / HTTP/1.1\r\nHost: a\r\n" + lines + "\r\n"; };
    const struct {
        const char* name;
        std::string head;
        std::string piece;
        const char* expected;
    } cases[] = {
        {"100 MB as declared", post("Content-Length: 100000000\r\n"), x16k, "413"},
        {"a length of 64 bits", post("Content-Length: 18446744073709551615\r\n"), x16k, "413"},
        {"one byte more than allowed", post("Content-Length: 229377\r\n"), x16k, "413"},
        // The request is served as it says; what comes behind it is another one, without end.
        {"a length that lies: more comes", post("Content-Length: 16384\r\n"), x16k, "200 431"},
        {"one chunk of 100 MB", post("Transfer-Encoding: chunked\r\n") + "5f5e100\r\n", x16k, "413"},
        {"chunks of 1,000 bytes", post("Transfer-Encoding: chunked\r\n"),
         repeated("3e8\r\n" + std::string(1'000, 'x') + "\r\n", 10'000), "413"},
        {"chunks of one byte", post("Transfer-Encoding: chunked\r\n"), repeated("1\r\nx\r\n", 10'000), "413"},
        {"a chunk's extension without end", post("Transfer-Encoding: chunked\r\n") + "1;x=", x16k, "413"},
        {"a chunk's size without end", post("Transfer-Encoding: chunked\r\n"), repeated("0", 10'000), "413"},
        {"a compressed body", post("Content-Encoding: gzip\r\nContent-Length: 1000\r\n"), x16k, "415"},
        {"a compressed body in chunks", post("Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n"), x16k, "415"},
        {"a header without end", "POST / HTTP/1.1\r\nHost: a\r\nX: ", x16k, "431"},
        {"headers without end", "POST / HTTP/1.1\r\nHost: a\r\n", repeated("X: y\r\n", 10'000), "431"},
        {"a target without end", "POST /", x16k, "431"},
    };
    for (const auto& c : cases) {
        SCOPED_TRACE(c.name);
        const std::uint64_t before = server->figures().bytes_received;
        handled = 0;
        EXPECT_EQ(answers_to(c.head, c.piece), c.expected);
        const bool first_served = std::string(c.expected).starts_with("200");
        const std::size_t of_it = first_served ? c.head.size() + x16k.size() : 0;
        EXPECT_LE(server->figures().bytes_received - before, of_it + (256U << 10));
        EXPECT_EQ(handled, first_served ? 1 : 0);
    }
}

TEST_F(LargeRequests, ABodyThatEndsBeforeItsDeclaredLengthIsNeverHandedOn) {
    const std::string answer = run(
        world.context, raw_exchange(server->port(), "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nhalf"));
    EXPECT_EQ(answer, "");
    EXPECT_EQ(handled, 0);
}

}  // namespace
}  // namespace podbrief::net::testing
