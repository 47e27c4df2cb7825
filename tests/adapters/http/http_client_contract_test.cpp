// The contract of HttpClient, kept by the real client and by the scripted one that stands in for it.
#include "tests/contract/http_client_contract.hpp"

#include <boost/asio/this_coro.hpp>
#include <set>

#include "tests/adapters/http/running_server.hpp"
#include "tests/adapters/http/world.hpp"
#include "tests/doubles/scripted_http.hpp"
#include "tests/support/manual_clock.hpp"

namespace podbrief::net::testing {
namespace {

namespace pt = podbrief::testing;

class RealWorld {
public:
    asio::io_context& context() { return world_.context; }
    HttpClient& client() { return world_.client; }
    std::string url(const std::string& path) const { return server_.url(path); }
    bool was_asked(const std::string& path) const { return asked_.contains(path); }
    void pass_time() {}

private:
    static ServerResponse redirect(int status, const std::string& location) {
        ServerResponse out = text_response(status, "");
        out.headers.push_back({"Location", location});
        return out;
    }

    asio::awaitable<ServerResponse> answer(ServerRequest request) {
        const std::string path(request.path());
        asked_.insert(path);
        if (path == "/hello") {
            ServerResponse out = text_response(200, "hello");
            out.headers.push_back({"X-Answer", "yes"});
            co_return out;
        }
        if (path == "/echo") {
            const auto* question = find_header(request.headers, "X-Question");
            co_return text_response(200, (question != nullptr ? *question : "") + " " + request.body);
        }
        if (path == "/moved") co_return redirect(301, url("/hello"));
        if (path == "/relative") co_return redirect(302, "hello");
        if (path == "/post302") co_return redirect(302, "/echo");
        if (path == "/post307") co_return redirect(307, "/echo");
        if (path == "/loop") co_return redirect(302, url("/loop"));
        if (path == "/file") co_return redirect(302, "file:///etc/passwd");
        if (path == "/big") co_return text_response(200, std::string(100'000, 'x'));
        if (path == "/hang") {
            asio::steady_timer timer(co_await asio::this_coro::executor, asio::steady_timer::time_point::max());
            co_await timer.async_wait(asio::use_awaitable);
        }
        co_return text_response(404, "missing");
    }

    World world_;
    std::set<std::string> asked_;
    RunningServer server_{
        world_.context, world_.real_clock, {}, [this](ServerRequest request) { return answer(std::move(request)); }};
};

class ScriptedWorld {
public:
    ScriptedWorld() {
        client_.on(url("/hello"), pt::answer_with("hello", {{"X-Answer", "yes"}}));
        client_.on(url("/echo"), [](const HttpRequest& request, int) -> HttpResult {
            const auto* question = find_header(request.headers, "X-Question");
            return pt::answer_with((question != nullptr ? *question : "") + " " + request.body);
        });
        client_.on(url("/missing"), pt::answer_with("missing", {}, 404));
        client_.on(url("/moved"), pt::redirect_to(url("/hello"), 301));
        client_.on(url("/relative"), pt::redirect_to("hello"));
        client_.on(url("/post302"), pt::redirect_to("/echo"));
        client_.on(url("/post307"), pt::redirect_to("/echo", 307));
        client_.on(url("/loop"), pt::redirect_to(url("/loop")));
        client_.on(url("/file"), pt::redirect_to("file:///etc/passwd"));
        client_.on(url("/big"), pt::answer_with(std::string(100'000, 'x')));
        client_.hang(url("/hang"));
    }
    asio::io_context& context() { return context_; }
    HttpClient& client() { return client_; }
    std::string url(const std::string& path) const { return "http://feeds.test" + path; }
    bool was_asked(const std::string& path) const { return client_.times(url(path)) > 0; }
    void pass_time() { clock_.advance_to_next(); }

private:
    asio::io_context context_;
    pt::ManualClock clock_;
    pt::ScriptedHttp client_{clock_};
};

using Worlds = ::testing::Types<RealWorld, ScriptedWorld>;

}  // namespace
}  // namespace podbrief::net::testing

namespace podbrief::contract {
INSTANTIATE_TYPED_TEST_SUITE_P(HttpClients, HttpClientContract, podbrief::net::testing::Worlds);
}

namespace podbrief::testing {
namespace {

TEST(ScriptedHttp, AnswersByTurnAfterADelayAndKeepsALog) {
    asio::io_context context;
    ManualClock clock;
    ScriptedHttp http(clock);
    const auto by_turn = [](const HttpRequest&, int nth) -> HttpResult {
        if (nth == 1) return answer_with("busy", {}, 503);
        if (nth == 2) return fail_with(HttpErrc::connection_lost, HandedOver::maybe_executed);
        return answer_with("here");
    };
    http.on("http://a.test/feed", by_turn, Millis{2'000});
    const auto start = clock.wall_now();
    const auto send = [&] {
        HttpRequest request;
        request.url = "http://a.test/feed";
        std::optional<HttpResult> out;
        asio::co_spawn(context, http.send(request), [&](std::exception_ptr, HttpResult result) { out = result; });
        context.restart();
        context.poll();
        EXPECT_FALSE(out);
        clock.advance(Millis{2'000});
        context.restart();
        context.poll();
        return out.value();
    };
    EXPECT_EQ(send()->status, 503);
    const auto lost = send();
    EXPECT_EQ(lost.error().detail, "a.test: connection lost");
    EXPECT_EQ(lost.error().handed_over, HandedOver::maybe_executed);
    EXPECT_EQ(send()->body, "here");
    ASSERT_EQ(http.log().size(), 3u);
    EXPECT_EQ(http.times("http://a.test/feed"), 3);
    EXPECT_EQ(http.log()[2].at - start, Millis{4'000});
    HttpRequest other;
    other.url = "http://b.test/";
    EXPECT_EQ(run(context, http.send(other))->status, 404);
}

}  // namespace
}  // namespace podbrief::testing
