// The adapter and the double of Slack in one process: what people do comes in, what is answered is seen.
#include <gtest/gtest.h>

#include "tests/adapters/slack/world.hpp"

namespace podbrief::slack {
namespace {

using Kind = Incoming::Kind;

class SlackConversation : public ::testing::Test {
protected:
    World world{World::Mode::http};
    Incoming last() const { return world.intake.kept.back(); }
};

TEST_F(SlackConversation, ADirectMessageComesInWithWhoAndWhereAndIsAnswered) {
    const auto told = world.run(world.server.say("T1", "U1", world.dm, "more on R&D <2026>"));
    EXPECT_TRUE(told.arrived);
    EXPECT_EQ(told.tries, 1);
    ASSERT_EQ(world.intake.kept.size(), 1U);
    const Incoming in = last();
    EXPECT_EQ(in.kind, Kind::text);
    EXPECT_EQ(in.text, "more on R&D <2026>");
    EXPECT_TRUE(in.direct);
    EXPECT_EQ(to_string(in.from), "slack:T1/U1");
    EXPECT_EQ(to_string(in.where), "slack:T1/" + world.dm);
    EXPECT_EQ(in.name, "ada");
    EXPECT_EQ(in.time_zone, "Europe/Berlin");
    EXPECT_EQ(in.locale, "en-GB");
    ASSERT_TRUE(std::holds_alternative<Sent>(world.answer(in, card_reply())));
    EXPECT_EQ(world.server.transcript("T1", world.dm),
              "ada: more on R&D <2026>\n"
              "podbrief: 1. Export controls raise the price of memory.\n"
              "    Jane Doe \u00b7 The Show \u00b7 12:34 \u00b7 Listen at 12:34 (https://example.org/e#t=754)\n"
              "    [More] [Other side] [Source] [\U0001F44D] [\U0001F44E] [\u22EF Save | Mute chips]\n");
    EXPECT_TRUE(world.server.complaints().empty());
}

TEST_F(SlackConversation, AMentionIsAnsweredInAThreadAndToldTwiceComesInOnce) {
    const std::string text = "<@U0BOT> more on chips";
    world.run(world.server.say("T1", "U1", "C1", text));
    ASSERT_EQ(world.intake.kept.size(), 1U);
    const Incoming in = last();
    EXPECT_EQ(in.text, "more on chips");
    EXPECT_FALSE(in.direct);
    EXPECT_TRUE(in.answer_in_thread);
    const std::string ts = in.where.thread;
    world.answer(in, words("Here."));
    // The same message again, as message.channels tells it.
    world.run(
        world.server.event("T1", R"({"type":"message","channel_type":"channel","channel":"C1","user":"U1","text":")" +
                                     text + R"(","ts":")" + ts + R"(","event_ts":")" + ts + R"("})"));
    EXPECT_EQ(world.intake.kept.size(), 1U);
    EXPECT_EQ(world.counts.requests("seen_before"), 1);
    EXPECT_EQ(world.server.transcript("T1", "C1"), "ada: <@U0BOT> more on chips\n  \u21B3 podbrief: Here.\n");
}

TEST_F(SlackConversation, WhatBotsAndWeOurselvesWriteIsPassedOver) {
    const std::string common = R"("type":"message","channel_type":"im","channel":"D1","text":"x","ts":"1.000100",)";
    for (const char* rest :
         {R"("user":"U0BOT")", R"("user":"U3","bot_id":"B1")", R"("user":"U1","subtype":"message_changed")",
          R"("subtype":"message_deleted")", R"("user":"U1","subtype":"bot_message")"}) {
        world.run(world.server.event("T1", "{" + common + rest + "}"));
    }
    EXPECT_TRUE(world.intake.kept.empty());
    EXPECT_EQ(world.counts.requests("ignored"), 5);
}

TEST_F(SlackConversation, ACommandInAChannelIsAnsweredForWhoeverGaveItOnly) {
    const auto told = world.run(world.server.slash("T1", "U1", "C1", "/brief", "more on chips"));
    EXPECT_TRUE(told.arrived);
    EXPECT_EQ(told.body, "");
    const Incoming in = last();
    EXPECT_EQ(in.text, "more on chips");
    EXPECT_FALSE(in.direct);
    const auto sent = world.answer(in, words("Only for you."));
    ASSERT_TRUE(std::holds_alternative<Sent>(sent));
    EXPECT_TRUE(std::get<Sent>(sent).message_ref.starts_with("ephemeral:"));
    EXPECT_EQ(world.server.transcript("T1", "C1", "U1"), "podbrief (only you see this): Only for you.\n");
    EXPECT_EQ(world.server.transcript("T1", "C1", "U2"), "");
}

TEST_F(SlackConversation, ACommandInAConversationWithSomebodyElseLeadsToOurs) {
    world.server.add_channel("T1", "D9");  // of ada and bob
    world.run(world.server.slash("T1", "U1", "D9", "/brief", "today"));
    EXPECT_TRUE(last().direct);
    EXPECT_EQ(last().where.chat, world.dm);
    world.answer(last(), words("Here."));
    EXPECT_EQ(world.server.transcript("T1", "D9"), "podbrief (only you see this): Here.\n");
    // In our own conversation it is answered as a message that stays.
    world.run(world.server.slash("T1", "U1", world.dm, "/brief", "today"));
    EXPECT_EQ(last().where.chat, world.dm);
    world.answer(last(), words("There."));
    EXPECT_EQ(world.server.transcript("T1", world.dm), "podbrief: There.\n");
}

TEST_F(SlackConversation, AResponseUrlThatIsUsedUpOrOldLeadsToTheChat) {
    world.run(world.server.slash("T1", "U1", "C1", "/brief", "today"));
    const Incoming in = last();
    for (int part = 1; part <= 6; ++part)
        ASSERT_TRUE(std::holds_alternative<Sent>(world.answer(in, words("Part " + std::to_string(part)), part)));
    EXPECT_NE(world.server.transcript("T1", "C1").find("podbrief (only you see this): Part 5\npodbrief: Part 6\n"),
              std::string::npos);
    world.run(world.server.slash("T1", "U1", "C1", "/brief", "later"));
    world.pass(Millis{31 * 60'000});
    world.answer(last(), words("Late."));
    EXPECT_TRUE(world.server.transcript("T1", "C1").ends_with("podbrief: Late.\n"));
}

TEST_F(SlackConversation, APressedButtonComesInAndItsMessageIsEdited) {
    world.run(world.server.say("T1", "U1", world.dm, "brief"));
    world.answer(last(), card_reply());
    const auto told = world.run(world.server.press("T1", "U1", world.dm, "\U0001F44D"));
    EXPECT_TRUE(told.arrived);
    const Incoming in = last();
    EXPECT_EQ(in.kind, Kind::button);
    EXPECT_EQ(in.action_data, "like:2s");
    EXPECT_EQ(in.message_ref, world.server.newest("T1", world.dm));
    Reply liked = card_reply();
    std::get<InsightCard>(liked.blocks[0]).marks.liked = true;
    OutgoingMessage edit;
    edit.to = in.where;
    edit.key = std::string(24, 'e');
    edit.content = liked;
    ASSERT_TRUE(std::holds_alternative<Sent>(world.run(world.app->messenger().edit(edit, in.message_ref))));
    EXPECT_NE(world.server.transcript("T1", world.dm).find("podbrief (edited): 1. Export"), std::string::npos);
    EXPECT_NE(world.server.transcript("T1", world.dm).find("[\U0001F44D Liked]"), std::string::npos);
    world.run(world.server.press("T1", "U1", world.dm, "Mute chips"));
    EXPECT_EQ(last().action_data, "mute:2s");
    world.run(world.app->frontend().notice(last(), "No more on <chips>."));
    EXPECT_TRUE(
        world.server.transcript("T1", world.dm).ends_with("podbrief (only you see this): No more on <chips>.\n"));
}

TEST_F(SlackConversation, AButtonUnderWhatOnlyOnePersonSeesChangesThatMessage) {
    world.run(world.server.slash("T1", "U1", "C1", "/brief", "today"));
    world.answer(last(), card_reply());
    world.run(world.server.press("T1", "U1", "C1", "Save"));
    const Incoming in = last();
    EXPECT_TRUE(in.message_ref.starts_with("ephemeral:"));
    Reply saved = card_reply();
    std::get<InsightCard>(saved.blocks[0]).marks.saved = true;
    OutgoingMessage edit;
    edit.to = in.where;
    edit.key = std::string(24, 'e');
    edit.content = saved;
    ASSERT_TRUE(std::holds_alternative<Sent>(world.run(world.app->messenger().edit(edit, in.message_ref))));
    EXPECT_NE(world.server.transcript("T1", "C1", "U1").find("(only you see this) (edited): 1."), std::string::npos);
    EXPECT_TRUE(std::holds_alternative<NotFound>(world.run(world.app->messenger().edit(edit, "ephemeral:1.2"))));
}

TEST_F(SlackConversation, TheHomePageIsPublishedAndItsButtonsAndSearchWork) {
    world.run(world.server.open_home("T1", "U1"));
    ASSERT_EQ(last().kind, Kind::home);
    world.run(world.app->frontend().show_home(last(), card_reply()));
    EXPECT_TRUE(world.server.home("T1", "U1").starts_with("[Look up a topic]\n1. Export controls"));
    world.run(world.server.press_at_home("T1", "U1", "More"));
    EXPECT_EQ(last().action_data, "more:2s");
    EXPECT_EQ(last().where.chat, world.dm);
    EXPECT_TRUE(last().direct);
    EXPECT_EQ(world.run(world.server.suggestions("T1", "U1", "suggest:topic", "chi")),
              std::vector<std::string>{"topic chi"});
    EXPECT_TRUE(world.server.complaints().empty());
}

TEST_F(SlackConversation, OpeningMessagesGreetsOnlyWhereNothingWasWritten) {
    world.run(world.server.open_home("T1", "U1", "messages"));
    ASSERT_EQ(world.intake.kept.size(), 1U);
    EXPECT_EQ(last().kind, Kind::opened);
    world.answer(last(), words("Welcome."));
    world.pass(Millis{26 * 3'600'000});
    world.run(world.server.open_home("T1", "U1", "messages"));
    EXPECT_EQ(world.intake.kept.size(), 1U);
}

TEST_F(SlackConversation, SettingsOpenAFormAndWhatIsSentComesBack) {
    Form form;
    form.name = "settings";
    form.title = "Settings of your daily podcast brief";
    form.fields = {{"topics", "Topics", "one a line", "chips\ninflation", {}, false, 300},
                   {"hour", "Hour", "", "8", {{"7", "07:00"}, {"8", "08:00"}}, false, 300},
                   {"days", "Days", "", "mon", {{"mon", "Monday"}, {"tue", "Tuesday"}}, true, 300}};
    world.intake.form = form;
    const auto told = world.run(world.server.slash("T1", "U1", "C1", "/brief", "settings"));
    EXPECT_TRUE(told.arrived);
    EXPECT_TRUE(world.intake.kept.empty());
    EXPECT_TRUE(world.server.modal("T1", "U1").starts_with("Settings of your daily\u2026\nTopics: [chips"));
    world.run(world.server.submit("T1", "U1", {{"topics", "chips"}, {"hour", "7"}, {"days", "Monday\nTuesday"}}));
    const Incoming in = last();
    EXPECT_EQ(in.kind, Kind::form);
    EXPECT_EQ(in.action_data, "form:settings");
    EXPECT_EQ(to_string(in.where), "slack:T1/C1");
    const std::vector<Incoming::Field> expected{{"days", "mon\ntue"}, {"hour", "7"}, {"topics", "chips"}};
    EXPECT_EQ(in.fields, expected);
    EXPECT_EQ(world.server.modal("T1", "U1"), "");
    EXPECT_TRUE(world.server.complaints().empty());
}

// RELIABILITY (c) H 95.
TEST_F(SlackConversation, WhatCannotBeKeptIsAskedForAgainAndTakenOnce) {
    world.intake.unavailable = 2;
    const auto told = world.run(world.server.say("T1", "U1", world.dm, "hello"));
    EXPECT_TRUE(told.arrived);
    EXPECT_EQ(told.tries, 3);
    EXPECT_EQ(world.intake.kept.size(), 1U);
    EXPECT_EQ(world.counts.requests("unavailable"), 2);
    world.intake.delay = Millis{10'000};  // a store that hangs
    const SteadyTime begin = world.clock.steady_now();
    const auto slow = world.run(world.server.slash("T1", "U1", world.dm, "/brief", "today"));
    EXPECT_EQ(slow.status, 503);
    EXPECT_LE(world.clock.steady_now() - begin, Millis{2'500});
}

// RELIABILITY (c) H 86.
TEST_F(SlackConversation, AHundredCopiesOfOneEventAreTakenOnce) {
    const std::string event =
        R"({"type":"message","channel_type":"im","channel":"D1","user":"U1","text":"x","ts":"1.000100"})";
    for (int i = 0; i < 100; ++i) world.run(world.server.event("T1", event, "Ev1"));
    EXPECT_EQ(world.intake.kept.size(), 1U);
    EXPECT_EQ(world.counts.requests("seen_before"), 99);
}

// RELIABILITY (c) K 114, H 88: whichever comes first.
TEST_F(SlackConversation, UninstallingAndRevokingAreToldOnceEachWithTheirTime) {
    world.run(world.server.uninstall("T1"));
    ASSERT_EQ(world.intake.kept.size(), 2U);
    for (const Incoming& in : world.intake.kept) {
        EXPECT_EQ(in.kind, Kind::tenant_revoked);
        EXPECT_EQ(in.tenant, "T1");
        EXPECT_LE(in.at, world.clock.wall_now());
    }
    world.run(world.server.event("T1", R"({"type":"tokens_revoked","tokens":{"oauth":["U1"]}})"));
    EXPECT_EQ(world.intake.kept.size(), 2U) << "a user's token is none of ours";
    EXPECT_TRUE(std::holds_alternative<TenantGone>(world.answer(world.intake.kept[0], words("x"))));
}

// RELIABILITY (c) K 122.
TEST_F(SlackConversation, NoSecretIsInTheLogOrInAnError) {
    world.run(world.server.slash("T1", "U1", "C1", "/brief", "today"));
    world.trouble.set_chance_of_all(0.1);
    std::string all;
    for (int i = 0; i < 200; ++i) {
        const auto outcome = world.answer(last(), card_reply(), i + 1);
        if (const auto* unknown = std::get_if<OutcomeUnknown>(&outcome)) all += unknown->reason + "\n";
        if (const auto* not_sent = std::get_if<NotSent>(&outcome)) all += not_sent->reason + "\n";
        world.run(world.app->frontend().notice(last(), "x"));
    }
    for (const auto& line : world.log.lines) all += line + "\n";
    for (const auto& secret : {world.token, std::string("/secret"), world.server_options_.signing_secret})
        EXPECT_EQ(all.find(secret), std::string::npos) << secret;
    EXPECT_FALSE(all.empty());
}

TEST_F(SlackConversation, TheDoctorNamesWhatIsMissing) {
    std::vector<Finding> found = world.run(world.app->check());
    for (const auto& finding : found) EXPECT_EQ(finding.grade, Finding::Grade::good) << finding.what;
    EXPECT_EQ(found.size(), 2U);
    doubles::SlackServerOptions options;
    options.scopes = "chat:write,commands,app_mentions:read,im:history,users:read";
    World lacking(World::Mode::sockets, options);
    found = lacking.run(lacking.app->check());
    const auto bad =
        std::find_if(found.begin(), found.end(), [](const Finding& one) { return one.grade == Finding::Grade::bad; });
    ASSERT_NE(bad, found.end());
    EXPECT_EQ(bad->what, "Bot scope im:write is missing.");
    EXPECT_EQ(bad->remedy,
              "api.slack.com/apps, OAuth & Permissions, Bot Token Scopes: add im:write, then Reinstall to Workspace.");
}

}  // namespace
}  // namespace podbrief::slack
