// Socket Mode against the double, over sockets within this process.
#include <gtest/gtest.h>

#include "core/async/task_scope.hpp"
#include "tests/adapters/slack/world.hpp"

namespace podbrief::slack {
namespace {

class SlackSockets : public ::testing::Test {
protected:
    SlackSockets() {
        tasks.spawn("slack", world.app->run());
        world.pass(Millis{2'000});
    }
    ~SlackSockets() override {
        tasks.request_stop();
        world.run(tasks.drained());
        world.run(world.sockets.stop());
    }
    World world{World::Mode::sockets};
    TaskScope tasks{world.context.get_executor(), [](const std::string&, std::exception_ptr) {}};
};

TEST_F(SlackSockets, TwoSocketsAreOpenAndWhatPeopleDoComesIn) {
    EXPECT_EQ(world.server.open_sockets(), 2U);
    EXPECT_EQ(world.counts.gauges["slack_sockets_open"], 2);
    for (int i = 0; i < 4; ++i) EXPECT_TRUE(world.run(world.server.say("T1", "U1", world.dm, "hello")).arrived);
    ASSERT_EQ(world.intake.kept.size(), 4U);
    EXPECT_TRUE(world.run(world.server.slash("T1", "U1", "C1", "/brief", "today")).arrived);
    EXPECT_EQ(world.intake.kept[4].text, "today");
    world.answer(world.intake.kept[4], card_reply());
    EXPECT_TRUE(world.run(world.server.press("T1", "U1", "C1", "More")).arrived);
    EXPECT_EQ(world.intake.kept[5].action_data, "more:2s");
    EXPECT_EQ(world.run(world.server.suggestions("T1", "U1", "suggest:topic", "ch")),
              std::vector<std::string>{"topic ch"});
}

// RELIABILITY (c) H 95, over sockets.
TEST_F(SlackSockets, NothingIsAcknowledgedThatWasNotKept) {
    world.intake.unavailable = 1;
    const auto told = world.run(world.server.say("T1", "U1", world.dm, "hello"));
    EXPECT_TRUE(told.arrived);
    EXPECT_EQ(told.tries, 2);
    EXPECT_EQ(world.intake.kept.size(), 1U);
}

TEST_F(SlackSockets, ASocketThatSlackWillCloseIsReplacedFirst) {
    for (const char* reason : {"warning", "refresh_requested"}) {
        tasks.spawn("disconnect", world.server.disconnect(reason));
        world.pass(Millis{3'000});
        EXPECT_EQ(world.server.open_sockets(), 2U) << "new ones are there before the old ones go";
        EXPECT_TRUE(world.run(world.server.say("T1", "U1", world.dm, reason)).arrived);
        world.pass(Millis{20'000});
        EXPECT_EQ(world.sockets.open_now(), 2U);
    }
    EXPECT_EQ(world.sockets.opened(), 6);
    EXPECT_EQ(world.intake.kept.size(), 2U);
}

TEST_F(SlackSockets, ASilentSocketIsGivenUpAfterThirtySeconds) {
    world.sockets.silence_all();
    world.pass(Millis{25'000});
    EXPECT_EQ(world.sockets.opened(), 2);
    world.pass(Millis{30'000});
    EXPECT_EQ(world.sockets.opened(), 4);
    EXPECT_TRUE(world.run(world.server.say("T1", "U1", world.dm, "there?")).arrived);
}

TEST_F(SlackSockets, AHealthySocketIsNotGivenUpInAnHour) {
    world.pass(Millis{3'600'000});
    EXPECT_EQ(world.sockets.opened(), 2);
}

TEST_F(SlackSockets, AfterAGapWhatWasMissedIsReadAndTakenOnce) {
    world.run(world.server.say("T1", "U1", world.dm, "before"));
    world.sockets.refuse(1'000, 503);
    world.sockets.cut_all();
    world.pass(Millis{1'000});
    // Nobody hears this, and Slack gives up.
    world.model.say("T1", world.dm, "U1", "meanwhile", world.clock.wall_now());
    world.pass(Millis{600'000});
    EXPECT_EQ(world.intake.kept.size(), 1U);
    world.sockets.refuse(0, 0);
    world.pass(Millis{120'000});
    ASSERT_EQ(world.intake.kept.size(), 2U);
    EXPECT_EQ(world.intake.kept[1].text, "meanwhile");
    EXPECT_EQ(to_string(world.intake.kept[1].where), "slack:T1/" + world.dm);
    EXPECT_EQ(world.counts.counts["slack_gaps_total/"], 1);
}

TEST_F(SlackSockets, ReconnectingBacksOffAndStaysWithinAMinute) {
    world.sockets.refuse(1'000'000, 503);
    world.sockets.cut_all();
    world.pass(Millis{3'600'000});
    const int tries = world.counts.counts["slack_sockets_total/not_opened"];
    EXPECT_GT(tries, 55);
    EXPECT_LT(tries, 300);
}

TEST_F(SlackSockets, SwitchedOffForTheAppIsTheEndAndIsSaid) {
    tasks.spawn("disconnect", world.server.disconnect("link_disabled"));
    world.pass(Millis{600'000});
    EXPECT_EQ(world.sockets.opened(), 2);
    EXPECT_EQ(world.sockets.open_now(), 0U);
    const auto& lines = world.log.lines;
    EXPECT_TRUE(std::any_of(lines.begin(), lines.end(), [](const std::string& line) {
        return line.find("Socket Mode was switched off") != std::string::npos;
    }));
}

TEST(SlackSocketToken, OneThatIsRefusedIsNotTriedAgain) {
    doubles::SlackServerOptions options;
    World world(World::Mode::sockets, options);
    const Slack::Ports ports{world.context.get_executor(),
                             world.http,
                             &world.sockets,
                             world.intake,
                             world.clock,
                             world.random,
                             world.log,
                             world.counts,
                             nullptr,
                             nullptr};
    Options wrong;
    wrong.bot_token = world.token;
    wrong.app_token = "xapp-of-another-app";
    Slack app(ports, wrong);
    TaskScope tasks(world.context.get_executor(), [](const std::string&, std::exception_ptr) {});
    tasks.spawn("slack", app.run());
    world.pass(Millis{600'000});
    EXPECT_EQ(world.counts.counts["slack_sockets_total/not_opened"], 1);
    EXPECT_EQ(tasks.size(), 1U) << "it waits; others go on";
    tasks.request_stop();
    world.run(tasks.drained());
}

}  // namespace
}  // namespace podbrief::slack
