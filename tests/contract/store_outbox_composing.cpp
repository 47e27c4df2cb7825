#include "tests/contract/outbox_contract.hpp"

namespace podbrief::testing {
namespace {

using namespace std::chrono_literals;
using Lines = std::vector<std::string>;

TEST_P(OutboxContract, SlotsAreComposedEarliestFirst) {
    const ReaderId bo = get(readers.save(daily_reader("bo"))).id;
    const ReaderId cy = get(readers.save(daily_reader("cy"))).id;
    const SlotId second = plan_slot(anna.id, "d", noon + 1h).id;
    const SlotId first = plan_slot(bo, "d", noon).id;
    plan_slot(cy, "d", noon + 2h);
    EXPECT_EQ(get(outbox.next_slot_due()), noon);
    EXPECT_EQ(ids_of(get(outbox.claim_slots("w1", noon + 2h, noon, noon + 5min, 1))), std::vector{first});
    EXPECT_EQ(get(outbox.next_slot_due()), noon + 1h);
    const auto rest = get(outbox.claim_slots("w2", noon + 2h, noon, noon + 5min, 10));
    ASSERT_EQ(ids_of(rest), std::vector{second});
    EXPECT_EQ(rest[0].state, SlotState::composing);
    EXPECT_EQ(rest[0].worker, "w2");
    EXPECT_EQ(rest[0].lease_until, noon + 5min);
    EXPECT_EQ(rest[0].crashes, 0);
    EXPECT_EQ(slot(anna.id, "d"), rest[0]);
    EXPECT_EQ(get(outbox.next_slot_due()), noon + 2h);
    EXPECT_TRUE(get(outbox.claim_slots("w1", noon + 2h, noon, noon + 5min, 10)).empty());
}

TEST_P(OutboxContract, ASlotWhoseComposerDiedIsTakenOverWhenItsLeaseRanOut) {
    composing_slot(anna.id, "d", noon);  // until noon + 1h
    EXPECT_EQ(get(outbox.next_slot_due()), std::nullopt);
    EXPECT_TRUE(get(outbox.claim_slots("w2", noon + 1h, noon + 1h - 1ms, noon + 2h, 10)).empty());
    EXPECT_TRUE(get(outbox.claim_slots("w2", noon, noon + 1h, noon + 2h, 10)).empty());  // not due
    EXPECT_EQ(get(outbox.next_slot_due()), noon);
    const auto taken = get(outbox.claim_slots("w2", noon + 1h, noon + 1h, noon + 2h, 10));
    ASSERT_EQ(taken.size(), 1U);
    EXPECT_EQ(taken[0].worker, "w2");
    EXPECT_EQ(taken[0].crashes, 1);
    EXPECT_FALSE(get(outbox.freeze(frozen(taken[0], {}), noon))) << "it is not w1's any more";
    EXPECT_EQ(events(anna.id, "d"), (Lines{"planned", "composing", "composing"}));
    EXPECT_EQ(story(anna.id, "d").events.back().detail, "taken over from w1");
}

TEST_P(OutboxContract, KeepsWhatWasFrozen) {
    const auto a = add_destination(anna.id, "1");
    const auto b = add_destination(anna.id, "2");
    const Slot slot = composing_slot(anna.id, "2026-03-02", noon);
    FrozenSlot frozen = this->frozen(slot, {b, a}, 2);
    frozen.deliveries[1].quiet = Interval{noon + 10h, noon + 19h};
    ASSERT_TRUE(get(outbox.freeze(frozen, noon - 1h)));

    const SlotStory told = story(anna.id, "2026-03-02");
    Slot expected = slot;
    expected.state = SlotState::composed;
    expected.brief = told.slot.brief;
    expected.lease_until = {};
    expected.composed_at = noon - 1h;
    EXPECT_EQ(told.slot, expected);
    ASSERT_TRUE(told.brief);
    frozen.brief.id = told.slot.brief;
    EXPECT_EQ(*told.brief, frozen.brief);
    EXPECT_EQ(get(readers.brief(anna.id, "2026-03-02")), frozen.brief);
    ASSERT_EQ(told.deliveries.size(), 4U);
    const Delivery* given[] = {&frozen.deliveries[2], &frozen.deliveries[3], &frozen.deliveries[0],
                               &frozen.deliveries[1]};
    for (std::size_t i = 0; i < 4; ++i) {
        Delivery d = *given[i];
        d.id = told.deliveries[i].id;
        d.reader = anna.id;
        d.slot = slot.id;
        d.sequence = slot.sequence;
        d.created_at = noon - 1h;
        EXPECT_TRUE(d.id);
        EXPECT_EQ(told.deliveries[i], d);
    }
    EXPECT_EQ(events(anna.id, "2026-03-02"), (Lines{"planned", "composing", "composed"}));
    EXPECT_EQ(told.events.back().worker, "w1");
    EXPECT_EQ(told.events.back().at, noon - 1h);
}

TEST_P(OutboxContract, OnlyWhoComposesASlotMayFreezeItAndOnlyOnce) {
    const auto to = add_destination(anna.id, "1");
    const Slot slot = composing_slot(anna.id, "d", noon);
    FrozenSlot frozen = this->frozen(slot, {to});
    frozen.worker = "w2";
    EXPECT_FALSE(get(outbox.freeze(frozen, noon)));
    EXPECT_FALSE(get(readers.brief(anna.id, "d"))) << "nothing was written";
    frozen.worker = "w1";
    EXPECT_TRUE(get(outbox.freeze(frozen, noon)));
    EXPECT_FALSE(get(outbox.freeze(frozen, noon)));
    EXPECT_EQ(story(anna.id, "d").deliveries.size(), 1U);
    frozen.slot = SlotId{999};
    EXPECT_FALSE(get(outbox.freeze(frozen, noon)));
}

TEST_P(OutboxContract, ASlotThatWasCancelledMeanwhileIsNotFrozen) {
    const Slot slot = composing_slot(anna.id, "d", noon);
    anna.brief_at = 20h;
    get(readers.save(anna));
    EXPECT_FALSE(get(outbox.freeze(frozen(slot, {}), noon)));
    EXPECT_FALSE(get(outbox.give_up_slot(slot.id, "w1", "", noon)));
}

TEST_P(OutboxContract, ABriefAskedForBeforeIsTheOneThatIsSent) {
    Brief asked = sample_brief(anna.id, "d", noon - 5h);
    asked.note = "asked for";
    asked = get(readers.save(asked));
    const SlotStory told = composed_slot(anna.id, "d", noon, {add_destination(anna.id, "1")});
    EXPECT_EQ(told.slot.brief, asked.id);
    asked.unsent = false;  // it will be sent now
    EXPECT_EQ(told.brief, asked);
}

TEST_P(OutboxContract, ASlotWithNowhereToSendToIsFired) {
    const SlotStory told = composed_slot(anna.id, "d", noon, {});
    EXPECT_EQ(told.slot.state, SlotState::fired);
    EXPECT_EQ(events(anna.id, "d"), (Lines{"planned", "composing", "composed", "fired"}));
    EXPECT_EQ(plan_of(anna.id).last, told.slot);
}

TEST_P(OutboxContract, ADestinationLostWhileTheBriefWasComposedGetsNothing) {
    const auto lost = add_destination(anna.id, "1");
    const auto left = add_destination(anna.id, "2");
    const Slot slot = composing_slot(anna.id, "d", noon);
    get(outbox.set_destination(lost.id, DestinationState::blocked, "blocked by the reader", noon));
    ASSERT_TRUE(get(outbox.freeze(frozen(slot, {lost, left}), noon)));
    const SlotStory told = story(anna.id, "d");
    EXPECT_EQ(told.slot.state, SlotState::composed);
    EXPECT_EQ(told.deliveries.at(0).state, DeliveryState::destination_gone);
    EXPECT_EQ(told.deliveries.at(0).reason, "blocked by the reader");
    EXPECT_EQ(told.deliveries.at(1).state, DeliveryState::ready);
}

TEST_P(OutboxContract, ASlotThatIsGivenUpIsSuperseded) {
    const Slot slot = composing_slot(anna.id, "d", noon);
    EXPECT_FALSE(get(outbox.give_up_slot(slot.id, "w2", "no", noon)));
    EXPECT_TRUE(get(outbox.give_up_slot(slot.id, "w1", "the model is down", noon)));
    const Slot ended = this->slot(anna.id, "d");
    EXPECT_EQ(ended.state, SlotState::superseded);
    EXPECT_EQ(ended.superseded_by, 0);
    EXPECT_EQ(ended.note, "the model is down");
    EXPECT_EQ(plan_of(anna.id).last, ended);
    EXPECT_EQ(get(outbox.next_slot_due()), std::nullopt);
    EXPECT_EQ(ids_of(std::vector{get(outbox.undelivered(anna.id, 9)).at(0).slot}), std::vector{ended.id});
}

TEST_P(OutboxContract, WhatDidNotReachTheReaderSinceTheLastThatDidIsUndelivered) {
    const auto to = add_destination(anna.id, "1");
    const auto unsent = [&](const std::string& key, WallTime due_at) {
        return composed_slot(anna.id, key, due_at, {to});
    };
    const auto begin = [&](const SlotStory& told) {
        return advance(claim(told.deliveries.at(0), take_lane()), DeliveryState::dispatching);
    };
    EXPECT_TRUE(get(outbox.undelivered(anna.id, 1)).empty());
    // Too old: one was sent since.
    const Slot lost = composing_slot(anna.id, "d1", noon);
    get(outbox.give_up_slot(lost.id, "w1", "", noon));
    advance(begin(unsent("d2", noon)), DeliveryState::sent);
    // Superseded, parked, dead, unknown, then the one that is being composed.
    const Slot given_up = composing_slot(anna.id, "d3", noon);
    get(outbox.give_up_slot(given_up.id, "w1", "", noon));
    const Delivery parked = advance(begin(unsent("d4", noon)), DeliveryState::parked);
    advance(begin(unsent("d5", noon)), DeliveryState::dead);
    advance(begin(unsent("d6", noon)), DeliveryState::unknown);
    const Slot present = composing_slot(anna.id, "d7", noon);

    const auto undelivered = get(outbox.undelivered(anna.id, present.sequence));
    ASSERT_EQ(undelivered.size(), 2U);
    EXPECT_EQ(undelivered[0].slot.key, "d3");
    EXPECT_FALSE(undelivered[0].brief);
    EXPECT_EQ(undelivered[1].slot.key, "d4");
    EXPECT_EQ(undelivered[1].brief->local_date, "d4");
    EXPECT_EQ(undelivered[1].deliveries, std::vector{reload(parked)});
    EXPECT_EQ(undelivered[1].events, story(anna.id, "d4").events);
    EXPECT_EQ(get(outbox.undelivered(anna.id, undelivered[1].slot.sequence)).size(), 1U);
}

// Found by simulation (seed 507389).
TEST_P(OutboxContract, WhatWasInDoubtWhenALaterBriefArrivedIsUndeliveredOnceItIsGivenUp) {
    const auto to = add_destination(anna.id, "1");
    const auto begun = [&](const std::string& key, WallTime composed_at) {
        const Slot slot = composing_slot(anna.id, key, noon);
        EXPECT_TRUE(get(outbox.freeze(frozen(slot, {to}), composed_at)));
        const SlotStory told = story(anna.id, key);
        return advance(claim(told.deliveries.at(0), take_lane()), DeliveryState::dispatching);
    };
    const auto undelivered = [&] {
        std::vector<std::string> keys;
        for (const SlotStory& told : get(outbox.undelivered(anna.id, 9))) keys.push_back(told.slot.key);
        return keys;
    };
    const Delivery doubtful = advance(begun("d1", noon), DeliveryState::unknown);
    advance(begun("d2", noon + 24h), DeliveryState::sent);
    EXPECT_EQ(undelivered(), std::vector<std::string>{});
    Advance given_up = step(doubtful, DeliveryState::superseded);
    given_up.next.finished_at = noon + 25h;
    ASSERT_TRUE(get(outbox.advance(given_up)));
    EXPECT_EQ(undelivered(), std::vector<std::string>{"d1"});
    // The next that arrives has told of it.
    advance(begun("d3", noon + 48h), DeliveryState::sent);
    EXPECT_EQ(undelivered(), std::vector<std::string>{});
}

TEST_P(OutboxContract, ABriefTakesThePlaceOfEarlierOnesThatDidNotReachTheReader) {
    const auto to = add_destination(anna.id, "1");
    const SlotStory earlier = composed_slot(anna.id, "d1", noon, {to}, 2);
    const Delivery parked =
        advance(advance(claim(earlier.deliveries[0], take_lane()), DeliveryState::dispatching), DeliveryState::parked);
    const Slot slot = composing_slot(anna.id, "d2", noon + 24h);
    FrozenSlot frozen = this->frozen(slot, {to});
    frozen.supersedes = {parked.id, earlier.deliveries[1].id};
    ASSERT_TRUE(get(outbox.freeze(frozen, noon + 23h)));

    const SlotStory told = story(anna.id, "d1");
    EXPECT_EQ(told.slot.state, SlotState::superseded);
    EXPECT_EQ(told.slot.superseded_by, 2);
    EXPECT_TRUE(told.brief->unsent);
    EXPECT_TRUE(get(readers.brief(anna.id, "d1"))->unsent);
    EXPECT_FALSE(get(readers.brief(anna.id, "d2"))->unsent);
    for (const Delivery& delivery : told.deliveries) {
        EXPECT_EQ(delivery.state, DeliveryState::superseded);
        EXPECT_EQ(delivery.superseded_by, 2);
        EXPECT_EQ(delivery.finished_at, noon + 23h);
        EXPECT_EQ(delivery.reason, "told in the brief of d2");
    }
    const Lines lines = events(anna.id, "d1");
    EXPECT_EQ(Lines(lines.end() - 3, lines.end()), (Lines{"1 superseded", "2 superseded", "superseded"}));
}

TEST_P(OutboxContract, ABriefIsNotFrozenWhenWhatItReplacesMovedOn) {
    const auto to = add_destination(anna.id, "1");
    const Delivery waiting = composed_slot(anna.id, "d1", noon, {to, add_destination(anna.id, "2")}).deliveries[0];
    advance(claim(waiting, take_lane()), DeliveryState::dispatching);
    const Slot slot = composing_slot(anna.id, "d2", noon + 24h);
    FrozenSlot frozen = this->frozen(slot, {to});
    frozen.supersedes = {story(anna.id, "d1").deliveries[1].id, waiting.id};
    EXPECT_FALSE(get(outbox.freeze(frozen, noon + 23h)));
    EXPECT_EQ(story(anna.id, "d1").deliveries[1].state, DeliveryState::ready);
    EXPECT_EQ(this->slot(anna.id, "d2").state, SlotState::composing);
    frozen.supersedes.pop_back();
    EXPECT_TRUE(get(outbox.freeze(frozen, noon + 23h)));
}

}  // namespace
}  // namespace podbrief::testing
