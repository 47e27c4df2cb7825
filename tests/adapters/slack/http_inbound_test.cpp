// Requests that are not Slack's, or not whole, have no effect.
#include <gtest/gtest.h>

#include "adapters/slack/verify.hpp"
#include "adapters/slack/wire.hpp"
#include "tests/adapters/slack/world.hpp"

namespace podbrief::slack {
namespace {

class SlackHttp : public ::testing::Test {
protected:
    ServerRequest request(std::string path, std::string body, const std::string& secret = {}) {
        ServerRequest out;
        out.method = "POST";
        out.target = std::move(path);
        const std::string at = std::to_string(to_ms(world.clock.wall_now()) / 1000);
        const std::string& key = secret.empty() ? world.server_options_.signing_secret : secret;
        out.headers = {{"X-Slack-Request-Timestamp", at}, {"X-Slack-Signature", signature_of(key, at, body)}};
        out.body = std::move(body);
        return out;
    }
    int status(ServerRequest r) { return world.request(std::move(r)).status; }
    World world{World::Mode::http};
};

TEST_F(SlackHttp, TheSetupProbeIsAnsweredWithItsChallenge) {
    const auto answer = world.request(
        request("/slack/events", R"({"type":"url_verification","token":"x","challenge":"3eZbrw1aBm2r"})"));
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.body, "3eZbrw1aBm2r");
    EXPECT_EQ(status(request("/slack/events", R"({"type":"url_verification","challenge":"<script>"})")), 400);
    EXPECT_EQ(status(request("/slack/commands", "ssl_check=1&token=x")), 200);
    EXPECT_EQ(status(request("/slack/interactivity", "ssl_check=1&token=x")), 200);
    EXPECT_EQ(world.intake.asked, 0);
}

// RELIABILITY (c) H 85, 87, 89.
TEST_F(SlackHttp, WhatSlackDidNotSignIsRefusedEverywhere) {
    for (const char* path : {"/slack/events", "/slack/commands", "/slack/interactivity"}) {
        auto unsigned_one = request(path, "{}");
        unsigned_one.headers.clear();
        EXPECT_EQ(status(unsigned_one), 401);
        EXPECT_EQ(status(request(path, "{}", "another secret")), 401);
        auto old = request(path, "{}");
        world.pass(Millis{301'000});
        EXPECT_EQ(status(old), 401);
        auto by_get = request(path, "{}");
        by_get.method = "GET";
        EXPECT_EQ(status(by_get), 405);
        EXPECT_EQ(status(request(path, std::string(longest_request + 1, ' '))), 413);
    }
    EXPECT_EQ(world.counts.requests("unsigned"), 3);
    EXPECT_EQ(world.counts.requests("forged"), 3);
    EXPECT_EQ(world.counts.requests("stale"), 3);
    EXPECT_EQ(world.counts.requests("wrong_method"), 3);
    EXPECT_EQ(world.counts.requests("oversized"), 3);
    EXPECT_EQ(world.intake.asked, 0);
}

// RELIABILITY (c) H 90: signed, and yet not to be read.
TEST_F(SlackHttp, BrokenBodiesAreRefusedWithoutEffect) {
    const std::string deep = std::string(100'000, '[') + std::string(100'000, ']');
    const std::string deep_objects = [] {
        std::string out;
        for (int i = 0; i < 1'000; ++i) out += R"({"a":)";
        return out + "1" + std::string(1'000, '}');
    }();
    for (const std::string& body :
         {std::string(), std::string("{"), std::string("[]"), std::string("\"x\""), deep, deep_objects,
          std::string("{\"type\":\"event_callback\"}"), std::string("{\"type\":1}"),
          std::string("{\"type\":\"event_callback\",\"type\":\"url_verification\"}"),
          std::string("{\"type\":\"\xFF\"}"), std::string("{\"a\":\"\0\"}", 9),
          std::string("{\"event\":[],\"type\":\"event_callback\",\"team_id\":\"T1\"}"),
          std::string(R"({"type":"event_callback","team_id":"T1/../x","event_id":"E","event":{}})")}) {
        EXPECT_EQ(status(request("/slack/events", body)), 400) << body.substr(0, 60);
    }
    for (const std::string& body : {std::string("payload=%"), std::string("payload={"), std::string("x=1"),
                                    "payload=" + deep, std::string("payload={\"type\":\"block_actions\"}")}) {
        EXPECT_EQ(status(request("/slack/interactivity", body)), 400) << body.substr(0, 60);
    }
    for (const std::string& body : {std::string("%zz"), std::string("text=x"), std::string("team_id=T1&user_id=U1"),
                                    std::string("team_id=T1&user_id=U%0A1&channel_id=C1&trigger_id=1")}) {
        EXPECT_EQ(status(request("/slack/commands", body)), 400) << body;
    }
    EXPECT_EQ(world.intake.asked, 0);
}

TEST_F(SlackHttp, WhatComesInIsBoundedAndInert) {
    std::string text;
    for (int i = 0; i < 30'000; ++i) text += "\u202Eab";
    const std::string event = R"({"type":"event_callback","team_id":"T1","event_id":"Ev1","event":{"type":"message",)"
                              R"("channel_type":"im","channel":"D1","user":"U1","ts":"1.000100","text":")" +
                              text + R"("}})";
    EXPECT_EQ(status(request("/slack/events", event)), 200);
    ASSERT_EQ(world.intake.kept.size(), 1U);
    EXPECT_EQ(world.intake.kept[0].text.size(), 2'000U);
    EXPECT_EQ(world.intake.kept[0].text.find("\u202E"), std::string::npos);
    EXPECT_EQ(status(request("/slack/commands", to_form({{"team_id", "T1"},
                                                         {"user_id", "U1"},
                                                         {"channel_id", "C1"},
                                                         {"trigger_id", "1.2.3"},
                                                         {"text", "a\nb"}}))),
              200);
    EXPECT_LE(world.intake.kept[1].event_id.size(), 200U);
}

TEST_F(SlackHttp, RateLimitedEventsAndUnknownOnesAreAcknowledged) {
    EXPECT_EQ(status(request("/slack/events", R"({"type":"app_rate_limited","team_id":"T1","minute_rate_limited":1})")),
              200);
    EXPECT_EQ(world.counts.requests("rate_limited"), 1);
    EXPECT_EQ(status(request("/slack/events", R"({"type":"something_new"})")), 200);
    EXPECT_EQ(
        status(request("/slack/events",
                       R"({"type":"event_callback","team_id":"T1","event_id":"E","event":{"type":"reaction_added"}})")),
        200);
    EXPECT_EQ(world.intake.asked, 0);
}

}  // namespace
}  // namespace podbrief::slack
