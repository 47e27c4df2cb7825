// The whole way by HTTP: people at Discord's double, signed requests, the intake, answers.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "adapters/discord/limits.hpp"
#include "core/crypto/signatures.hpp"
#include "tests/adapters/discord/world.hpp"

namespace podbrief::discord {
namespace {

using Json = nlohmann::json;

class DiscordHttp : public ::testing::Test {
protected:
    void SetUp() override { ASSERT_TRUE(world.run(world.server.set_endpoint(endpoint))); }
    void TearDown() override { EXPECT_EQ(world.refused(), std::vector<std::string>{}); }

    std::string direct() { return world.server.direct_messages(ada); }
    bool slash(const std::string& where, const std::string& typed) {
        return world.run(world.server.slash(ada, where, typed));
    }
    bool press(const std::string& where, const std::string& label) {
        return world.run(world.server.press(ada, where, label));
    }
    ServerResponse ask(ServerRequest request) {
        return world.run(world.discord.routes().front().handler(std::move(request)));
    }
    ServerRequest signed_request(const std::string& body, Millis late = Millis{0}) {
        const doubles::DiscordServer::Settings settings;
        const std::string at = std::to_string(to_ms(world.clock.wall_now() - late) / 1000);
        ServerRequest request;
        request.method = "POST";
        request.target = "/discord/interactions";
        request.body = body;
        request.headers = {{"X-Signature-Timestamp", at},
                           {"X-Signature-Ed25519", crypto::to_hex(crypto::ed25519_sign(settings.seed, at + body))}};
        return request;
    }
    World world{World::Mode::http};
};

// RELIABILITY row 96.
TEST_F(DiscordHttp, AnswersThePingAndRefusesWrongSignatures) {
    for (int i = 0; i < 100; ++i) EXPECT_TRUE(world.run(world.server.probe_bad_signature()));
    EXPECT_TRUE(world.intake.kept.empty());
    EXPECT_EQ(world.metrics.counted["discord_signatures_total bad"], 101);
}

TEST_F(DiscordHttp, ACommandInAServerIsAnsweredToOnePersonOnly) {
    ASSERT_TRUE(slash(channel, "more topic:chip export controls"));
    const Incoming came = world.latest();
    EXPECT_EQ(came.kind, Incoming::Kind::text);
    EXPECT_EQ(came.text, "more on chip export controls");
    EXPECT_EQ(came.where, (Destination{"discord", guild, channel, ""}));
    EXPECT_EQ(came.from, (Account{"discord", "", ada}));
    EXPECT_EQ(came.tenant, guild);
    EXPECT_EQ(came.may_manage, false);
    EXPECT_FALSE(came.direct);
    EXPECT_EQ(came.name, "ada");
    EXPECT_EQ(world.server.transcript(channel),
              "ada: /brief more topic:chip export controls\npodbrief: is thinking...\n");
    world.pass(Millis{1'000});
    const auto sent = world.post(world.answer_to(came, saying("Two insights.")));
    ASSERT_NE(std::get_if<Sent>(&sent), nullptr);
    EXPECT_EQ(world.server.transcript(channel),
              "ada: /brief more topic:chip export controls\npodbrief (only ada sees this): Two insights.\n");
}

TEST_F(DiscordHttp, ACommandInDirectMessagesIsAnsweredThereAndLaterPartsHaveNonces) {
    ASSERT_TRUE(slash(direct(), "today"));
    const Incoming came = world.latest();
    EXPECT_TRUE(came.direct);
    EXPECT_EQ(came.where, (Destination{"discord", "", direct(), ""}));
    world.post(world.answer_to(came, saying("One."), 1));
    world.post(world.answer_to(came, saying("Two."), 2));
    world.post(world.answer_to(came, saying("Two."), 2));  // repeated
    EXPECT_EQ(world.server.transcript(direct()), "ada: /brief today\npodbrief: One.\npodbrief: Two.\n");
}

TEST_F(DiscordHttp, AnAnswerThatIsRepeatedIsThereOnce) {
    ASSERT_TRUE(slash(channel, "today"));
    const Incoming came = world.latest();
    for (int i = 0; i < 3; ++i) {
        world.post(world.answer_to(came, saying("One."), 1));
        world.post(world.answer_to(came, saying("Two."), 2));
    }
    EXPECT_EQ(world.server.transcript(channel),
              "ada: /brief today\npodbrief (only ada sees this): One.\npodbrief (only ada sees this): Two.\n");
}

TEST_F(DiscordHttp, AfterFifteenMinutesTheAnswerGoesToTheChat) {
    ASSERT_TRUE(slash(direct(), "today"));
    const Incoming came = world.latest();
    world.pass(std::chrono::minutes{16});
    const auto sent = world.post(world.answer_to(came, saying("Late.")));
    ASSERT_NE(std::get_if<Sent>(&sent), nullptr);
    EXPECT_NE(world.server.transcript(direct()).find("podbrief: Late."), std::string::npos);
}

TEST_F(DiscordHttp, APressedButtonInDirectMessagesShowsItsNewState) {
    OutgoingMessage brief;
    brief.to = {"discord", "", direct(), ""};
    brief.key = "abcdefghijklmnopqrstuvwx";
    brief.content.blocks.emplace_back(card_of(1, "Claim."));
    world.post(brief);
    ASSERT_TRUE(press(direct(), "Save"));
    const Incoming came = world.latest();
    EXPECT_EQ(came.kind, Incoming::Kind::button);
    EXPECT_EQ(came.action_data, "save:1");
    EXPECT_EQ(came.message_ref, world.server.latest(direct()));
    std::get<InsightCard>(brief.content.blocks.front()).marks.saved = true;
    brief.key = "zbcdefghijklmnopqrstuvwx";
    const auto edited = world.run(world.discord.messenger().edit(brief, came.message_ref));
    ASSERT_NE(std::get_if<Sent>(&edited), nullptr);
    EXPECT_NE(world.server.transcript(direct()).find("[*Saved*]"), std::string::npos);
    world.run(world.discord.frontend().notice(came, "Saved."));
    EXPECT_NE(world.server.transcript(direct()).find("podbrief (only ada sees this): Saved."), std::string::npos);
}

TEST_F(DiscordHttp, AnAnswerThatOnlyOnePersonSeesCanBePressedAndChanged) {
    ASSERT_TRUE(slash(channel, "today"));
    world.post(world.answer_to(world.latest(), five_insights()));
    ASSERT_TRUE(press(channel, "2: Mute chip exports"));  // of the list
    EXPECT_EQ(world.latest().action_data, "mute:2");
    OutgoingMessage changed = world.answer_to(world.latest(), saying("Muted."));
    const auto edited = world.run(world.discord.messenger().edit(changed, world.latest().message_ref));
    ASSERT_NE(std::get_if<Sent>(&edited), nullptr);
    EXPECT_EQ(world.server.transcript(channel), "ada: /brief today\npodbrief (only ada sees this): Muted.\n");
}

TEST_F(DiscordHttp, AButtonInAServerThatAsksForMoreIsAnsweredToOnePerson) {
    OutgoingMessage brief;
    brief.to = {"discord", guild, channel, ""};
    brief.key = "abcdefghijklmnopqrstuvwx";
    brief.content.blocks.emplace_back(card_of(1, "Claim."));
    world.post(brief);
    ASSERT_TRUE(press(channel, "More"));
    world.post(world.answer_to(world.latest(), saying("More of it.")));
    const std::string seen = world.server.transcript(channel);
    EXPECT_NE(seen.find("podbrief: 1. Claim."), std::string::npos) << seen;
    EXPECT_NE(seen.find("podbrief (only ada sees this): More of it."), std::string::npos) << seen;
}

TEST_F(DiscordHttp, ThinkingEndsWhenThereIsNothingToSay) {
    ASSERT_TRUE(slash(channel, "like number:1"));
    world.run(world.discord.frontend().settled(world.latest()));
    EXPECT_EQ(world.server.transcript(channel), "ada: /brief like number:1\n");
    ASSERT_TRUE(slash(channel, "like number:2"));
    world.run(world.discord.frontend().notice(world.latest(), "Liked *2*."));
    EXPECT_NE(world.server.transcript(channel).find("podbrief (only ada sees this): Liked *2*."), std::string::npos);
}

TEST_F(DiscordHttp, ThePersonsOwnInstallWorksWhereTheBotIsNot) {
    world.server.add_guild("1150000000000000009", "Elsewhere");
    world.server.add_channel("1150000000000000009", "1100000000000000009");
    world.server.install_for(ada);
    ASSERT_TRUE(slash("1100000000000000009", "today"));
    const Incoming came = world.latest();
    EXPECT_TRUE(came.direct);
    EXPECT_EQ(came.where.chat, std::string("@") + ada);
    for (int part = 1; part <= 8; ++part) {
        const auto sent = world.post(world.answer_to(came, saying("Part " + std::to_string(part)), part));
        ASSERT_NE(std::get_if<Sent>(&sent), nullptr) << part;
        world.pass(Millis{1'100});
    }
    // The first and five follow-ups there, the rest in direct messages.
    const std::string there = world.server.transcript("1100000000000000009");
    EXPECT_NE(there.find("Part 6"), std::string::npos);
    EXPECT_EQ(there.find("Part 7"), std::string::npos);
    EXPECT_EQ(world.server.transcript(direct()), "podbrief: Part 7\npodbrief: Part 8\n");
}

// RELIABILITY row 84.
TEST_F(DiscordHttp, StopsOpeningDirectMessagesAndTriesNobodyTwice) {
    world.server.stop_opening(true);
    OutgoingMessage message;
    message.to = {"discord", "", std::string("@") + ada, ""};
    message.key = "abcdefghijklmnopqrstuvwx";
    message.content = saying("Hello.");
    for (int i = 0; i < 3; ++i) {
        const auto outcome = world.post(message);
        ASSERT_NE(std::get_if<DestinationGone>(&outcome), nullptr);
        EXPECT_EQ(std::get<DestinationGone>(outcome).state, DestinationState::blocked);
        world.pass(std::chrono::hours{2});
    }
    EXPECT_EQ(world.server.openings(), 1);
    EXPECT_TRUE(world.log.has("remedy=readers write to the bot"));
    // Somebody else is held while Discord is angry, and reached afterwards.
    message.to.chat = std::string("@") + grace;
    const auto stopped = world.post(message);
    EXPECT_NE(std::get_if<DestinationGone>(&stopped), nullptr);
    EXPECT_EQ(world.server.openings(), 2);
    message.to.chat = "@1000000000000000003";
    const auto held = world.post(message);
    ASSERT_NE(std::get_if<NotSent>(&held), nullptr);
    EXPECT_EQ(world.server.openings(), 2);
    // Ada writes first: her channel is known from then on.
    slash(direct(), "today");
    message.to.chat = std::string("@") + ada;
    const auto sent = world.post(message);
    EXPECT_NE(std::get_if<Sent>(&sent), nullptr);
}

TEST_F(DiscordHttp, SuggestsNamesWhileTheyAreTyped) {
    world.intake.names = {"chip export controls", "chips", std::string(101, 'x'), ""};
    const auto names = world.run(world.server.suggestions(ada, channel, "more topic:chi"));
    EXPECT_EQ(world.intake.asked_for, "topic chi");
    EXPECT_EQ(names, (std::vector<std::string>{"chip export controls", "chips"}));
    EXPECT_TRUE(world.intake.kept.empty());
}

TEST_F(DiscordHttp, OpensAFormAndTakesWhatIsSent) {
    Form form;
    form.name = "settings";
    form.title = "Your settings";
    form.fields.push_back({"topics", "Topics", "one a line", "chips", {}, false, 300});
    form.fields.push_back(
        {"days", "Days", "", "weekdays", {{"daily", "Every day"}, {"weekdays", "Weekdays"}}, false, 300});
    world.intake.form = form;
    ASSERT_TRUE(slash(channel, "settings"));
    EXPECT_TRUE(world.intake.kept.empty());
    ASSERT_NE(world.server.open_form(ada), nullptr);
    ASSERT_TRUE(world.run(world.server.submit(ada, channel, {{"topics", "chips\nenergy"}, {"days", "daily"}})));
    const Incoming came = world.latest();
    EXPECT_EQ(came.kind, Incoming::Kind::form);
    EXPECT_EQ(came.action_data, "form:settings");
    EXPECT_EQ(came.fields, (std::vector<Incoming::Field>{{"topics", "chips\nenergy"}, {"days", "daily"}}));
    world.post(world.answer_to(came, saying("Kept.")));
    EXPECT_NE(world.server.transcript(channel).find("Kept."), std::string::npos);
}

TEST_F(DiscordHttp, AThreadIsAConversationOfItsOwn) {
    world.server.add_thread(guild, channel, "1100000000000000777");
    ASSERT_TRUE(slash("1100000000000000777", "today"));
    EXPECT_EQ(world.latest().where, (Destination{"discord", guild, channel, "1100000000000000777"}));
    OutgoingMessage message;
    message.to = world.latest().where;
    message.key = "abcdefghijklmnopqrstuvwx";
    message.content = saying("In the thread.");
    world.post(message);
    EXPECT_NE(world.server.transcript("1100000000000000777").find("podbrief: In the thread."), std::string::npos);
}

// RELIABILITY row 95.
TEST_F(DiscordHttp, WhatCannotBeKeptIsNotAcknowledged) {
    world.intake.unavailable = 1;
    EXPECT_FALSE(slash(channel, "today"));
    world.pass(Millis{3'100});
    EXPECT_NE(world.server.transcript(channel).find("The application did not respond"), std::string::npos);
    EXPECT_TRUE(slash(channel, "today"));
}

// RELIABILITY row 86.
TEST_F(DiscordHttp, TheSameRequestIsCarriedOutOnce) {
    ASSERT_TRUE(slash(channel, "today"));
    ASSERT_EQ(world.intake.kept.size(), 1U);
    const HttpRequest& last = world.http.sent().back();
    for (int i = 0; i < 100; ++i) {
        const auto answer = ask(podbrief::testing::as_server_request(last));
        EXPECT_EQ(answer.status, 200);
    }
    EXPECT_EQ(world.intake.kept.size(), 1U);
    world.pass(Millis{301'000});
    EXPECT_EQ(ask(podbrief::testing::as_server_request(last)).status, 401);
}

// RELIABILITY rows 87, 89 and 90.
TEST_F(DiscordHttp, RefusesWhatIsNotAnInteraction) {
    const std::string deep = std::string(100'000, '[') + std::string(100'000, ']');
    for (const std::string& body :
         {std::string(), std::string("{"), std::string("null"), std::string("[]"), std::string("{\"type\":7}"), deep,
          std::string(R"({"type":1,"type":2,"application_id":"900000000000000001"})"),
          std::string("{\"type\":\"\xff\"}"), std::string("{\"type\":1\0}", 11),
          std::string(R"({"type":2,"application_id":"900000000000000001"})"),
          std::string(R"({"type":1,"application_id":"1"})"),
          std::string(R"({"type":2,"id":"1","token":"t","application_id":"900000000000000001","channel_id":"2",
                          "user":{"id":"3"},"data":{"name":"other"}})")}) {
        EXPECT_EQ(ask(signed_request(body)).status, 400) << body.substr(0, 60);
    }
    EXPECT_EQ(ask(signed_request("{}", Millis{301'000})).status, 401);
    EXPECT_EQ(ask(signed_request(std::string(limits::inbound_bytes + 1, ' '))).status, 413);
    auto packed = signed_request("{}");
    packed.headers.push_back({"Content-Encoding", "gzip"});
    EXPECT_EQ(ask(packed).status, 415);
    auto read = signed_request("{}");
    read.method = "GET";
    EXPECT_EQ(ask(read).status, 405);
    EXPECT_TRUE(world.intake.kept.empty());
}

// RELIABILITY rows 73, 74: by the way an interaction opened.
TEST_F(DiscordHttp, AnAnswerInDoubtIsMadeOnce) {
    for (const bool made : {false, true}) {
        ASSERT_TRUE(slash(channel, "today"));
        const OutgoingMessage message = world.answer_to(world.latest(), saying(made ? "Made." : "Lost."));
        doubles::Fault fault;
        fault.kind = doubles::FaultKind::http_500;
        fault.made = made;
        world.trouble.order(fault, "discord", "answer");
        const auto doubt = world.post(message);
        EXPECT_NE(std::get_if<OutcomeUnknown>(&doubt), nullptr);
        const auto found = world.run(world.discord.messenger().find(message, world.clock.wall_now()));
        EXPECT_EQ(std::holds_alternative<Sent>(found), made);
        world.post(message);
        const std::string seen = world.server.transcript(channel);
        const std::string words = made ? "Made." : "Lost.";
        EXPECT_EQ(seen.find(words), seen.rfind(words));
        EXPECT_NE(seen.find(words), std::string::npos);
    }
}

// RELIABILITY row 76.
TEST_F(DiscordHttp, AHistoryThatIsNotShownIsNotAnEmptyOne) {
    OutgoingMessage message;
    message.to = {"discord", guild, channel, ""};
    message.key = "abcdefghijklmnopqrstuvwx";
    message.content = saying("Hello.");
    const WallTime since = world.clock.wall_now();
    world.model.set_history(doubles::DiscordModel::HistoryMode::silently_empty);
    const auto nothing = world.run(world.discord.messenger().find(message, since));
    EXPECT_NE(std::get_if<NotFound>(&nothing), nullptr);
    world.post(message);
    const auto hidden = world.run(world.discord.messenger().find(message, since));
    EXPECT_NE(std::get_if<HistoryClosed>(&hidden), nullptr);
}

// RELIABILITY row 120.
TEST_F(DiscordHttp, ARefusedFormOfAnAnswerIsMadeSimplerOnceMore) {
    ASSERT_TRUE(slash(channel, "today"));
    OutgoingMessage message = world.answer_to(world.latest(), five_insights());
    doubles::Fault fault;
    fault.kind = doubles::FaultKind::payload_refused;
    world.trouble.order(fault, "discord", "answer");
    const auto refused = world.post(message);
    EXPECT_NE(std::get_if<PayloadRefused>(&refused), nullptr);
    message.plainness = 1;
    const auto sent = world.post(message);
    EXPECT_NE(std::get_if<Sent>(&sent), nullptr);
    EXPECT_NE(world.server.transcript(channel).find("Claim 5."), std::string::npos);
}

TEST_F(DiscordHttp, APlainerEditOfARichMessageKeepsItsKind) {
    OutgoingMessage message;
    message.to = {"discord", guild, channel, ""};
    message.key = "abcdefghijklmnopqrstuvwx";
    message.content = five_insights();
    world.post(message);
    const std::string ref = world.server.latest(channel);
    for (const int plainness : {1, 2, 0}) {
        message.plainness = plainness;
        const auto edited = world.run(world.discord.messenger().edit(message, ref));
        EXPECT_NE(std::get_if<Sent>(&edited), nullptr) << plainness;
        world.pass(Millis{5'000});
    }
}

// RELIABILITY row 122.
TEST_F(DiscordHttp, SecretsDoNotReachTheLog) {
    slash(channel, "today");
    world.trouble.order({doubles::FaultKind::reset, false, Millis{0}, {}, {}}, "discord", "answer");
    const auto outcome = world.post(world.answer_to(world.latest(), saying("Hello.")));
    ASSERT_NE(std::get_if<OutcomeUnknown>(&outcome), nullptr);
    EXPECT_EQ(std::get<OutcomeUnknown>(outcome).reason.find("interaction-token"), std::string::npos);
    EXPECT_FALSE(world.log.has("interaction-token"));
    EXPECT_FALSE(world.log.has("discord-double-token"));
}

}  // namespace
}  // namespace podbrief::discord
