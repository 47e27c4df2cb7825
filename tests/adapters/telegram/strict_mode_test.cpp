// RELIABILITY 80: a line is reserved and then filled; what is in doubt leaves a stray line at worst.
#include "tests/adapters/telegram/world.hpp"

namespace podbrief::telegram_test {
namespace {

using namespace std::chrono_literals;

class TelegramStrict : public ::testing::Test {
protected:
    OutgoingMessage brief() {
        OutgoingMessage out;
        out.to = {"telegram", "", "42", ""};
        out.key = "abcdefghijklmnopqrstuvwx";
        out.content.blocks.emplace_back(Heading{"Your brief"});
        return out;
    }
    Messenger& messenger() { return world.adapter().messenger(); }
    SendOutcome reserve() { return world.call(messenger().reserve(brief())); }
    SendOutcome fill(const std::string& ref) { return world.call(messenger().edit(brief(), ref)); }
    std::size_t seen(const std::string& text) const {
        std::size_t count = 0;
        for (const auto& found : world.model.with_text(text)) count += found.message->visible() ? 1 : 0;
        return count;
    }
    TelegramWorld world;
};

TEST_F(TelegramStrict, AReserveInDoubtLeavesOneStrayLineAndTheBriefComesOnce) {
    world.order(FaultKind::answer_lost, "post", true);
    EXPECT_TRUE(std::holds_alternative<OutcomeUnknown>(reserve()));
    world.pass(2s);
    const auto again = reserve();
    ASSERT_TRUE(std::holds_alternative<Sent>(again));
    world.pass(2s);
    EXPECT_TRUE(std::holds_alternative<Sent>(fill(std::get<Sent>(again).message_ref)));
    EXPECT_EQ(seen("Your brief is on its way"), 1U);
    EXPECT_EQ(world.model.chat({}, "42")->messages.size(), 2U);
}

TEST_F(TelegramStrict, AFillInDoubtIsRepeatedUntilNothingIsModified) {
    const std::string ref = std::get<Sent>(reserve()).message_ref;
    for (const auto kind : {FaultKind::answer_lost, FaultKind::http_502, FaultKind::garbage_html}) {
        world.pass(2s);
        world.order(kind, "edit", true);
        EXPECT_TRUE(std::holds_alternative<OutcomeUnknown>(fill(ref)));
    }
    world.pass(2s);
    const auto done = fill(ref);
    ASSERT_TRUE(std::holds_alternative<Sent>(done));
    EXPECT_EQ(std::get<Sent>(done).message_ref, ref);
    EXPECT_EQ(world.server.transcript(TelegramWorld::ann), "Brief: Your brief\n");
}

TEST_F(TelegramStrict, ALineThatItsReaderRemovedIsNotFound) {
    const std::string ref = std::get<Sent>(reserve()).message_ref;
    world.server.remove(TelegramWorld::ann, std::stoll(ref));
    world.pass(2s);
    EXPECT_TRUE(std::holds_alternative<NotFound>(fill(ref)));
    EXPECT_TRUE(std::holds_alternative<NotFound>(fill("not a number")));
}

TEST_F(TelegramStrict, FastModePostsAtOnceAndReservesNothing) {
    world.options.strict = false;
    EXPECT_FALSE(messenger().traits().has_placeholders);
    EXPECT_TRUE(std::holds_alternative<PayloadRefused>(reserve()));
    EXPECT_TRUE(std::holds_alternative<Sent>(world.call(messenger().post(brief()))));
}

// RELIABILITY 120.
TEST_F(TelegramStrict, WhatIsRefusedRichPassesPlain) {
    OutgoingMessage message = brief();
    world.order(FaultKind::payload_refused, "post");
    EXPECT_TRUE(std::holds_alternative<PayloadRefused>(world.call(messenger().post(message))));
    message.plainness = 1;
    world.pass(2s);
    EXPECT_TRUE(std::holds_alternative<Sent>(world.call(messenger().post(message))));
}

// RELIABILITY 114.
TEST_F(TelegramStrict, WhoBlockedUsIsSentNothing) {
    const std::string ref = std::get<Sent>(reserve()).message_ref;
    world.server.block(TelegramWorld::ann);
    world.pass(2s);
    const auto outcome = fill(ref);
    ASSERT_TRUE(std::holds_alternative<DestinationGone>(outcome));
    EXPECT_EQ(std::get<DestinationGone>(outcome).state, DestinationState::blocked);
}

TEST_F(TelegramStrict, WhatIsNoChatIsNowhere) {
    OutgoingMessage message = brief();
    message.to.chat = "somewhere";
    EXPECT_TRUE(std::holds_alternative<DestinationGone>(world.call(messenger().post(message))));
    EXPECT_TRUE(world.bridge.sent().empty());
}

}  // namespace
}  // namespace podbrief::telegram_test
