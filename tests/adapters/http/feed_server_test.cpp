// The client against the feed server that serves real podcasts badly on request: every mode it has.
#include "tests/adapters/http/feed_server.hpp"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/adapters/http/world.hpp"

namespace podbrief::net::testing {
namespace {

class FeedServerTest : public ::testing::Test {
protected:
    static void SetUpTestSuite() {
        if (const auto data = podbrief::testing::shared_data("changelog")) server = std::make_unique<FeedServer>(*data);
    }
    static void TearDownTestSuite() { server.reset(); }
    void SetUp() override {
        if (!server) GTEST_SKIP() << "the shared data (changelog) is not here";
    }

    HttpResult fault(const std::string& mode) { return world.get(server->fault(mode, feed)); }

    static inline std::unique_ptr<FeedServer> server;
    const std::string feed = "/feeds/gotime.xml";
    World world;
};

TEST_F(FeedServerTest, ServesAFeedAndAnswersValidators) {
    const auto first = world.get(server->url(feed));
    ASSERT_TRUE(first) << describe(first);
    EXPECT_EQ(first->body, server->file(feed));
    auto again = get_request(server->url(feed));
    again.headers = {{"If-None-Match", *find_header(first->headers, "ETag")}};
    const auto second = world.send(again);
    ASSERT_TRUE(second);
    EXPECT_EQ(second->status, 304);
    EXPECT_EQ(second->body, "");
    EXPECT_EQ(world.client.figures().connections_opened, 1u);
}

TEST_F(FeedServerTest, GivesTheSameBodyHoweverItIsSent) {
    const std::string expected = server->file(feed);
    for (const auto* mode : {"chunked",  "nolength",    "gzip",      "deflate", "301",      "302",    "303",
                             "307",      "308",         "relative",  "hops-1",  "hops-5",   "noetag", "weaketag",
                             "etagonly", "lastmodonly", "wrongtype", "notype",  "delay-20", "slow"}) {
        const auto result = fault(mode);
        ASSERT_TRUE(result) << mode << ": " << describe(result);
        EXPECT_EQ(result->status, 200) << mode;
        EXPECT_TRUE(result->body == expected) << mode;
    }
}

TEST_F(FeedServerTest, TellsWhereRedirectsLed) {
    const auto moved = fault("301");
    const std::vector<HttpRedirect> once = {{301, server->fault("301", feed), server->url(feed)}};
    EXPECT_EQ(moved->redirects, once);
    EXPECT_EQ(fault("hops-4")->redirects.size(), 4u);
    EXPECT_EQ(fault("relative")->url, server->url(feed));
    for (const auto* mode : {"loop", "hops-6"}) {
        const auto result = fault(mode);
        ASSERT_FALSE(result) << mode;
        EXPECT_EQ(result.error().code, HttpErrc::too_many_redirects) << mode;
    }
}

TEST_F(FeedServerTest, PassesErrorStatusesOnWithTheirHeaders) {
    for (const int status : {400, 401, 403, 404, 410, 500, 502, 503, 429}) {
        const auto result = fault(std::to_string(status));
        ASSERT_TRUE(result) << status;
        EXPECT_EQ(result->status, status);
    }
    EXPECT_EQ(*find_header(fault("503")->headers, "Retry-After"), "1");
    EXPECT_EQ(*find_header(fault("429")->headers, "Retry-After"), "2");
    EXPECT_THAT(*find_header(fault("429-date")->headers, "Retry-After"), ::testing::EndsWith("GMT"));
    EXPECT_EQ(fault("flaky-2")->status, 503);
    EXPECT_EQ(fault("flaky-2")->status, 503);
    EXPECT_EQ(fault("flaky-2")->status, 200);
    EXPECT_EQ(fault("limit-0")->status, 429);
    EXPECT_EQ(fault("stale304")->status, 304);
    EXPECT_EQ(fault("no-such-mode")->status, 404);
}

TEST_F(FeedServerTest, TakesNoHalfAnswerForAWholeOne) {
    const struct {
        const char* mode;
        HttpErrc code;
    } cases[] = {
        {"truncated", HttpErrc::connection_lost},
        {"reset", HttpErrc::connection_lost},
        {"badchunk", HttpErrc::malformed},
        {"badgzip", HttpErrc::malformed},
    };
    for (const auto& c : cases) {
        const auto result = fault(c.mode);
        ASSERT_FALSE(result) << c.mode;
        EXPECT_EQ(to_string(result.error().code), to_string(c.code)) << c.mode << ": " << describe(result);
    }
}

TEST_F(FeedServerTest, LeavesServersThatSayNothingMore) {
    for (const auto& [mode, stage] :
         {std::pair{"hang", "waiting for the answer"}, std::pair{"stall", "reading the answer"}}) {
        auto request = get_request(server->fault(mode, feed));
        request.deadline = Millis{300};
        const auto result = world.send(request);
        ASSERT_FALSE(result) << mode;
        EXPECT_EQ(result.error().code, HttpErrc::timed_out);
        EXPECT_EQ(result.error().detail, fmt::format("127.0.0.1: took longer than 0.3 s ({})", stage));
        EXPECT_EQ(result.error().handed_over, HandedOver::maybe_executed);
    }
}

TEST_F(FeedServerTest, CutsAHugeAnswer) {
    const auto result = fault("huge");
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code, HttpErrc::too_large);
}

TEST_F(FeedServerTest, PassesOddTextsOnAsTheyAre) {
    EXPECT_THAT(fault("bom")->body, ::testing::StartsWith("\xEF\xBB\xBF<?xml"));
    EXPECT_THAT(fault("utf16")->body, ::testing::StartsWith("\xFF\xFE"));
    EXPECT_THAT(fault("latin1")->body, ::testing::HasSubstr("ISO-8859-1"));
    EXPECT_THAT(fault("liar")->body, ::testing::HasSubstr("ISO-8859-1"));
    EXPECT_THAT(fault("html")->body, ::testing::StartsWith("<!DOCTYPE html>"));
    EXPECT_EQ(fault("empty")->body, "");
}

}  // namespace
}  // namespace podbrief::net::testing
