#pragma once
#include <gtest/gtest.h>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/system_error.hpp>
#include <memory>
#include <string>

#include "core/ports/http_client.hpp"
#include "tests/support/run.hpp"

// What every HttpClient does, the real one and the scripted one. A World is a network with these addresses:
//   /hello    200, "hello", header "X-Answer: yes"
//   /echo     200, the value of the request's header X-Question, a blank, and its body
//   /missing  404, "missing"
//   /moved    301 to /hello, absolute
//   /relative 302 to "hello"
//   /post302  302 to /echo, whatever the method       /post307  307 to /echo
//   /loop     302 to itself
//   /file     302 to file:///etc/passwd
//   /big      200, 100,000 bytes
//   /hang     never answers
// and: asio::io_context& context(); HttpClient& client(); std::string url(path);
//      bool was_asked(path): a request for it has arrived;
//      void pass_time(): called again and again while a test waits for a deadline (a manual clock goes on here).
namespace podbrief::contract {

template <class World>
class HttpClientContract : public ::testing::Test {
protected:
    HttpRequest request(const std::string& path) {
        HttpRequest out;
        out.url = world.url(path);
        return out;
    }

    HttpResult send(HttpRequest request) {
        return podbrief::testing::run(world.context(), world.client().send(std::move(request)));
    }

    // Sends, and passes time until there is a result.
    struct Watched {
        HttpResult result;
        bool aborted = false;
    };
    Watched send_and_watch(HttpRequest request, asio::cancellation_signal& cancel,
                           const std::string& cancel_when_asked) {
        Watched out;
        bool done = false;
        auto keep = [&](std::exception_ptr failure, HttpResult result) {
            done = true;
            out.result = std::move(result);
            try {
                if (failure) std::rethrow_exception(failure);
            } catch (const boost::system::system_error& error) {
                out.aborted = error.code() == asio::error::operation_aborted;
            }
        };
        asio::co_spawn(world.context(), world.client().send(std::move(request)),
                       asio::bind_cancellation_slot(cancel.slot(), keep));
        const auto ended = [&done] { return done; };
        auto watch = [&]() -> asio::awaitable<void> {
            while (!ended()) {
                if (cancel_when_asked.empty()) {
                    world.pass_time();
                } else if (world.was_asked(cancel_when_asked)) {
                    cancel.emit(asio::cancellation_type::terminal);
                }
                co_await asio::post(world.context(), asio::use_awaitable);
            }
        };
        podbrief::testing::run(world.context(), watch());
        return out;
    }

    World world;
};

TYPED_TEST_SUITE_P(HttpClientContract);

TYPED_TEST_P(HttpClientContract, GivesStatusHeadersBodyAndAddress) {
    const auto result = this->send(this->request("/hello"));
    ASSERT_TRUE(result) << result.error().detail;
    EXPECT_EQ(result->status, 200);
    EXPECT_EQ(result->body, "hello");
    EXPECT_EQ(result->url, this->world.url("/hello"));
    EXPECT_TRUE(result->redirects.empty());
    ASSERT_NE(find_header(result->headers, "x-answer"), nullptr);
    EXPECT_EQ(*find_header(result->headers, "x-answer"), "yes");
}

TYPED_TEST_P(HttpClientContract, PassesHeadersAndBodyOn) {
    auto request = this->request("/echo");
    request.method = "POST";
    request.headers = {{"X-Question", "why?"}};
    request.body = "because";
    EXPECT_EQ(this->send(request)->body, "why? because");
}

TYPED_TEST_P(HttpClientContract, TakesAnErrorStatusForAnAnswer) {
    const auto result = this->send(this->request("/missing"));
    ASSERT_TRUE(result);
    EXPECT_EQ(result->status, 404);
    EXPECT_EQ(result->body, "missing");
}

TYPED_TEST_P(HttpClientContract, LeavesTheBodyOutForHead) {
    auto request = this->request("/hello");
    request.method = "HEAD";
    const auto result = this->send(request);
    ASSERT_TRUE(result);
    EXPECT_EQ(result->status, 200);
    EXPECT_EQ(result->body, "");
}

TYPED_TEST_P(HttpClientContract, SendsNothingThatIsCalledOff) {
    ASSERT_TRUE(this->send(this->request("/hello")));  // a connection that is there already
    auto request = this->request("/echo");
    request.method = "POST";
    request.headers = {{"X-Question", "why?"}};
    request.body = "because";
    bool allowed = false;
    request.may_begin = [&allowed] { return allowed; };
    const auto refused = this->send(request);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, HttpErrc::called_off);
    EXPECT_EQ(refused.error().handed_over, HandedOver::nothing);
    EXPECT_EQ(refused.error().bytes_handed_over, 0u);
    allowed = true;
    EXPECT_EQ(this->send(request)->body, "why? because");
}

