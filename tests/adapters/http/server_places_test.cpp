// RELIABILITY row 92: who is slow, or says nothing, keeps nobody else from being served.
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <boost/asio/write.hpp>

#include "adapters/http/farewell.hpp"
#include "tests/adapters/http/running_server.hpp"
#include "tests/adapters/http/world.hpp"
#include "tests/support/manual_clock.hpp"

namespace podbrief::net::testing {
namespace {

using namespace std::chrono_literals;
using podbrief::testing::ManualClock;

// How many files this process may have open, its limit raised as far as it may be.
std::size_t open_files_allowed() {
    rlimit limit{};
    ::getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &limit);
    ::getrlimit(RLIMIT_NOFILE, &limit);
    return limit.rlim_cur;
}

class ServerPlaces : public ::testing::Test {
protected:
    void serve(std::size_t places) {
        ServerOptions options;
        options.max_connections = places;
        server = std::make_unique<RunningServer>(
            world.context, clock, options,
            [this](ServerRequest request) -> asio::awaitable<ServerResponse> { return answer(std::move(request)); });
    }
    asio::awaitable<ServerResponse> answer(ServerRequest request) {
        ++handled;
        if (request.path() == "/work") co_await clock.sleep_for(5s);
        if (request.path() == "/large") co_return text_response(200, std::string(64 << 20, 'x'));  // no buffer holds it
        co_return text_response(200, "done");
    }
    // Somebody who connects, says so much and then nothing.
    tcp::socket connect(const std::string& said) {
        tcp::socket socket(world.context);
        socket.connect(tcp::endpoint(asio::ip::make_address("127.0.0.1"), server->port()));
        if (!said.empty()) asio::write(socket, asio::buffer(said));
        return socket;
    }
    void until(const std::function<bool()>& done) {
        while (!done()) {
            world.context.restart();
            if (world.context.run_one_for(60s) == 0) throw std::runtime_error("nothing happens");
        }
    }
    // What there is to read, until the other side closes; nullopt: it has not closed.
    std::optional<std::string> all_of(tcp::socket& socket) {
        socket.non_blocking(true);
        std::string out;
        char space[4096];
        for (;;) {
            boost::system::error_code failure;
            const std::size_t count = socket.read_some(asio::buffer(space), failure);
            out.append(space, count);
            if (failure == asio::error::would_block) return std::nullopt;
            if (failure) return out;
        }
    }
    std::string ask(const std::string& path = "/") {
        const auto result = world.send(get_request(server->url(path)));
        return result ? fmt::format("{} {}", result->status, result->body) : describe(result);
    }

