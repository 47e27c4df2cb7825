#include "tests/contract/outbox_contract.hpp"

namespace podbrief::testing {
namespace {

using namespace std::chrono_literals;

Slot slot_at(const std::string& key, WallTime due_at, SlotState state = SlotState::planned) {
    Slot slot;
    slot.key = key;
    slot.due_at = due_at;
    slot.zone = "Europe/Berlin";
    slot.state = state;
    return slot;
}

TEST_P(OutboxContract, NewReadersAreDueForPlanningAtOnce) {
    EXPECT_EQ(get(outbox.next_plan_at()), WallTime{});
    const auto due = get(outbox.readers_to_plan(WallTime{}, 10));
    ASSERT_EQ(due.size(), 1U);
    EXPECT_EQ(due[0].reader, anna);
    EXPECT_EQ(due[0].last_sequence, 0);
    EXPECT_FALSE(due[0].last);
    EXPECT_FALSE(due[0].open);
    EXPECT_TRUE(due[0].destinations.empty());
}

TEST_P(OutboxContract, NobodyToPlanIsSaid) {
    get(readers.forget(anna.id));
    EXPECT_EQ(get(outbox.next_plan_at()), std::nullopt);
    EXPECT_TRUE(get(outbox.readers_to_plan(WallTime::max(), 10)).empty());
}

TEST_P(OutboxContract, APlannedReaderIsDueAgainWhenThePlanSaysSo) {
    plan_slot(anna.id, "2026-03-02", noon);
    EXPECT_EQ(get(outbox.next_plan_at()), noon + 24h);
    EXPECT_TRUE(get(outbox.readers_to_plan(noon + 24h - 1ms, 10)).empty());
    EXPECT_EQ(get(outbox.readers_to_plan(noon + 24h, 10)).size(), 1U);
}

TEST_P(OutboxContract, TheEarliestToPlanComeFirst) {
    const ReaderId bo = get(readers.save(daily_reader("bo"))).id;
    plan_slot(anna.id, "2026-03-02", noon);
    const auto both = get(outbox.readers_to_plan(noon + 48h, 10));
    ASSERT_EQ(both.size(), 2U);
    EXPECT_EQ(both[0].reader.id, bo);
    EXPECT_EQ(get(outbox.readers_to_plan(noon + 48h, 1)).size(), 1U);
    EXPECT_TRUE(get(outbox.readers_to_plan(noon + 48h, 0)).empty());
}

TEST_P(OutboxContract, KeepsWhatWasPlanned) {
    Slot folded = slot_at("2026-03-01", noon - 24h, SlotState::superseded);
    folded.superseded_by = 2;
    folded.note = "the machine slept";
    ASSERT_TRUE(plan(anna.id, {folded, slot_at("2026-03-02", noon)}));

    const auto slots = get(outbox.slots(anna.id, 10));
    ASSERT_EQ(slots.size(), 2U);
    Slot expected = slot_at("2026-03-02", noon);
    expected.id = slots[0].id;
    expected.reader = anna.id;
    expected.sequence = 2;
    expected.planned_at = noon - 2h;
    EXPECT_TRUE(slots[0].id);
    EXPECT_EQ(slots[0], expected);
    folded.id = slots[1].id;
    folded.reader = anna.id;
    folded.sequence = 1;
    folded.planned_at = noon - 2h;
    EXPECT_EQ(slots[1], folded);
    EXPECT_EQ(get(outbox.slots(anna.id, 1)).size(), 1U);

    const ReaderPlan read = plan_of(anna.id);
    EXPECT_EQ(read.last_sequence, 2);
    EXPECT_EQ(read.last, folded);
    EXPECT_EQ(read.open, expected);
    EXPECT_EQ(events(anna.id, "2026-03-01"), std::vector<std::string>{"folded"});
    EXPECT_EQ(events(anna.id, "2026-03-02"), std::vector<std::string>{"planned"});
}

TEST_P(OutboxContract, OfTwoPlansMadeAtTheSameTimeOneIsRefused) {
    PlannedSlots planned;
    planned.reader = anna.id;
    planned.slots = {slot_at("2026-03-02", noon)};
    planned.slots[0].sequence = 1;
    planned.next_plan_at = noon;
    EXPECT_TRUE(get(outbox.plan(planned, noon)));
    EXPECT_FALSE(get(outbox.plan(planned, noon)));
    EXPECT_EQ(get(outbox.slots(anna.id, 10)).size(), 1U);
}

TEST_P(OutboxContract, APlanMadeForAnOlderScheduleIsRefused) {
    const ReaderPlan read = plan_of(anna.id);
    anna.brief_at = 20h;
    get(readers.save(anna));
    PlannedSlots planned;
    planned.reader = anna.id;
    planned.schedule = read.schedule;
    planned.slots = {slot_at("2026-03-02", noon)};
    planned.slots[0].sequence = 1;
    EXPECT_FALSE(get(outbox.plan(planned, noon)));
    planned.schedule = plan_of(anna.id).schedule;
    EXPECT_TRUE(get(outbox.plan(planned, noon)));
}

TEST_P(OutboxContract, ThereIsAtMostOneOpenSlot) {
    plan_slot(anna.id, "2026-03-02", noon);
    EXPECT_FALSE(plan(anna.id, {slot_at("2026-03-03", noon + 24h)}));
    EXPECT_TRUE(plan(anna.id, {slot_at("2026-03-01", noon - 24h, SlotState::superseded)}));
    EXPECT_EQ(get(outbox.slots(anna.id, 10)).size(), 2U);
}

TEST_P(OutboxContract, AnUnknownReaderCannotBePlanned) {
    PlannedSlots planned;
    planned.reader = ReaderId{999};
    EXPECT_FALSE(get(outbox.plan(planned, noon)));
}

TEST_P(OutboxContract, AnOpenSlotIsCancelledByANewPlanUnlessItFiredMeanwhile) {
    const auto to = add_destination(anna.id, "1");
    const Slot first = composed_slot(anna.id, "2026-03-02", noon, {to}).slot;
    ASSERT_TRUE(plan(anna.id, {slot_at("2026-03-02", noon + 1h)}, first.id));
    const auto slots = get(outbox.slots(anna.id, 10));
    ASSERT_EQ(slots.size(), 2U);
    EXPECT_EQ(slots[1].state, SlotState::cancelled);
    EXPECT_EQ(slots[0].key, "2026-03-02");  // free again
    EXPECT_EQ(slots[0].sequence, 2);
    EXPECT_TRUE(due().empty());

    send(composed_slot(get(readers.save(daily_reader("bo"))).id, "2026-03-02", noon, {to}).deliveries.at(0));
    const ReaderId bo = get(readers.reader_named("bo"))->id;
    EXPECT_FALSE(plan(bo, {slot_at("2026-03-02", noon + 1h)}, slot(bo, "2026-03-02").id));
    EXPECT_EQ(get(outbox.slots(bo, 10)).size(), 1U);
}

TEST_P(OutboxContract, TheSecondSlotOfADayHasAKeyOfItsOwn) {
    const auto folded = [](const std::string& key) { return slot_at(key, noon, SlotState::superseded); };
    ASSERT_TRUE(plan(anna.id, {folded("2026-03-02"), folded("2026-03-02"), folded("2026-03-02#2")}));
    ASSERT_TRUE(plan(anna.id, {folded("2026-03-02")}));
    std::vector<std::string> keys;
    for (const Slot& slot : get(outbox.slots(anna.id, 10))) keys.push_back(slot.key);
    EXPECT_EQ(keys, (std::vector<std::string>{"2026-03-02#4", "2026-03-02#3", "2026-03-02#2", "2026-03-02"}));
}

TEST_P(OutboxContract, AChangedScheduleCancelsTheOpenSlotAndMakesTheReaderDue) {
    const auto to = add_destination(anna.id, "1");
    const SlotStory composed = composed_slot(anna.id, "2026-03-02", noon, {to}, 2);
    const LaneLease lease = take_lane();
    const Delivery claimed = claim(composed.deliveries[0], lease);
    anna.brief_at = 20h;
    get(readers.save(anna));

    EXPECT_EQ(get(outbox.next_plan_at()), WallTime{});
    EXPECT_FALSE(plan_of(anna.id).open);
    EXPECT_EQ(plan_of(anna.id).last_sequence, 1);
    EXPECT_EQ(slot(anna.id, "2026-03-02").state, SlotState::cancelled);
    EXPECT_FALSE(try_advance(claimed, DeliveryState::dispatching)) << "it must not be sent any more";
    for (const Delivery& delivery : story(anna.id, "2026-03-02").deliveries) {
        EXPECT_EQ(delivery.state, DeliveryState::cancelled);
    }
    EXPECT_EQ(plan_slot(anna.id, "2026-03-02", noon + 8h).key, "2026-03-02");
    EXPECT_EQ(slot(anna.id, "2026-03-02").state, SlotState::planned);
}

TEST_P(OutboxContract, AChangedScheduleLeavesASlotThatFiredAlone) {
    const auto to = add_destination(anna.id, "1");
    const auto deliveries = composed_slot(anna.id, "2026-03-02", noon, {to}, 2).deliveries;
    const Delivery begun = advance(claim(deliveries[0], take_lane()), DeliveryState::dispatching);
    anna.brief_at = 20h;
    get(readers.save(anna));
    EXPECT_EQ(get(outbox.next_plan_at()), WallTime{});
    EXPECT_EQ(slot(anna.id, "2026-03-02").state, SlotState::fired);
    EXPECT_EQ(reload(deliveries[1]).state, DeliveryState::ready);
    EXPECT_TRUE(try_advance(begun, DeliveryState::sent));
}

TEST_P(OutboxContract, AReaderSavedWithTheSameScheduleKeepsTheOpenSlot) {
    const Slot open = plan_slot(anna.id, "2026-03-02", noon);
    anna.name = "Anna B.";
    anna.profile.topics = {{"tea", 1}};
    get(readers.save(anna));
    EXPECT_EQ(plan_of(anna.id).open, open);
    EXPECT_EQ(get(outbox.next_plan_at()), noon + 24h);
    EXPECT_EQ(plan_of(anna.id).reader, anna);
    anna.quiet = QuietHours{22h, 7h};
    get(readers.save(anna));
    EXPECT_FALSE(plan_of(anna.id).open);
}

TEST_P(OutboxContract, WhenTheRulesOfZonesChangeAllReadersArePlannedAnew) {
    const ReaderId bo = get(readers.save(daily_reader("bo"))).id;
    const Slot open = plan_slot(anna.id, "2026-03-02", noon);
    plan_slot(bo, "2026-03-02", noon);
    get(outbox.replan_all());
    EXPECT_EQ(get(outbox.readers_to_plan(WallTime{}, 10)).size(), 2U);
    EXPECT_EQ(plan_of(anna.id).open, open);
}

TEST_P(OutboxContract, CountsTheHerdOfOneMinuteByPlatformAndWorkspace) {
    const auto slack = [&](ReaderId reader, const std::string& workspace) {
        DestinationRecord record;
        record.reader = reader;
        record.address = {"slack", workspace, "C1", ""};
        return get(outbox.add_destination(record, noon));
    };
    const ReaderId bo = get(readers.save(daily_reader("bo"))).id;
    const ReaderId cy = get(readers.save(daily_reader("cy"))).id;
    slack(anna.id, "T1");
    slack(anna.id, "T2");
    slack(bo, "T1");
    const auto paused = slack(bo, "T3");
    get(outbox.set_destination(paused.id, DestinationState::paused, "", noon));
    slack(cy, "T1");
    add_destination(bo, "42");
    plan_slot(anna.id, "2026-03-02", noon);
    plan_slot(bo, "2026-03-02", noon);
    plan_slot(cy, "2026-03-02", noon + 1ms);
    EXPECT_EQ(get(outbox.herd("slack", "", noon)), 3);
    EXPECT_EQ(get(outbox.herd("slack", "T1", noon)), 2);
    EXPECT_EQ(get(outbox.herd("slack", "T3", noon)), 0);
    EXPECT_EQ(get(outbox.herd("telegram", "", noon)), 1);
    EXPECT_EQ(get(outbox.herd("slack", "", noon + 1ms)), 1);
    EXPECT_EQ(get(outbox.herd("slack", "", noon - 1ms)), 0);
}

}  // namespace
}  // namespace podbrief::testing