TYPED_TEST_P(HttpClientContract, FollowsRedirectsAndTellsTheWay) {
    const auto moved = this->send(this->request("/moved"));
    ASSERT_TRUE(moved) << moved.error().detail;
    EXPECT_EQ(moved->body, "hello");
    EXPECT_EQ(moved->url, this->world.url("/hello"));
    const std::vector<HttpRedirect> way = {{301, this->world.url("/moved"), this->world.url("/hello")}};
    EXPECT_EQ(moved->redirects, way);
    const auto relative = this->send(this->request("/relative"));
    ASSERT_TRUE(relative);
    EXPECT_EQ(relative->url, this->world.url("/hello"));
}

TYPED_TEST_P(HttpClientContract, KeepsAPostOnlyWhereTheStatusSaysSo) {
    for (const auto& [path, body] : {std::pair{"/post302", " "}, std::pair{"/post307", " body"}}) {
        auto request = this->request(path);
        request.method = "POST";
        request.body = "body";
        const auto result = this->send(request);
        ASSERT_TRUE(result) << path;
        EXPECT_EQ(result->body, body) << path;
    }
}

TYPED_TEST_P(HttpClientContract, GivesTheRedirectItselfWhereNoneIsAllowed) {
    auto request = this->request("/moved");
    request.max_redirects = 0;
    const auto result = this->send(request);
    ASSERT_TRUE(result);
    EXPECT_EQ(result->status, 301);
    EXPECT_EQ(*find_header(result->headers, "Location"), this->world.url("/hello"));
    EXPECT_TRUE(result->redirects.empty());
}

TYPED_TEST_P(HttpClientContract, StopsInALoopAndAtOtherSchemes) {
    const auto loop = this->send(this->request("/loop"));
    ASSERT_FALSE(loop);
    EXPECT_EQ(loop.error().code, HttpErrc::too_many_redirects);
    const auto file = this->send(this->request("/file"));
    ASSERT_FALSE(file);
    EXPECT_EQ(file.error().code, HttpErrc::blocked);
}

TYPED_TEST_P(HttpClientContract, CutsABodyAtTheLimit) {
    auto request = this->request("/big");
    request.max_body_bytes = 100'000;
    ASSERT_TRUE(this->send(request));
    request.max_body_bytes = 99'999;
    const auto result = this->send(request);
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, HttpErrc::too_large);
    EXPECT_FALSE(result.error().detail.empty());
}

TYPED_TEST_P(HttpClientContract, RefusesWhatIsNoHttpUrl) {
    for (const auto* url : {"", "feed.xml", "ftp://example.com/", "file:///etc/passwd"}) {
        HttpRequest request;
        request.url = url;
        const auto result = this->send(request);
        ASSERT_FALSE(result) << url;
        EXPECT_EQ(result.error().code, HttpErrc::bad_url);
        EXPECT_EQ(result.error().handed_over, HandedOver::nothing);
    }
}

TYPED_TEST_P(HttpClientContract, EndsAtTheDeadline) {
    auto request = this->request("/hang");
    request.deadline = Millis{150};
    asio::cancellation_signal never;
    const auto watched = this->send_and_watch(request, never, "");
    ASSERT_FALSE(watched.aborted);
    ASSERT_FALSE(watched.result);
    EXPECT_EQ(watched.result.error().code, HttpErrc::timed_out);
    EXPECT_FALSE(watched.result.error().detail.empty());
}

TYPED_TEST_P(HttpClientContract, CanBeCancelled) {
    asio::cancellation_signal cancel;
    auto request = this->request("/hang");
    request.deadline = Millis{3'600'000};
    EXPECT_TRUE(this->send_and_watch(request, cancel, "/hang").aborted);
    EXPECT_TRUE(this->send(this->request("/hello")));
}

REGISTER_TYPED_TEST_SUITE_P(HttpClientContract, GivesStatusHeadersBodyAndAddress, PassesHeadersAndBodyOn,
                            TakesAnErrorStatusForAnAnswer, LeavesTheBodyOutForHead, SendsNothingThatIsCalledOff,
                            FollowsRedirectsAndTellsTheWay, KeepsAPostOnlyWhereTheStatusSaysSo,
                            GivesTheRedirectItselfWhereNoneIsAllowed, StopsInALoopAndAtOtherSchemes,
                            CutsABodyAtTheLimit, RefusesWhatIsNoHttpUrl, EndsAtTheDeadline, CanBeCancelled);

}  // namespace podbrief::contract