    ManualClock clock;  // moves only where a test says so: until then no deadline ends anything
    World world;
    int handled = 0;
    std::unique_ptr<RunningServer> server;
};

TEST_F(ServerPlaces, WhoAsksIsServedWhileSlowOnesOccupyEveryPlace) {
    serve(8);
    const char* said[] = {
        "", "G", "GET / HTTP/1.1\r\nHost: a\r\nX: ", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nhalf"};
    std::vector<tcp::socket> slow;
    for (int round = 0; round < 20; ++round) {
        for (int i = 0; i < 12; ++i) slow.push_back(connect(said[i % 4]));
        until([&] { return server->figures().accepted == 13 * static_cast<std::uint64_t>(round) + 12; });
        EXPECT_EQ(server->connections(), 8U);
        EXPECT_EQ(ask(), "200 done");
        EXPECT_LE(server->connections(), 8U);
    }
    EXPECT_EQ(handled, 20);
    EXPECT_EQ(server->figures().turned_away, 0U);
    EXPECT_EQ(server->figures().shed, 13U * 20 - 8) << "all but those that sit there now";
}

TEST_F(ServerPlaces, WhoHasWaitedLongestLosesItsPlace) {
    serve(3);
    std::vector<tcp::socket> waiting;
    for (int i = 0; i < 3; ++i) {
        waiting.push_back(connect(""));
        until([&] { return server->connections() == waiting.size(); });
    }
    // The first asks something, and waits anew from then on: the second is the one that has waited longest.
    asio::write(waiting[0], asio::buffer(std::string("GET / HTTP/1.1\r\nHost: a\r\n\r\n")));
    until([&] { return handled == 1 && waiting[0].available() > 0; });
    tcp::socket newcomer = connect("");
    until([&] { return server->figures().shed == 1; });
    EXPECT_EQ(all_of(waiting[0]), std::nullopt);
    EXPECT_EQ(all_of(waiting[1]), "") << "closed, without a word";
    EXPECT_EQ(all_of(waiting[2]), std::nullopt);
    EXPECT_EQ(all_of(newcomer), std::nullopt);
}

TEST_F(ServerPlaces, WhoIsAtWorkKeepsItsPlaceAndANewcomerIsTurnedAway) {
    serve(3);
    std::vector<tcp::socket> working;
    for (int i = 0; i < 3; ++i) working.push_back(connect("GET /work HTTP/1.1\r\nHost: a\r\n\r\n"));
    until([&] { return handled == 3; });
    EXPECT_EQ(ask(), "503 ");
    EXPECT_EQ(server->figures().turned_away, 1U);
    EXPECT_EQ(server->figures().shed, 0U);
    clock.advance(5s);
    for (tcp::socket& socket : working) {
        until([&] { return socket.available() > 0; });
        std::string answer(15, '\0');
        socket.read_some(asio::buffer(answer));
        EXPECT_EQ(answer, "HTTP/1.1 200 OK");
    }
    EXPECT_EQ(ask(), "200 done") << "those who were answered wait again";
}

TEST_F(ServerPlaces, WhoSaysAByteASecondIsEndedAtTheDeadlineOfTheRequest) {
    serve(100);
    std::vector<tcp::socket> slow;
    for (int i = 0; i < 50; ++i) slow.push_back(connect("GET / HTTP/1.1\r\nX: "));
    until([&] { return server->connections() == slow.size(); });
    auto settle = [&] {
        for (int i = 0; i < 3; ++i) {
            world.context.restart();
            while (world.context.poll() > 0) {
            }
        }
    };
    for (int second = 1; second <= 9; ++second) {
        for (tcp::socket& socket : slow) asio::write(socket, asio::buffer("x", 1));
        settle();
        clock.advance(1s);
        settle();
        ASSERT_EQ(server->connections(), slow.size()) << "after " << second << " s";
    }
    for (tcp::socket& socket : slow) asio::write(socket, asio::buffer("x", 1));
    settle();
    clock.advance(1s);
    until([&] { return server->figures().refused == slow.size(); });
    settle();
    clock.advance(longest_farewell);
    until([&] { return server->connections() == 0; });
    for (tcp::socket& socket : slow) {
        const auto answer = all_of(socket);
        ASSERT_TRUE(answer);
        EXPECT_TRUE(answer->starts_with("HTTP/1.1 408 Request Timeout\r\n")) << *answer;
    }
}

TEST_F(ServerPlaces, WhoDoesNotReadTheirAnswerIsEndedAtItsDeadline) {
    serve(100);
    std::vector<tcp::socket> slow;
    for (int i = 0; i < 3; ++i) slow.push_back(connect("GET /large HTTP/1.1\r\nHost: x\r\n\r\n"));
    until([&] { return handled == 3; });
    clock.advance(9s);
    EXPECT_EQ(ask(), "200 done") << "others are served meanwhile";
    EXPECT_GE(server->connections(), slow.size());
    clock.advance(2s);
    until([&] { return server->connections() <= 1; });  // the one that was answered may wait
}

// The real number, at the places that `serve` has. With too low a limit of open files it takes as many as it may have.
TEST_F(ServerPlaces, FiveThousandSlowConnectionsKeepNobodyOut) {
    constexpr std::size_t places = 2'000;
    const std::size_t allowed = open_files_allowed();
    const std::size_t many = std::min<std::size_t>(5'000, allowed > places + 200 ? allowed - places - 200 : 0);
    if (many <= places) GTEST_SKIP() << "no more than " << allowed << " files may be open (ulimit -n)";
    if (many < 5'000) std::cout << "only " << many << " connections: ulimit -n is " << allowed << "\n";
    serve(places);
    std::vector<tcp::socket> slow;
    std::size_t most = 0;
    int served = 0;
    for (std::size_t i = 1; i <= many; ++i) {
        slow.push_back(connect("GET / HTTP/1.1\r\nHost: a\r\nX: "));
        world.context.restart();
        world.context.poll();
        most = std::max(most, server->connections());
        if (i % 100 == 0 && ask() == "200 done") ++served;
    }
    EXPECT_EQ(served, static_cast<int>(many / 100));
    EXPECT_EQ(most, places);
    EXPECT_EQ(server->figures().turned_away, 0U);
}

}  // namespace
}  // namespace podbrief::net::testing
