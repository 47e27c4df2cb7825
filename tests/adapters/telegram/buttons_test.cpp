#include <nlohmann/json.hpp>

#include "core/delivery/key.hpp"
#include "tests/adapters/telegram/world.hpp"

namespace podbrief::telegram_test {
namespace {

using namespace std::chrono_literals;

class TelegramButtons : public ::testing::Test {
protected:
    TelegramButtons() { world.run(); }

    OutgoingMessage brief(std::int64_t chat = TelegramWorld::ann) {
        OutgoingMessage out;
        out.to = {"telegram", "", std::to_string(chat), ""};
        out.key = "abcdefghijklmnopqrstuvwx";
        InsightCard card;
        card.number = 1;
        card.insight = InsightId{101};
        card.text = "A claim.";
        card.show = "A show";
        out.content.blocks.emplace_back(card);
        return out;
    }
    std::string post(const OutgoingMessage& message) {
        const auto outcome = world.call(world.adapter().messenger().post(message));
        const auto* sent = std::get_if<Sent>(&outcome);
        return sent == nullptr ? std::string() : sent->message_ref;
    }
    TelegramWorld world;
};

TEST_F(TelegramButtons, APressIsAnsweredWithTheWordsThatCome) {
    ASSERT_FALSE(post(brief()).empty());
    const std::string id = world.server.press(TelegramWorld::ann, TelegramWorld::ann, "1 More");
    ASSERT_FALSE(id.empty());
    world.pass(500ms);
    ASSERT_EQ(world.intake.kept.size(), 1U);
    const Incoming pressed = world.intake.kept[0];
    EXPECT_EQ(pressed.kind, Incoming::Kind::button);
    EXPECT_EQ(pressed.action_data, "more:2t");
    EXPECT_EQ(world.server.spinning(), 1U);
    world.call(world.adapter().frontend().notice(pressed, "Liked. " + std::string(400, 'x')));
    EXPECT_EQ(world.server.spinning(), 0U);
    EXPECT_EQ(world.server.press_of(id)->words.substr(0, 8), "Liked. x");
    EXPECT_LE(doubles::code_points(world.server.press_of(id)->words), 200U);
    world.call(world.adapter().frontend().settled(pressed));
    world.pass(10s);
    EXPECT_EQ(world.server.press_of(id)->answers, 1) << "once";
}

TEST_F(TelegramButtons, AButtonNeverSpinsLongerThanTwoSeconds) {
    post(brief());
    const std::string id = world.server.press(TelegramWorld::ann, TelegramWorld::ann, "1 More");
    world.pass(1s);
    EXPECT_EQ(world.server.spinning(), 1U);
    world.pass(2s);
    EXPECT_EQ(world.server.spinning(), 0U);
    EXPECT_EQ(world.server.press_of(id)->words, "");
    world.call(world.adapter().frontend().notice(world.intake.kept.at(0), "too late"));
    EXPECT_EQ(world.server.press_of(id)->answers, 1);
}

TEST_F(TelegramButtons, ManyPressesAtOnceAreAllAnswered) {
    post(brief());
    for (int i = 0; i < 50; ++i)
        world.server.press(TelegramWorld::ann, TelegramWorld::ann, i % 2 == 0 ? "1 More" : "Save");
    world.order(FaultKind::silent, "answercallbackquery");
    world.pass(4s);
    EXPECT_EQ(world.server.spinning(), 1U) << "the one whose answer is held up holds up no other";
}

TEST_F(TelegramButtons, AQueryThatIsTooOldIsNoFailure) {
    post(brief());
    for (int i = 0; i < 7; ++i) world.order(FaultKind::http_500, "getupdates");
    world.server.say(TelegramWorld::bob, "brief");  // ends the poll that is under way
    world.pass(200ms);
    const std::string id = world.server.press(TelegramWorld::ann, TelegramWorld::ann, "Save");
    world.pass(140s);
    EXPECT_EQ(world.intake.kept.size(), 2U);
    EXPECT_EQ(world.metrics.of("podbrief_telegram_callbacks_total too late"), 1);
    EXPECT_FALSE(world.log.says("button not answered"));
    EXPECT_EQ(world.server.press_of(id)->answers, 1);
}

TEST_F(TelegramButtons, APressThatCouldNotBeKeptIsAnsweredWhenItCan) {
    post(brief());
    world.intake.unavailable = 2;
    const std::string id = world.server.press(TelegramWorld::ann, TelegramWorld::ann, "Save");
    world.pass(10s);
    EXPECT_EQ(world.intake.kept.size(), 1U);
    EXPECT_EQ(world.server.press_of(id)->answers, 1);
}

TEST_F(TelegramButtons, ANoticeAboutWhatWasTypedIsAMessage) {
    world.server.say(TelegramWorld::ann, "like 1");
    world.pass(1s);
    world.call(world.adapter().frontend().notice(world.intake.kept.at(0), "Liked."));
    EXPECT_EQ(world.server.transcript(TelegramWorld::ann), "Ann: like 1\n\nBrief: Liked.\n");
}

TEST_F(TelegramButtons, AnEditShowsTheNewStateAndKeepsTheButtons) {
    OutgoingMessage message = brief();
    const std::string ref = post(message);
    std::get<InsightCard>(message.content.blocks[0]).marks.saved = true;
    const auto edited = world.call(world.adapter().messenger().edit(message, ref));
    ASSERT_TRUE(std::holds_alternative<Sent>(edited));
    EXPECT_EQ(world.server.transcript(TelegramWorld::ann),
              "Brief: 1. A claim.\n  A show \u00b7 0:00\n"
              "  [1 More] [Other side] [Source]\n"
              "  [1 \U0001F44D] [\U0001F44E] [Saved]\n");
    const auto again = world.call(world.adapter().messenger().edit(message, ref));
    EXPECT_TRUE(std::holds_alternative<Sent>(again)) << "that nothing changed is no failure";
}

class TelegramGroups : public TelegramButtons {};

TEST_F(TelegramGroups, AnAnswerIsPutUnderTheQuestion) {
    world.server.add_bot(TelegramWorld::group, TelegramWorld::ann);
    const std::int64_t asked = world.server.say(TelegramWorld::bob, TelegramWorld::group, "/brief@BriefBot");
    world.server.say(TelegramWorld::bob, TelegramWorld::group, "brief");  // privacy mode: we do not hear it
    world.pass(1s);
    ASSERT_EQ(world.intake.kept.size(), 2U);
    EXPECT_EQ(world.intake.kept[0].kind, Incoming::Kind::joined);
    const Incoming question = world.intake.kept[1];
    for (int part = 1; part <= 2; ++part) {
        OutgoingMessage answer = brief(TelegramWorld::group);
        answer.key = delivery::reply_key("telegram", "", question.event_id, part);
        const std::string ref = post(answer);
        const auto* extras = world.model.extras("-7", ref);
        ASSERT_NE(extras, nullptr);
        EXPECT_EQ(extras->reply_to, part == 1 ? asked : 0) << part;
    }
    EXPECT_EQ(world.adapter().messenger().chat_rate(question.where), (Rate{18, Millis{60'000}}));
}

TEST_F(TelegramGroups, WhoMayChangeThemIsAskedForOnlyWhenItMattersAndOnce) {
    world.server.add_bot(TelegramWorld::group, TelegramWorld::ann);
    world.pass(1s);
    const int before = world.times("getChatMember");
    world.server.say(TelegramWorld::bob, TelegramWorld::group, "/brief@BriefBot");
    world.pass(1s);
    EXPECT_EQ(world.times("getChatMember"), before);
    EXPECT_EQ(world.intake.kept.back().may_manage, std::nullopt);
    world.server.say(TelegramWorld::bob, TelegramWorld::group, "/at@BriefBot 8:00");
    world.pass(1s);
    EXPECT_EQ(world.intake.kept.back().may_manage, false);
    world.server.say(TelegramWorld::bob, TelegramWorld::group, "/pause@BriefBot");
    world.pass(1s);
    EXPECT_EQ(world.times("getChatMember"), before + 1);
    world.server.say(TelegramWorld::ann, TelegramWorld::group, "/pause@BriefBot");
    world.pass(1s);
    EXPECT_EQ(world.intake.kept.back().may_manage, true);
    // Where Telegram does not say in time, it goes on without knowing.
    world.pass(400s);
    world.order(FaultKind::silent, "getchatmember");
    world.server.say(TelegramWorld::ann, TelegramWorld::group, "/resume@BriefBot");
    world.pass(3s);
    EXPECT_EQ(world.intake.kept.back().text, "resume");
    EXPECT_EQ(world.intake.kept.back().may_manage, std::nullopt);
}

TEST_F(TelegramGroups, TopicsAreAnsweredInTheTopic) {
    world.server.add_bot(TelegramWorld::forum, TelegramWorld::ann);
    doubles::TelegramServer::SayOptions in_topic;
    in_topic.thread = 5;
    world.server.say(TelegramWorld::ann, TelegramWorld::forum, "/brief@BriefBot", in_topic);
    world.pass(1s);
    OutgoingMessage answer = brief(TelegramWorld::forum);
    answer.to = world.intake.kept.back().where;
    EXPECT_EQ(answer.to.thread, "5");
    const std::string ref = post(answer);
    EXPECT_EQ(world.model.extras("-1001", ref)->thread, 5);
    world.server.delete_topic(TelegramWorld::forum, 5);
    const auto moved = world.call(world.adapter().messenger().post(answer));
    ASSERT_TRUE(std::holds_alternative<Moved>(moved));
    EXPECT_EQ(std::get<Moved>(moved).to, (Destination{"telegram", "", "-1001", ""}));
}

// RELIABILITY 114, 116: what happens to a chat is heard of, and is the same for who sends.
TEST_F(TelegramGroups, WhatHappensToAChatIsHeardOf) {
    using Kind = Incoming::Kind;
    world.server.add_bot(TelegramWorld::group, TelegramWorld::ann);
    world.server.mute_bot(TelegramWorld::group, TelegramWorld::ann);
    world.server.add_bot(TelegramWorld::group, TelegramWorld::ann);
    const std::int64_t supergroup = world.server.upgrade(TelegramWorld::group);
    world.server.block(TelegramWorld::bob);
    world.server.unblock(TelegramWorld::bob);
    world.server.add_bot(TelegramWorld::channel, TelegramWorld::ann);
    world.server.post(TelegramWorld::channel, "/settings@BriefBot");
    world.server.remove_bot(TelegramWorld::channel, TelegramWorld::ann);
    world.pass(5s);
    std::vector<Kind> kinds;
    for (const Incoming& in : world.intake.kept) kinds.push_back(in.kind);
    EXPECT_EQ(kinds, (std::vector<Kind>{Kind::joined, Kind::gone, Kind::unblocked, Kind::moved, Kind::moved,
                                        Kind::blocked, Kind::unblocked, Kind::joined, Kind::text, Kind::gone}));
    const auto outcome = world.call(world.adapter().messenger().post(brief(TelegramWorld::group)));
    ASSERT_TRUE(std::holds_alternative<Moved>(outcome));
    EXPECT_EQ(std::get<Moved>(outcome).to.chat, std::to_string(supergroup));
    EXPECT_EQ(world.intake.kept[3].moved_to.chat, std::to_string(supergroup));
    EXPECT_FALSE(post(brief(supergroup)).empty());
}

}  // namespace
}  // namespace podbrief::telegram_test
