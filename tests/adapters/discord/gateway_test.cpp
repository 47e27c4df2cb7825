// The whole way by the gateway: no public URL.
#include <gtest/gtest.h>

#include "adapters/discord/gateway_session.hpp"
#include "tests/adapters/discord/world.hpp"

namespace podbrief::discord {
namespace {

class DiscordGateway : public ::testing::Test {
protected:
    void SetUp() override {
        world.start();
        ASSERT_TRUE(connected());
    }
    void TearDown() override { EXPECT_EQ(world.refused(), std::vector<std::string>{}); }

    bool connected() {
        return world.until([&] { return world.server.gateway().connected(); }) && (world.pass(Millis{100}), true);
    }
    const doubles::discord::GatewayDouble::Counters& counted() { return world.server.gateway().counters(); }
    std::vector<std::string> texts() {
        std::vector<std::string> all;
        for (const Incoming& one : world.intake.kept) {
            if (one.kind == Incoming::Kind::text) all.push_back(one.text);
        }
        return all;
    }
    std::string direct() { return world.server.direct_messages(ada); }

    World world{World::Mode::gateway};
};

TEST_F(DiscordGateway, ACommandIsAcknowledgedByACallAndAnswered) {
    ASSERT_TRUE(world.run(world.server.slash(ada, channel, "more topic:chips")));
    const Incoming came = world.latest();
    EXPECT_EQ(came.text, "more on chips");
    world.post(world.answer_to(came, saying("Two insights.")));
    EXPECT_EQ(world.server.transcript(channel),
              "ada: /brief more topic:chips\npodbrief (only ada sees this): Two insights.\n");
}

TEST_F(DiscordGateway, SuggestsAndOpensFormsToo) {
    world.intake.names = {"chips"};
    EXPECT_EQ(world.run(world.server.suggestions(ada, channel, "more topic:chi")), std::vector<std::string>{"chips"});
    world.intake.form = Form{"settings", "Settings", {{"topics", "Topics", "", "", {}, false, 300}}};
    EXPECT_TRUE(world.run(world.server.slash(ada, channel, "settings")));
    EXPECT_TRUE(world.run(world.server.submit(ada, channel, {{"topics", "chips"}})));
    EXPECT_EQ(world.latest().kind, Incoming::Kind::form);
}

TEST_F(DiscordGateway, HearsDirectMessagesAndMentionsAndNothingElse) {
    world.server.say(ada, direct(), "more on chips");
    world.server.say(ada, channel, "good morning all");
    world.server.say(grace, channel, "@podbrief more on energy");
    world.pass(Millis{500});
    EXPECT_EQ(texts(), (std::vector<std::string>{"more on chips", "more on energy"}));
    const Incoming& first = world.intake.kept.front();
    EXPECT_TRUE(first.direct);
    EXPECT_EQ(first.where, (Destination{"discord", "", direct(), ""}));
    const Incoming& second = world.intake.kept.back();
    EXPECT_FALSE(second.direct);
    EXPECT_EQ(second.where, (Destination{"discord", guild, channel, ""}));
    world.post(world.answer_to(first, saying("On chips.")));
    EXPECT_EQ(world.server.transcript(direct()), "ada: more on chips\npodbrief: On chips.\n");
}

TEST_F(DiscordGateway, TellsOfServersThatAddAndRemoveUsButNotOfOutages) {
    EXPECT_TRUE(world.intake.kept.empty());  // the one we were in is no news
    world.server.outage(guild);
    world.server.add_guild("1150000000000000002", "New");
    world.server.add_channel("1150000000000000002", "1100000000000000022");
    world.server.add_bot("1150000000000000002");
    world.pass(Millis{500});
    ASSERT_EQ(world.intake.kept.size(), 1U);
    EXPECT_EQ(world.latest().kind, Incoming::Kind::joined);
    EXPECT_EQ(world.latest().where, (Destination{"discord", "1150000000000000002", "1100000000000000022", ""}));
    world.server.delete_channel("1100000000000000022");
    world.pass(Millis{500});
    EXPECT_EQ(world.latest().kind, Incoming::Kind::gone);
    EXPECT_EQ(world.latest().where.chat, "1100000000000000022");
    world.server.remove_bot("1150000000000000002");
    world.pass(Millis{500});
    ASSERT_EQ(world.intake.kept.size(), 3U);
    EXPECT_EQ(world.latest().kind, Incoming::Kind::gone);
    EXPECT_EQ(world.latest().where, (Destination{"discord", "1150000000000000002", "", ""}));
}

TEST_F(DiscordGateway, BeatsAndStaysForADay) {
    world.pass(std::chrono::hours{24});
    EXPECT_EQ(counted().connections, 1);
    EXPECT_NEAR(counted().heartbeats, 24 * 3600 / 41.25, 3);
    EXPECT_EQ(counted().refused, 0);
}

TEST_F(DiscordGateway, ResumesWithWhatItMissedWhenTheConnectionIsLost) {
    world.sockets.cut_all();
    world.server.say(ada, direct(), "missed");
    ASSERT_TRUE(world.until([&] { return !texts().empty(); }));
    EXPECT_EQ(texts(), std::vector<std::string>{"missed"});
    EXPECT_EQ(counted().resumes, 1);
    EXPECT_EQ(counted().identifies, 1);
}

TEST_F(DiscordGateway, ResumesWhenAskedToReconnect) {
    world.server.gateway().reconnect();
    ASSERT_TRUE(world.until([&] { return counted().resumes == 1; }));
    ASSERT_TRUE(connected());
    EXPECT_EQ(counted().identifies, 1);
}

TEST_F(DiscordGateway, BeginsAnewAfterAnInvalidSession) {
    world.server.gateway().invalidate(false);
    const SteadyTime asked = world.clock.steady_now();
    ASSERT_TRUE(world.until([&] { return counted().identifies == 2; }));
    EXPECT_GE(world.clock.steady_now() - asked, Millis{1'000});
    ASSERT_TRUE(connected());
    EXPECT_TRUE(world.intake.kept.empty());  // its servers are no news
    world.server.gateway().invalidate(true);
    ASSERT_TRUE(world.until([&] { return counted().resumes == 1; }));
}

TEST_F(DiscordGateway, LeavesAConnectionOnWhichNobodyAnswers) {
    world.server.gateway().answer_no_heartbeats(true);
    ASSERT_TRUE(world.until([&] { return counted().resumes >= 1; }) ||
                (world.pass(Millis{60'000}), counted().resumes >= 1));
    world.server.gateway().answer_no_heartbeats(false);
    EXPECT_EQ(counted().identifies, 1);
    EXPECT_TRUE(world.log.has("discord gateway does not answer"));
}

TEST_F(DiscordGateway, BeatsAtOnceWhenAsked) {
    const int before = counted().heartbeats;
    world.server.gateway().ask_for_heartbeat();
    world.pass(Millis{10});
    EXPECT_EQ(counted().heartbeats, before + 1);
}

TEST_F(DiscordGateway, GivesUpWhereItWouldEndTheSameWay) {
    for (const int code : {4014}) {
        world.server.gateway().close(code);
        world.pass(std::chrono::hours{24});
        EXPECT_EQ(counted().connections, 1);
        EXPECT_TRUE(world.log.has("discord gateway given up"));
        EXPECT_TRUE(world.log.has("Privileged Gateway Intents"));
    }
}

TEST_F(DiscordGateway, WaitsLongerAndLongerWhileDiscordIsNotThere) {
    constexpr double before = 1;
    world.sockets.refuse(1'000'000, 0);
    world.sockets.cut_all();
    world.pass(std::chrono::hours{1});
    EXPECT_FALSE(world.server.gateway().connected());
    const double tries = world.metrics.counted["discord_gateway_connections_total "] - before;
    EXPECT_GT(tries, 60);  // once a minute at least, and never in a storm
    EXPECT_LT(tries, 140);
    world.sockets.refuse(0, 0);
    world.pass(Millis{120'000});
    EXPECT_TRUE(world.server.gateway().connected());
}

// RELIABILITY row 95: nobody sends it again.
TEST_F(DiscordGateway, KeepsAMessageThatCouldNotBeKeptAtFirst) {
    world.intake.unavailable = 3;
    world.server.say(ada, direct(), "one");
    world.server.say(ada, direct(), "two");
    ASSERT_TRUE(world.until([&] { return texts().size() == 2; }));
    EXPECT_EQ(texts(), (std::vector<std::string>{"one", "two"}));
}

// RELIABILITY row 86.
TEST_F(DiscordGateway, EventsThatComeTwiceAreTakenOnce) {
    world.server.say(ada, direct(), "once");
    world.pass(Millis{100});
    for (int i = 0; i < 3; ++i) {
        world.sockets.cut_all();
        world.pass(Millis{5'000});
    }
    EXPECT_EQ(texts(), std::vector<std::string>{"once"});
}

TEST(DiscordGatewaySession, TellsFatalClosesFromOthers) {
    using Next = GatewayEnd::Next;
    for (const int code : {4004, 4010, 4011, 4012, 4013, 4014}) {
        EXPECT_EQ(after_close(code).next, Next::stop) << code;
        EXPECT_FALSE(after_close(code).remedy.empty()) << code;
    }
    for (const int code : {4007, 4009, 1000, 1001}) EXPECT_EQ(after_close(code).next, Next::new_session) << code;
    for (const int code : {1006, 4000, 4001, 4002, 4005, 4008}) EXPECT_EQ(after_close(code).next, Next::resume) << code;
    EXPECT_GE(after_close(4008).wait, Millis{60'000});
}

TEST(DiscordGatewaySession, ReadsOnlyWhatIsDocumented) {
    GatewaySession session;
    for (const char* payload : {"", "{", "[]", "7", R"({"op":"10"})", R"({"op":99})", R"({"d":{}})"}) {
        EXPECT_EQ(session.read(payload).kind, GatewayEvent::Kind::nothing) << payload;
    }
    EXPECT_EQ(session.read(R"({"op":10,"d":{"heartbeat_interval":0}})").interval, Millis{1'000});
    EXPECT_FALSE(session.can_resume());
}

TEST(DiscordGatewaySession, AsksForNoMoreThanItNeeds) {
    constexpr std::int64_t message_content = 1 << 15;
    constexpr std::int64_t members = 1 << 1;
    EXPECT_EQ(GatewaySession::intents & (message_content | members), 0);
}

}  // namespace
}  // namespace podbrief::discord
