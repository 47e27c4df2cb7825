// Corrections, inbound events, forgetting, restoring, pruning.
#include "tests/contract/outbox_contract.hpp"

namespace podbrief::testing {
namespace {

using namespace std::chrono_literals;
using Withdrawal = OutboxStore::Withdrawal;

TEST_P(OutboxContract, AWithdrawnInsightLeavesTheLibraryOnce) {
    const Episode episode = add_episode("e1");
    const auto insights = extract(episode.id, "h1", {sample_insight("one"), sample_insight("two")}).insights;
    const auto before = all_changes();
    EXPECT_TRUE(get(outbox.withdraw(insights[0].id, "misheard", noon)));
    EXPECT_FALSE(get(outbox.withdraw(insights[0].id, "again", noon + 1h)));
    EXPECT_FALSE(get(outbox.withdraw(InsightId{999}, "none", noon)));
    EXPECT_EQ(ids_of(get(library.insights_of(episode.id))), std::vector{insights[1].id});
    const auto change = all_changes().back();
    EXPECT_GT(change.sequence, before.back().sequence);
    EXPECT_EQ(change.insight.id, insights[0].id);
    EXPECT_TRUE(change.insight.superseded);
    const Withdrawal expected{insights[0].id, "misheard", noon};
    EXPECT_EQ(get(outbox.withdrawals({insights[1].id, insights[0].id, InsightId{999}})), std::vector{expected});
}

TEST_P(OutboxContract, WithdrawalsAreOpenUntilTheirCorrectionsAreEnqueued) {
    const auto made = extract(add_episode("e1").id, "h1", std::vector<Insight>(3, sample_insight("one"))).insights;
    get(outbox.withdraw(made[0].id, "a", noon + 1h));
    get(outbox.withdraw(made[1].id, "b", noon));
    get(outbox.withdraw(made[2].id, "c", noon + 1h));
    const Withdrawal a{made[0].id, "a", noon + 1h};
    const Withdrawal b{made[1].id, "b", noon};
    const Withdrawal c{made[2].id, "c", noon + 1h};
    EXPECT_EQ(get(outbox.open_withdrawals(10)), (std::vector{b, a, c}));
    EXPECT_EQ(get(outbox.open_withdrawals(1)), std::vector{b});
    get(outbox.close_withdrawal(b.insight));
    EXPECT_EQ(get(outbox.open_withdrawals(10)), (std::vector{a, c}));
    EXPECT_EQ(get(outbox.withdrawals({b.insight})), std::vector{b});
}

TEST_P(OutboxContract, FindsTheSentBriefsThatShowAnInsight) {
    const auto to = add_destination(anna.id, "1");
    const auto brief_with = [&](const std::string& key, std::vector<std::int64_t> insights) {
        const Slot slot = composing_slot(anna.id, key, noon);
        FrozenSlot frozen = this->frozen(slot, {to});
        frozen.brief.items.clear();
        for (const std::int64_t id : insights) frozen.brief.items.push_back({InsightId{id}, {}, 0, {}, 0});
        EXPECT_TRUE(get(outbox.freeze(frozen, noon)));
        return story(anna.id, key).deliveries.at(0);
    };
    const Delivery first = brief_with("d1", {1, 2});
    send(first);
    const Delivery other = brief_with("d2", {3});
    send(other);
    const Delivery second = brief_with("d3", {2, 2, 4});
    send(second);
    brief_with("d4", {2});  // not sent
    EXPECT_EQ(ids_of(get(outbox.sent_with(InsightId{2}, 10))), (std::vector{second.id, first.id}));
    EXPECT_EQ(get(outbox.sent_with(InsightId{2}, 1)), std::vector{reload(second)});
    EXPECT_EQ(ids_of(get(outbox.sent_with(InsightId{3}, 10))), std::vector{other.id});
    EXPECT_TRUE(get(outbox.sent_with(InsightId{9}, 10)).empty());
}

TEST_P(OutboxContract, AnInboundEventIsNewOnce) {
    EXPECT_TRUE(get(outbox.first_seen("slack", "T1", "e1", noon)));
    EXPECT_FALSE(get(outbox.first_seen("slack", "T1", "e1", noon + 1h)));
    EXPECT_TRUE(get(outbox.first_seen("slack", "T2", "e1", noon)));
    EXPECT_TRUE(get(outbox.first_seen("discord", "T1", "e1", noon)));
    EXPECT_TRUE(get(outbox.first_seen("slack", "T1", "e2", noon)));
    get(outbox.prune(noon - 240h, noon + 25h, 10));
    EXPECT_FALSE(get(outbox.first_seen("slack", "T1", "e1", noon + 25h))) << "kept for 25 hours";
    get(outbox.prune(noon - 240h, noon + 25h + 1ms, 10));
    EXPECT_TRUE(get(outbox.first_seen("slack", "T1", "e1", noon + 26h)));
}

TEST_P(OutboxContract, NotesAreKept) {
    EXPECT_EQ(get(outbox.note("clock")), "");
    get(outbox.set_note("clock", "12:00"));
    get(outbox.set_note("zones", "2026a"));
    get(outbox.set_note("clock", "12:01"));
    EXPECT_EQ(get(outbox.note("clock")), "12:01");
    EXPECT_EQ(get(outbox.note("zones")), "2026a");
}

TEST_P(OutboxContract, AForgottenReaderLeavesNothingInTheOutbox) {
    const auto to = add_destination(anna.id, "1");
    send(composed_slot(anna.id, "d1", noon, {to}).deliveries[0]);
    composed_slot(anna.id, "d2", noon, {to});
    get(outbox.enqueue({sample_delivery("k1", anna.id)}, noon));
    const ReaderId bo = get(readers.save(daily_reader("bo"))).id;
    const Delivery of_bo = composed_slot(bo, "d1", noon, {add_destination(bo, "1")}).deliveries[0];
    ASSERT_TRUE(get(readers.forget(anna.id)));
    EXPECT_TRUE(get(outbox.slots(anna.id, 10)).empty());
    EXPECT_FALSE(get(outbox.story(anna.id, "d1")));
    EXPECT_TRUE(get(outbox.destinations(anna.id)).empty());
    EXPECT_FALSE(get(outbox.destination(to.id)));
    EXPECT_TRUE(get(outbox.sent_with(InsightId{7}, 10)).empty());
    EXPECT_EQ(due(), std::vector{of_bo});
    EXPECT_EQ(get(outbox.readers_to_plan(WallTime::max(), 10)).size(), 1U);
    EXPECT_EQ(get(outbox.enqueue({sample_delivery("k1", bo)}, noon)).size(), 1U) << "its keys are free";
}

TEST_P(OutboxContract, AfterARestoreWhatWasDueMayHaveBeenSentAlready) {
    const auto to = add_destination(anna.id, "1");
    const auto d = composed_slot(anna.id, "d1", noon, {to}, 2).deliveries;
    const ReaderId bo = get(readers.save(daily_reader("bo"))).id;
    const Delivery claimed = claim(composed_slot(bo, "d1", noon - 1h, {to}).deliveries[0], take_lane());
    const ReaderId cy = get(readers.save(daily_reader("cy"))).id;
    const Delivery later = composed_slot(cy, "d1", noon + 1h, {to}).deliveries[0];
    EXPECT_EQ(get(outbox.doubt_all(noon + 1h - 1ms)), 3);
    for (const Delivery& doubted : {d[0], d[1], claimed}) {
        EXPECT_EQ(reload(doubted).state, DeliveryState::unknown);
        EXPECT_EQ(reload(doubted).first_unknown_at, doubted.send_at);
        EXPECT_EQ(reload(doubted).epoch, 0);
    }
    EXPECT_EQ(reload(later), later);
    EXPECT_EQ(slot(anna.id, "d1").state, SlotState::fired) << "a first byte may have left";
    EXPECT_EQ(ids_of(due(noon)), (std::vector{claimed.id, d[0].id}));
    EXPECT_EQ(get(outbox.doubt_all(noon)), 0);
}

TEST_P(OutboxContract, WhatEndedLongAgoIsRemovedAndTheRestKept) {
    const auto to = add_destination(anna.id, "1");
    const auto ended = [&](const std::string& key, WallTime due_at) {
        const Delivery delivery = composed_slot(anna.id, key, due_at, {to}).deliveries.at(0);
        send(delivery);
        return delivery;
    };
    ended("d1", noon - 48h);  // all end at noon + 5min
    ended("d2", noon - 24h);
    const Delivery parked = composed_slot(anna.id, "d3", noon - 12h, {to}).deliveries[0];
    advance(advance(claim(parked, take_lane()), DeliveryState::dispatching), DeliveryState::parked);
    plan_slot(anna.id, "d4", noon - 6h);
    get(outbox.enqueue({sample_delivery("k1", anna.id), sample_delivery("k2", anna.id)}, noon));
    const LaneLease lease = take_lane();
    for (const Delivery& loose : due()) {
        if (loose.key == "k1") try_advance(claim(loose, lease), DeliveryState::dead);
    }

    EXPECT_EQ(get(outbox.prune(noon + 5min, noon, 10)), 0) << "nothing ended before then";
    EXPECT_EQ(get(outbox.prune(noon + 6min, noon, 1)), 1);
    EXPECT_FALSE(get(outbox.story(anna.id, "d1")));
    EXPECT_TRUE(get(outbox.story(anna.id, "d2")));
    EXPECT_EQ(get(outbox.prune(noon + 6min, noon, 10)), 1);
    EXPECT_FALSE(get(outbox.story(anna.id, "d2")));
    EXPECT_EQ(reload(parked).state, DeliveryState::parked);
    EXPECT_EQ(slot(anna.id, "d4").state, SlotState::planned);
    EXPECT_TRUE(get(outbox.enqueue({sample_delivery("k1", anna.id)}, noon))[0]) << "its key is free";
    EXPECT_FALSE(get(outbox.enqueue({sample_delivery("k2", anna.id)}, noon))[0]);
    EXPECT_TRUE(get(readers.brief(anna.id, "d1"))) << "briefs are the reader's";
}

TEST_P(OutboxContract, SequencesAreNeverGivenTwiceEvenWhenAllSlotsAreGone) {
    const Slot slot = composing_slot(anna.id, "d1", noon);
    get(outbox.give_up_slot(slot.id, "w1", "", noon));
    EXPECT_EQ(get(outbox.prune(noon + 1h, noon, 10)), 1);
    EXPECT_TRUE(get(outbox.slots(anna.id, 10)).empty());
    EXPECT_EQ(plan_of(anna.id).last_sequence, 1);
    EXPECT_EQ(plan_slot(anna.id, "d2", noon).sequence, 2);
}

}  // namespace
}  // namespace podbrief::testing
