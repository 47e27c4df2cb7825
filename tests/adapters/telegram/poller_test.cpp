#include <nlohmann/json.hpp>

#include "tests/adapters/telegram/world.hpp"

namespace podbrief::telegram_test {
namespace {

using namespace std::chrono_literals;

class TelegramPolling : public ::testing::Test {
protected:
    // The fields of the latest call of that method.
    nlohmann::json latest(const std::string& method) {
        nlohmann::json out;
        for (const HttpRequest& request : world.bridge.sent()) {
            if (request.url.ends_with("/" + method)) out = nlohmann::json::parse(request.body);
        }
        return out;
    }
    HttpRequest latest_request(const std::string& method) {
        HttpRequest out;
        for (const HttpRequest& request : world.bridge.sent()) {
            if (request.url.ends_with("/" + method)) out = request;
        }
        return out;
    }
    std::vector<std::string> texts() const {
        std::vector<std::string> out;
        for (const Incoming& in : world.intake.kept) out.push_back(in.text);
        return out;
    }
    TelegramWorld world;
};

TEST_F(TelegramPolling, AsksForItsNameAndThenForUpdates) {
    world.run();
    world.pass(1s);
    ASSERT_GE(world.methods().size(), 2U);
    EXPECT_EQ(world.methods()[0], "getMe");
    EXPECT_EQ(world.methods()[1], "getUpdates");
    const auto asked = latest("getUpdates");
    EXPECT_EQ(asked["timeout"], 50);
    EXPECT_FALSE(asked.contains("offset"));
    EXPECT_EQ(asked["allowed_updates"],
              nlohmann::json::array({"message", "callback_query", "my_chat_member", "channel_post"}));
    EXPECT_EQ(latest_request("getUpdates").deadline, Millis{60'000}) << "longer than Telegram holds the answer back";
}

TEST_F(TelegramPolling, ConfirmsWhatWasKept) {
    world.run();
    world.server.say(TelegramWorld::ann, "brief");
    world.server.say(TelegramWorld::bob, "saved");
    world.pass(2s);
    EXPECT_EQ(texts(), (std::vector<std::string>{"brief", "saved"}));
    EXPECT_EQ(latest("getUpdates")["offset"], 103);
    EXPECT_EQ(world.server.updates().pending(), 0U);
    world.pass(100s);
    world.server.say(TelegramWorld::ann, "why 1");
    world.pass(1s);
    EXPECT_EQ(texts().size(), 3U);
}

// RELIABILITY 95: nothing is confirmed that was not kept.
TEST_F(TelegramPolling, WhatCannotBeKeptIsAskedForAgain) {
    world.server.say(TelegramWorld::ann, "first");
    world.server.say(TelegramWorld::ann, "second");
    world.intake.unavailable = 2;
    world.run();
    world.pass(300ms);
    EXPECT_TRUE(world.intake.kept.empty());
    EXPECT_EQ(world.server.updates().pending(), 2U);
    world.pass(30s);
    EXPECT_EQ(texts(), (std::vector<std::string>{"first", "second"}));
    EXPECT_EQ(world.server.updates().pending(), 0U);
}

TEST_F(TelegramPolling, AfterACrashTheLastBatchComesAgainAndIsKnown) {
    world.server.say(TelegramWorld::ann, "brief");
    world.order(FaultKind::reset, "getupdates", true);  // carried out, the answer is lost
    world.run();
    world.pass(30s);
    EXPECT_EQ(texts(), (std::vector<std::string>{"brief"}));
}

// RELIABILITY 88.
TEST_F(TelegramPolling, IdsThatRestartFromAnywhereAreTaken) {
    world.server.updates().skip_ids(1'000'000);
    world.server.say(TelegramWorld::ann, "brief");
    world.run();
    world.pass(2s);
    EXPECT_EQ(texts().size(), 1U);
    EXPECT_EQ(latest("getUpdates")["offset"], 1'000'102);
}

TEST_F(TelegramPolling, BacksOffFromAnotherPollerAndDoesNotFight) {
    world.run();
    world.pass(1s);
    const auto other = [](TelegramWorld& w) -> asio::awaitable<void> {
        for (int i = 0; i < 60; ++i) {  // it asks every ten seconds
            HttpRequest request;
            request.method = "POST";
            request.url = std::string(TelegramWorld::api) + "/bot" + TelegramWorld::token + "/getUpdates?timeout=9";
            co_await w.bridge.send(std::move(request));
            co_await w.clock.sleep_for(Millis{1'000});
        }
    };
    world.spawn("other", other(world));
    world.pass(600s);
    EXPECT_LE(world.times("getUpdates"), 12) << "in ten minutes";
    EXPECT_FALSE(world.log.errors.empty());
    EXPECT_TRUE(world.log.says("stop the other program"));
    EXPECT_GT(world.metrics.of("podbrief_telegram_polls_total another poller"), 0);
    // When the other one has gone it goes on by itself.
    world.pass(600s);
    world.server.say(TelegramWorld::ann, "brief");
    world.pass(400s);
    EXPECT_EQ(texts().size(), 1U);
}

TEST_F(TelegramPolling, SaysHowToRemoveAWebhookThatIsInTheWay) {
    world.server.updates().set_target({"https://elsewhere.example/x", "s", 40});
    world.run();
    world.pass(200s);
    EXPECT_LE(world.times("getUpdates"), 8);
    EXPECT_TRUE(world.log.says("podbrief platforms setup telegram"));
    EXPECT_GT(world.metrics.of("podbrief_telegram_polls_total webhook is set"), 0);
}

// RELIABILITY 115.
TEST_F(TelegramPolling, StopsWhenTheTokenIsRefused) {
    world.run();
    world.pass(1s);
    world.model.revoke({}, world.clock.wall_now());
    world.pass(3600s);
    EXPECT_EQ(world.metrics.of("podbrief_telegram_polls_total token refused"), 1);
    const int before = world.times("getUpdates");
    world.pass(3600s);
    EXPECT_EQ(world.times("getUpdates"), before);
    EXPECT_EQ(world.running(), 1U) << "the rest of the server goes on";
    EXPECT_TRUE(world.log.says("telegram token refused"));
}

TEST_F(TelegramPolling, PausesLongerAndLongerWhileTelegramIsDown) {
    Trouble::Outage outage;
    outage.platform = "telegram";
    outage.begin = world.clock.wall_now();
    outage.end = outage.begin + 1h;
    outage.kind = Trouble::OutageKind::refuse;
    world.trouble.outage(outage);
    world.run();
    world.pass(3600s);
    const double failed = world.metrics.of("podbrief_telegram_polls_total failed");
    EXPECT_GT(failed, 55);
    EXPECT_LT(failed, 140) << "at most one in half a minute once it has gone on";
    world.server.say(TelegramWorld::ann, "brief");
    world.pass(70s);
    EXPECT_EQ(texts().size(), 1U);
}

// RELIABILITY 70.
TEST_F(TelegramPolling, WaitsAsLongAsTelegramAsks) {
    world.run();
    world.pass(1s);
    world.order(FaultKind::limited, "getupdates", false, Millis{40'000});
    for (const char* text : {"first", "second"}) {  // the first ends the poll that is under way
        world.server.say(TelegramWorld::ann, text);
        world.pass(1s);
    }
    const int before = world.times("getUpdates");
    world.pass(38s);
    EXPECT_EQ(world.times("getUpdates"), before);
    world.pass(3s);
    EXPECT_EQ(world.times("getUpdates"), before + 2) << "what waited, and the next";
    EXPECT_EQ(texts().size(), 2U);
}

// RELIABILITY 78.
TEST_F(TelegramPolling, AnAnswerOfAnotherShapeIsNoBatch) {
    for (const auto kind : {FaultKind::garbage_html, FaultKind::garbage_empty, FaultKind::garbage_json}) {
        world.order(kind, "getupdates");
    }
    world.server.say(TelegramWorld::ann, "brief");
    world.run();
    world.pass(60s);
    EXPECT_EQ(texts(), (std::vector<std::string>{"brief"}));
}

}  // namespace
}  // namespace podbrief::telegram_test
