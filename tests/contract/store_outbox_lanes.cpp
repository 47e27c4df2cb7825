#include "tests/contract/outbox_contract.hpp"

namespace podbrief::testing {
namespace {

using namespace std::chrono_literals;
using Lines = std::vector<std::string>;

TEST_P(OutboxContract, ALaneHasOneOwnerUntilItsLeaseRunsOut) {
    const LaneLease first = take_lane("w1");
    EXPECT_EQ(first.lane, "telegram");
    EXPECT_EQ(first.worker, "w1");
    EXPECT_EQ(first.epoch, 1);
    EXPECT_EQ(first.until, noon + 30s);
    EXPECT_EQ(first.not_before, WallTime{});
    EXPECT_FALSE(get(outbox.acquire_lane("telegram", "w2", noon + 30s - 1ms, noon + 1h)));
    EXPECT_TRUE(get(outbox.acquire_lane("discord", "w2", noon, noon + 1h))) << "another lane is free";
    EXPECT_EQ(take_lane("w2", noon + 30s).epoch, 2);
}

TEST_P(OutboxContract, AnOwnerWhoTakesItsLaneAgainHasANewEpoch) {
    const LaneLease first = take_lane("w1");
    EXPECT_EQ(take_lane("w1", noon + 1s).epoch, 2);
    EXPECT_FALSE(get(outbox.renew_lane("telegram", first.epoch, noon + 1h)));
}

TEST_P(OutboxContract, ALeaseIsRenewedByItsOwnerOnly) {
    const LaneLease first = take_lane("w1");
    EXPECT_TRUE(get(outbox.renew_lane("telegram", first.epoch, noon + 1h)));
    EXPECT_FALSE(get(outbox.acquire_lane("telegram", "w2", noon + 59min, noon + 2h)));
    take_lane("w2", noon + 1h);
    EXPECT_FALSE(get(outbox.renew_lane("telegram", first.epoch, noon + 3h)));
    EXPECT_FALSE(get(outbox.renew_lane("none", 0, noon + 3h)));
}

TEST_P(OutboxContract, AReleasedLaneIsFreeAtOnce) {
    const LaneLease first = take_lane("w1");
    get(outbox.release_lane("telegram", first.epoch));
    EXPECT_FALSE(get(outbox.renew_lane("telegram", first.epoch, noon + 1h)));
    const LaneLease second = take_lane("w2");
    get(outbox.release_lane("telegram", first.epoch));  // too late: it is not w1's any more
    EXPECT_FALSE(get(outbox.acquire_lane("telegram", "w3", noon, noon + 1h)));
    EXPECT_EQ(second.epoch, 2);
}

TEST_P(OutboxContract, WhatThePlatformAskedOfALaneSurvivesItsOwners) {
    const LaneLease first = take_lane("w1");
    get(outbox.hold_lane("telegram", first.epoch, noon + 10min));
    get(outbox.hold_lane("telegram", first.epoch, noon + 5min));  // never shortened
    const LaneLease second = take_lane("w2", noon + 1min);
    EXPECT_EQ(second.not_before, noon + 10min);
    get(outbox.hold_lane("telegram", first.epoch, noon + 20min));  // not its lane any more
    EXPECT_EQ(take_lane("w3", noon + 2min).not_before, noon + 10min);
}

TEST_P(OutboxContract, LanesWithWorkAreThoseWithSomethingUnfinished) {
    EXPECT_TRUE(get(outbox.lanes_with_work()).empty());
    Delivery other = sample_delivery("k");
    other.lane = "discord";
    other.next_at = other.send_at = noon + 3h;
    get(outbox.enqueue({other}, noon));
    const auto to = add_destination(anna.id, "1");
    const auto deliveries = composed_slot(anna.id, "d", noon + 1h, {to}, 2).deliveries;
    auto work = get(outbox.lanes_with_work());
    ASSERT_EQ(work.size(), 2U);
    EXPECT_EQ(work[0].lane, "discord");
    EXPECT_EQ(work[0].next_at, noon + 3h);
    EXPECT_EQ(work[0].leased_until, WallTime{});
    EXPECT_EQ(work[0].worker, "");
    EXPECT_EQ(work[1].lane, "telegram");
    EXPECT_EQ(work[1].next_at, noon + 1h);

    const LaneLease lease = take_lane("w1");
    const Delivery begun = advance(claim(deliveries[0], lease), DeliveryState::dispatching);
    work = get(outbox.lanes_with_work());
    EXPECT_EQ(work.at(1).leased_until, noon + 30s);
    EXPECT_EQ(work.at(1).worker, "w1");
    advance(begun, DeliveryState::dead);  // takes the second part along
    ASSERT_EQ(get(outbox.lanes_with_work()).size(), 1U);
}

TEST_P(OutboxContract, ANewOwnerTakesOverWhatTheFormerLeft) {
    const auto to = add_destination(anna.id, "1");
    const auto deliver = [&](const std::string& name) {
        return composed_slot(get(readers.save(daily_reader(name))).id, "d", noon, {to}).deliveries.at(0);
    };
    const LaneLease first = take_lane("w1");
    const Delivery claimed = claim(deliver("r1"), first);
    Advance begins = step(claim(deliver("r2"), first), DeliveryState::dispatching);
    EXPECT_EQ(slot(begins.next.reader, "d").state, SlotState::composed);
    begins.next.attempt_at = noon + 3s;
    begins.next.attempts = 1;
    ASSERT_TRUE(get(outbox.advance(begins)));
    const Delivery begun = reload(begins.next);
    Advance unheard = step(claim(deliver("r3"), first), DeliveryState::dispatching);
    unheard.next.attempt_at = noon + 2s;
    ASSERT_TRUE(get(outbox.advance(unheard)));
    Advance lost = step(reload(unheard.next), DeliveryState::unknown);
    lost.next.first_unknown_at = noon + 1s;
    lost.next.epoch = 0;
    ASSERT_TRUE(get(outbox.advance(lost)));
    const Delivery reconciling = claim(reload(lost.next), first);
    EXPECT_EQ(reconciling.state, DeliveryState::reconciling);
    const Delivery untouched = deliver("r4");

    const LaneLease second = take_lane("w2", noon + 30s);
    EXPECT_EQ(get(outbox.recover_lane("telegram", first.epoch, noon + 31s)).unknown, 0) << "an older lease";
    const Recovered found = get(outbox.recover_lane("telegram", second.epoch, noon + 31s));
    EXPECT_EQ(found.reclaimed, 1);
    EXPECT_EQ(found.unknown, 2);

    EXPECT_EQ(reload(claimed).state, DeliveryState::ready);
    EXPECT_EQ(reload(claimed).crashes, 1);
    EXPECT_EQ(reload(claimed).epoch, 0);
    EXPECT_EQ(reload(begun).state, DeliveryState::unknown);
    EXPECT_EQ(reload(begun).first_unknown_at, noon + 3s);
    EXPECT_EQ(reload(begun).crashes, 1);
    EXPECT_EQ(reload(begun).attempts, 1);
    EXPECT_EQ(reload(reconciling).state, DeliveryState::unknown);
    EXPECT_EQ(reload(reconciling).first_unknown_at, noon + 1s);
    EXPECT_EQ(reload(untouched), untouched);
    EXPECT_EQ(due(noon + 31s).size(), 4U);
    const DeliveryEvent line = story(begun.reader, "d").events.back();
    EXPECT_EQ(line.event, "taken over");
    EXPECT_EQ(line.worker, "w2");
    EXPECT_EQ(line.epoch, second.epoch);
    EXPECT_EQ(line.detail, "dispatching by w1");
    EXPECT_EQ(line.at, noon + 31s);

    EXPECT_FALSE(try_advance(claimed, DeliveryState::dispatching)) << "the former owner is too late";
    EXPECT_FALSE(try_advance(begun, DeliveryState::sent));
    const Delivery mine = claim(reload(claimed), second);
    EXPECT_EQ(get(outbox.recover_lane("telegram", second.epoch, noon + 32s)).reclaimed, 0) << "one's own is not left";
    EXPECT_TRUE(try_advance(mine, DeliveryState::dispatching));
}

TEST_P(OutboxContract, NothingIsClaimedUnderAnOlderLease) {
    const auto to = add_destination(anna.id, "1");
    const Delivery ready = composed_slot(anna.id, "d", noon, {to}).deliveries[0];
    const LaneLease first = take_lane("w1");
    take_lane("w2", noon + 30s);
    const std::vector<DeliveryId> ids{ready.id};
    EXPECT_TRUE(get(outbox.claim("telegram", first.epoch, "w1", ids, noon + 31s)).empty());
    EXPECT_TRUE(get(outbox.claim("none", 0, "w1", ids, noon + 31s)).empty());
    EXPECT_EQ(reload(ready).state, DeliveryState::ready);
}

TEST_P(OutboxContract, UnderAnOlderLeaseNothingIsBegunButWhatWasBegunIsReported) {
    const auto to = add_destination(anna.id, "1");
    const LaneLease first = take_lane("w1");
    const Delivery claimed = claim(composed_slot(anna.id, "d1", noon, {to}).deliveries[0], first);
    const Delivery begun =
        advance(claim(composed_slot(get(readers.save(daily_reader("bo"))).id, "d1", noon, {to}).deliveries[0], first),
                DeliveryState::dispatching);
    take_lane("w2", noon + 30s);
    EXPECT_FALSE(try_advance(claimed, DeliveryState::dispatching));
    EXPECT_EQ(reload(claimed), claimed);
    EXPECT_TRUE(try_advance(begun, DeliveryState::sent));
}

TEST_P(OutboxContract, TheOnlyOneAliveEndsTheLeasesOfAllOthers) {
    take_lane("dead");
    const auto mine = get(outbox.acquire_lane("discord", "w2", noon, noon + 1h));
    const Slot slot = composing_slot(anna.id, "d", noon);  // w1's until noon + 1h
    get(outbox.end_other_leases("w2", noon + 1s));
    EXPECT_EQ(get(outbox.next_slot_due()), noon);
    const auto taken = get(outbox.claim_slots("w2", noon + 1h, noon + 1s, noon + 1h, 10));
    ASSERT_EQ(ids_of(taken), std::vector{slot.id});
    EXPECT_EQ(taken[0].crashes, 1);
    EXPECT_EQ(take_lane("w2", noon + 1s).epoch, 2);
    EXPECT_TRUE(get(outbox.renew_lane("discord", mine->epoch, noon + 2h)));
    get(outbox.end_other_leases("w2", noon + 2s));
    EXPECT_TRUE(get(outbox.claim_slots("w3", noon + 1h, noon + 2s, noon + 1h, 10)).empty()) << "w2's own holds";
}

}  // namespace
}  // namespace podbrief::testing
