// What a message in a chat is.
#include "tests/contract/outbox_contract.hpp"

namespace podbrief::testing {
namespace {

using namespace std::chrono_literals;

const std::string once_edited = R"({"blocks":[1]})";
const std::string twice_edited = R"({"blocks":[2]})";

Delivery reply_to(const Destination& chat, const std::string& key) {
    Delivery reply = sample_delivery(key);
    reply.kind = DeliveryKind::reply;
    reply.address = chat;
    return reply;
}

Delivery edit_of(const Delivery& message, const std::string& key, const std::string& payload) {
    Delivery edit = sample_delivery(key);
    edit.address = message.address;
    edit.message_ref = message.message_ref;
    edit.payload = payload;
    edit.payload_hash = std::string(64, 'e');
    edit.plainness = 1;
    return edit;
}

Delivery showing(Delivery message, const Delivery& edit) {
    message.payload = edit.payload;
    message.payload_hash = edit.payload_hash;
    message.plainness = edit.plainness;
    return message;
}

TEST_P(OutboxContract, AMessageIsFoundByItsChatAndReference) {
    const Delivery reply = send_loose(reply_to(chat("1"), "k1"), "17", noon);
    const Delivery elsewhere = send_loose(reply_to(chat("2"), "k2"), "17", noon);
    EXPECT_EQ(get(outbox.sent_as(chat("1"), "17")), reply);
    EXPECT_EQ(get(outbox.sent_as(chat("2"), "17")), elsewhere);
    EXPECT_FALSE(get(outbox.sent_as(chat("1"), "18")));
    EXPECT_FALSE(get(outbox.sent_as(chat("3"), "17")));
    EXPECT_FALSE(get(outbox.sent_as({"telegram", "w", "1", ""}, "17")));
    EXPECT_FALSE(get(outbox.sent_as({"discord", "", "1", ""}, "17")));
    EXPECT_FALSE(get(outbox.sent_as(chat("1"), "")));
}

TEST_P(OutboxContract, AMessageIsNamedWithinItsChatWhateverTheThread) {
    const Delivery reply = send_loose(reply_to({"telegram", "", "1", "7"}, "k1"), "17", noon);
    EXPECT_EQ(get(outbox.sent_as({"telegram", "", "1", ""}, "17")), reply);
    EXPECT_EQ(get(outbox.sent_as({"telegram", "", "1", "9"}, "17")), reply);
}

TEST_P(OutboxContract, APartOfABriefIsFoundToo) {
    const auto to = add_destination(anna.id, "1");
    const LaneLease lease = take_lane();
    Delivery part = claim(composed_slot(anna.id, "d", noon, {to}).deliveries[0], lease);
    EXPECT_FALSE(get(outbox.sent_as(to.address, "17")));
    part = advance(part, DeliveryState::dispatching);
    Advance sent = step(part, DeliveryState::sent);
    sent.next.message_ref = "17";
    ASSERT_TRUE(get(outbox.advance(sent)));
    EXPECT_EQ(get(outbox.sent_as(to.address, "17")), reload(part));
    get(readers.forget(anna.id));
    EXPECT_FALSE(get(outbox.sent_as(to.address, "17")));
}

TEST_P(OutboxContract, WhatWasNotSentIsNoMessage) {
    Delivery waiting = reply_to(chat("1"), "k1");
    waiting.message_ref = "17";
    get(outbox.enqueue({waiting}, noon));
    EXPECT_FALSE(get(outbox.sent_as(chat("1"), "17")));
    const LaneLease lease = take_lane();
    Delivery sending = claim(due(noon).at(0), lease);
    ASSERT_TRUE(try_advance(sending, DeliveryState::dead));
    EXPECT_FALSE(get(outbox.sent_as(chat("1"), "17")));
}

TEST_P(OutboxContract, AMessageShowsTheLatestEditThatWasSent) {
    const Delivery reply = send_loose(reply_to(chat("1"), "k1"), "17", noon);
    const Delivery second = send_loose(edit_of(reply, "k2", twice_edited), "17", noon + 2min);
    EXPECT_EQ(get(outbox.sent_as(chat("1"), "17")), showing(reply, second));
    send_loose(edit_of(reply, "k3", once_edited), "17", noon + 1min);
    EXPECT_EQ(get(outbox.sent_as(chat("1"), "17")), showing(reply, second)) << "sent earlier, written down later";
    const Delivery same_time = send_loose(edit_of(reply, "k4", once_edited), "17", noon + 2min);
    EXPECT_EQ(get(outbox.sent_as(chat("1"), "17")), showing(reply, same_time));

    get(outbox.enqueue({edit_of(reply, "k5", twice_edited)}, noon));
    EXPECT_EQ(get(outbox.sent_as(chat("1"), "17")), showing(reply, same_time)) << "an edit that waits is not shown";
}

TEST_P(OutboxContract, AnEditOfSomethingThatIsNotOursIsNoMessage) {
    Delivery other = reply_to(chat("1"), "k1");
    other.message_ref = "17";
    send_loose(edit_of(other, "k2", once_edited), "17", noon);
    EXPECT_FALSE(get(outbox.sent_as(chat("1"), "17")));
}

}  // namespace
}  // namespace podbrief::testing
