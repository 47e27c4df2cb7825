// What goes wrong with messages, and where they go.
#include <gtest/gtest.h>

#include "tests/adapters/slack/world.hpp"

namespace podbrief::slack {
namespace {

using doubles::Fault;
using doubles::FaultKind;
using doubles::SlackModel;

class SlackClient : public ::testing::Test {
protected:
    OutgoingMessage message(std::string chat = "C1", std::string thread = {}) {
        OutgoingMessage out;
        out.to = {"slack", "T1", std::move(chat), std::move(thread)};
        out.key = std::string(24, 'k');
        out.content = card_reply();
        return out;
    }
    SendOutcome post(OutgoingMessage m) { return world.run(world.app->messenger().post(std::move(m))); }
    SendOutcome find(OutgoingMessage m) {
        world.pass(Millis{2'000});
        return world.run(world.app->messenger().find(std::move(m), world.clock.wall_now() - Millis{600'000}));
    }
    void order(FaultKind kind, bool made, std::string op) {
        Fault fault;
        fault.kind = kind;
        fault.made = made;
        world.trouble.order(fault, "slack", std::move(op));
    }
    std::size_t messages(const std::string& chat = "C1") { return world.model.chat("T1", chat)->messages.size(); }
    World world{World::Mode::http};
};

TEST_F(SlackClient, APersonIsWrittenToAndFoundInTheirDirectConversation) {
    const auto sent = post(message("U1"));
    ASSERT_TRUE(std::holds_alternative<Sent>(sent));
    EXPECT_EQ(messages(world.dm), 1U);
    const auto found = find(message("U1"));
    ASSERT_TRUE(std::holds_alternative<Sent>(found));
    EXPECT_EQ(std::get<Sent>(found).message_ref, std::get<Sent>(sent).message_ref);
    auto change = message("U1");
    change.content = words("changed");
    EXPECT_TRUE(
        std::holds_alternative<Sent>(world.run(world.app->messenger().edit(change, std::get<Sent>(sent).message_ref))));
    EXPECT_TRUE(std::holds_alternative<DestinationGone>(post(message("U404"))));
    EXPECT_TRUE(std::holds_alternative<DestinationGone>(find(message("U404"))));
}

TEST_F(SlackClient, WhatWasPostedInAThreadIsFoundThere) {
    const auto parent = std::get<Sent>(post(message())).message_ref;
    world.pass(Millis{2'000});
    auto reply = message("C1", parent);
    reply.key = std::string(24, 'r');
    const auto sent = post(reply);
    ASSERT_TRUE(std::holds_alternative<Sent>(sent));
    EXPECT_EQ(std::get<Sent>(find(reply)).message_ref, std::get<Sent>(sent).message_ref);
    auto outside = reply;
    outside.to.thread.clear();
    EXPECT_TRUE(std::holds_alternative<NotFound>(find(outside)));
}

// RELIABILITY (c) G 77: it says that it failed, and has posted.
TEST_F(SlackClient, AnInternalErrorIsUnknownAndHistoryDecides) {
    order(FaultKind::internal_error, true, "post");
    EXPECT_TRUE(std::holds_alternative<OutcomeUnknown>(post(message())));
    EXPECT_TRUE(std::holds_alternative<Sent>(find(message())));
    auto other = message();
    other.key = std::string(24, 'o');
    order(FaultKind::fatal_error, false, "post");
    EXPECT_TRUE(std::holds_alternative<OutcomeUnknown>(post(other)));
    EXPECT_TRUE(std::holds_alternative<NotFound>(find(other)));
    EXPECT_EQ(messages(), 1U);
}

// RELIABILITY (c) G 76.
TEST_F(SlackClient, HistoryThatIsForbiddenOrScarceIsSaidSo) {
    world.model.set_history(SlackModel::HistoryMode::forbidden);
    const auto closed = find(message());
    ASSERT_TRUE(std::holds_alternative<HistoryClosed>(closed));
    EXPECT_EQ(std::get<HistoryClosed>(closed).reason, "missing_scope: im:history");
    world.model.set_history(SlackModel::HistoryMode::slow);
    EXPECT_TRUE(std::holds_alternative<NotFound>(find(message())));
    const auto limited = find(message());
    ASSERT_TRUE(std::holds_alternative<NotSent>(limited));
    EXPECT_TRUE(std::get<NotSent>(limited).limited);
    EXPECT_GT(std::get<NotSent>(limited).wait, Millis{50'000});
}

// RELIABILITY (c) G 79.
TEST_F(SlackClient, ItIsTheSameWhetherSlackIgnoresHonoursOrRejectsAClientMsgId) {
    for (const auto mode :
         {SlackModel::ClientMsgId::ignored, SlackModel::ClientMsgId::honoured, SlackModel::ClientMsgId::rejected}) {
        world.model.set_client_msg_id(mode);
        world.pass(Millis{2'000});
        auto one = message();
        one.key[0] = static_cast<char>('a' + static_cast<int>(mode));
        const auto before = messages();
        EXPECT_TRUE(std::holds_alternative<Sent>(post(one)));
        EXPECT_EQ(messages(), before + 1);
        EXPECT_FALSE(world.server.transcript("T1", "C1").find("[More]") == std::string::npos)
            << "still in its rich form";
    }
    const auto calls = world.model.counters().calls;
    auto again = message();
    again.key = std::string(24, 'z');
    world.pass(Millis{2'000});
    post(again);
    EXPECT_EQ(world.model.counters().calls, calls + 1) << "once refused, it is left out";
}

// RELIABILITY (c) K 120.
TEST_F(SlackClient, WhatSlackRefusesInItsRichFormPassesAsText) {
    order(FaultKind::payload_refused, false, "post");
    auto one = message();
    EXPECT_TRUE(std::holds_alternative<PayloadRefused>(post(one)));
    one.plainness = 1;
    EXPECT_TRUE(std::holds_alternative<Sent>(post(one)));
    EXPECT_EQ(world.server.transcript("T1", "C1"),
              "podbrief: 1. Export controls raise the price of memory.\n"
              "    Jane Doe \u00b7 The Show \u00b7 12:34\n"
              "    https://example.org/e#t=754\n");
}

// RELIABILITY (c) K 117, with what Slack itself would ping.
TEST_F(SlackClient, NothingThatPeopleSayPings) {
    int number = 0;
    for (const char* text : {"<!channel>", "<!here|x>", "<@U1>", "<!subteam^S1>", "@channel @everyone",
                             "&lt;!channel&gt;", "<!date^1^{date}|<!channel>>", "*<@U1>*", "`<!here>`"}) {
        for (const int plainness : {0, 1, 2}) {
            OutgoingMessage one = message();
            one.key = std::string(22, 'p') + std::to_string(10 + number++);
            InsightCard card = std::get<InsightCard>(card_reply().blocks[0]);
            card.text = card.speaker = card.show = card.episode = card.why = card.quote = card.topic = text;
            one.content.blocks = {Heading{text}, Paragraph{text}, card, Table{{{text, text}}}};
            one.content.suggestions = {text};
            one.plainness = plainness;
            world.pass(Millis{2'000});
            ASSERT_TRUE(std::holds_alternative<Sent>(post(one)));
        }
    }
    world.pass(Millis{2'000});
    Incoming about;
    about.tenant = "T1";
    about.from = {"slack", "T1", "U1"};
    about.where = {"slack", "T1", "C1", ""};
    world.run(world.app->frontend().notice(about, "<!channel> <@U1>"));
    EXPECT_TRUE(world.server.pings().empty());
    EXPECT_TRUE(world.server.complaints().empty());
}

TEST_F(SlackClient, CallsOutsideTheLanesKeepToABudget) {
    Incoming about;
    about.tenant = "T1";
    about.from = {"slack", "T1", "U1"};
    about.where = {"slack", "T1", "C1", ""};
    for (int i = 0; i < 500; ++i) world.run(world.app->frontend().show_home(about, card_reply()));
    std::size_t calls = 0;
    for (const auto& request : world.http.sent()) calls += request.url.ends_with("views.publish") ? 1U : 0U;
    const auto minutes = static_cast<std::size_t>(world.clock.steady_now().time_since_epoch().count()) / 60'000 + 1;
    EXPECT_LE(calls, minutes * 100);
    EXPECT_GT(calls, 10U);
}

TEST_F(SlackClient, EveryMessageTurnsPreviewsAndParsingOffAndCarriesItsDeliveryId) {
    post(message());
    const std::string body = world.http.sent().back().body;
    for (const char* part :
         {R"("unfurl_links":false)", R"("unfurl_media":false)", R"("parse":"none")",
          R"("metadata":{"event_type":"brief_delivery","event_payload":{"delivery_id":"kkkkkkkkkkkkkkkkkkkkkkkk"}})"}) {
        EXPECT_NE(body.find(part), std::string::npos) << part << " is not in " << body;
    }
    EXPECT_EQ(body.find("link_names"), std::string::npos);
}

}  // namespace
}  // namespace podbrief::slack
