#include <gtest/gtest.h>

#include "tests/core/briefs/schedule_support.hpp"

namespace podbrief::briefs {
namespace {

using namespace std::chrono_literals;

// A reader of 08:00 UTC who got the brief of 10 March 2026.
PlanStore after_tenth(Cadence cadence = Cadence::daily) {
    PlanStore store(reader_in("UTC", 8h, cadence));
    store.state.last_sequence = 4;
    store.state.last = fired({utc(2026, 3, 10, 8), "2026-03-10"}, "UTC");
    return store;
}

TEST(Plan, WaitsForTheHorizonThenPlansTheSlotOnce) {
    PlanStore store = after_tenth();
    PlannedSlots planned = store.plan_at(utc(2026, 3, 10, 12));
    EXPECT_TRUE(planned.slots.empty());
    EXPECT_EQ(planned.next_plan_at, utc(2026, 3, 11, 7, 15));

    planned = store.plan_at(planned.next_plan_at);
    ASSERT_EQ(planned.slots.size(), 1u);
    const Slot& slot = planned.slots[0];
    EXPECT_EQ(planned.last_sequence, 4);
    EXPECT_EQ(slot.sequence, 5);
    EXPECT_EQ(slot.key, "2026-03-11");
    EXPECT_EQ(slot.due_at, utc(2026, 3, 11, 8));
    EXPECT_EQ(slot.state, SlotState::planned);
    EXPECT_EQ(slot.zone, "UTC");
    EXPECT_EQ(slot.planned_at, utc(2026, 3, 11, 7, 15));
    EXPECT_EQ(planned.next_plan_at, utc(2026, 3, 11, 20) + 1ms) << "when it would be too late for it";

    for (const WallTime now : {utc(2026, 3, 11, 7, 15), utc(2026, 3, 11, 8), utc(2026, 3, 11, 19)}) {
        planned = store.plan_at(now);
        EXPECT_TRUE(planned.slots.empty());
        EXPECT_FALSE(planned.cancel);
        EXPECT_GT(planned.next_plan_at, now);
    }
    store.fire();
    planned = store.plan_at(utc(2026, 3, 11, 20) + 1ms);
    EXPECT_TRUE(planned.slots.empty());
    EXPECT_EQ(planned.next_plan_at, utc(2026, 3, 12, 7, 15));
}

TEST(Plan, AfterSleepMakesOneLateBriefAndFoldsTheRest) {
    PlanStore store = after_tenth();
    store.plan_at(utc(2026, 3, 11, 7, 30));  // planned, then the machine slept for three days
    const PlannedSlots planned = store.plan_at(utc(2026, 3, 14, 9));
    EXPECT_EQ(planned.cancel, SlotId{1});
    ASSERT_EQ(planned.slots.size(), 4u);
    for (int i = 0; i < 3; ++i) {
        EXPECT_EQ(planned.slots[i].state, SlotState::superseded);
        EXPECT_EQ(planned.slots[i].key, fmt::format("2026-03-{}", 11 + i));
        EXPECT_EQ(planned.slots[i].superseded_by, 9);
        EXPECT_FALSE(planned.slots[i].note.empty());
    }
    EXPECT_EQ(planned.slots[3].state, SlotState::planned);
    EXPECT_EQ(planned.slots[3].key, "2026-03-14");
    EXPECT_EQ(planned.slots[3].sequence, 9);
    EXPECT_TRUE(store.plan_at(utc(2026, 3, 14, 9, 1)).slots.empty());
    EXPECT_EQ(store.count(SlotState::planned), 1);
}

TEST(Plan, CatchesUpForTwelveHoursAndForSixWhereThereAreTwoADay) {
    const struct {
        Cadence cadence;
        WallTime now;
        std::vector<SlotState> expected;
    } cases[] = {
        {Cadence::daily, utc(2026, 3, 11, 20), {SlotState::planned}},
        {Cadence::daily, utc(2026, 3, 11, 20) + 1ms, {SlotState::superseded}},
        {Cadence::weekdays, utc(2026, 3, 11, 20), {SlotState::planned}},
        {Cadence::twice_a_day, utc(2026, 3, 11, 2), {SlotState::planned}},
        {Cadence::twice_a_day, utc(2026, 3, 11, 2) + 1ms, {SlotState::superseded}},
        {Cadence::twice_a_day, utc(2026, 3, 11, 7, 30), {SlotState::superseded, SlotState::planned}},
        {Cadence::twice_a_day, utc(2026, 3, 11, 14), {SlotState::superseded, SlotState::planned}},
    };
    for (const auto& c : cases) {
        SCOPED_TRACE(fmt::format("{} {}", to_string(c.cadence), to_ms(c.now)));
        PlanStore store = after_tenth(c.cadence);
        std::vector<SlotState> states;
        for (const Slot& slot : store.plan_at(c.now).slots) states.push_back(slot.state);
        EXPECT_EQ(states, c.expected);
        EXPECT_TRUE(store.plan_at(c.now + 1ms).slots.empty()) << "asked again it writes nothing";
    }
}

TEST(Plan, GivesALateSlotTimeToBeMade) {
    PlanStore store = after_tenth();
    store.plan_at(utc(2026, 3, 11, 19, 59));
    const PlannedSlots planned = store.plan_at(utc(2026, 3, 11, 20, 30));
    EXPECT_FALSE(planned.cancel);
    EXPECT_TRUE(planned.slots.empty());
}

TEST(Plan, FoldsASlotThatCouldNotBeSentUntilTheNextIsNear) {
    PlanStore store = after_tenth();
    store.plan_at(utc(2026, 3, 11, 19, 59));
    const PlannedSlots planned = store.plan_at(utc(2026, 3, 12, 7, 20));
    EXPECT_TRUE(planned.cancel);
    ASSERT_EQ(planned.slots.size(), 2u);
    EXPECT_EQ(planned.slots[0].state, SlotState::superseded);
    EXPECT_EQ(planned.slots[0].superseded_by, planned.slots[1].sequence);
    EXPECT_EQ(planned.slots[1].key, "2026-03-12");
}

TEST(Plan, WritesOneRowForALongAbsence) {
    PlanStore store = after_tenth();
    const PlannedSlots planned = store.plan_at(utc(2027, 3, 10, 9));
    ASSERT_EQ(planned.slots.size(), 2u);
    EXPECT_NE(planned.slots[0].note.find("364 briefs were missed from 2026-03-11 on"), std::string::npos)
        << planned.slots[0].note;
    EXPECT_EQ(planned.slots[0].key, "2027-03-09");
    EXPECT_EQ(planned.slots[1].key, "2027-03-10");
    // Forty are written one by one.
    PlanStore shorter = after_tenth();
    EXPECT_EQ(shorter.plan_at(utc(2026, 4, 20, 9)).slots.size(), most_folded + 1);
}

TEST(Plan, RepeatsNothingWhenTheClockJumps) {
    for (const auto jump : {2h, -2h, 30 * 24h, -30 * 24h}) {
        SCOPED_TRACE(jump.count());
        PlanStore store = after_tenth();
        WallTime now = utc(2026, 3, 11, 7, 15);
        auto run = [&](int hours) {
            for (int i = 0; i < hours * 4; ++i, now += 15min) {
                store.plan_at(now);
                if (store.state.open && store.state.open->due_at <= now) store.fire();
            }
        };
        run(3);
        now += jump;
        run(30);
        now -= jump;
        run(30);
        std::map<std::string, int> keys;
        for (const Slot& slot : store.slots) {
            if (slot.state != SlotState::cancelled) ++keys[slot.key];
        }
        for (const auto& [key, times] : keys) EXPECT_EQ(times, 1) << key;
        EXPECT_LE(store.count(SlotState::fired), 5);
        EXPECT_LE(store.slots.size(), 36u) << "a jump of 30 days is bounded";
    }
}

TEST(Plan, OfAScheduleEditedAtTheDueMillisecondGivesOldOrNew) {
    const WallTime due = utc(2026, 3, 11, 8);
    for (const auto edited : {due - 1ms, due, due + 1ms}) {
        for (const bool fired_first : {false, true}) {
            for (const auto hour : {7h, 8h, 9h, 20h}) {
                PlanStore store = after_tenth();
                store.plan_at(due - 30min);
                if (fired_first) store.fire();
                store.state.reader.brief_at = hour;
                for (WallTime now = edited; now < due + 23h; now += 5min) {
                    store.plan_at(now);
                    if (store.state.open && store.state.open->due_at <= now) store.fire();
                }
                EXPECT_EQ(store.count(SlotState::fired), 1) << hour.count() << fired_first;
            }
        }
    }
}

TEST(Plan, PlansNothingForThePausedUntilThePauseIsOver) {
    PlanStore store = after_tenth();
    store.plan_at(utc(2026, 3, 11, 7, 30));
    store.state.reader.paused_until = utc(2026, 3, 20);
    PlannedSlots planned = store.plan_at(utc(2026, 3, 11, 7, 31));
    EXPECT_EQ(planned.cancel, SlotId{1});
    EXPECT_TRUE(planned.slots.empty());
    EXPECT_EQ(planned.next_plan_at, utc(2026, 3, 20, 7, 15));
    planned = store.plan_at(utc(2026, 3, 20, 7, 15));
    ASSERT_EQ(planned.slots.size(), 1u) << "what fell into the pause was not missed";
    EXPECT_EQ(planned.slots[0].key, "2026-03-20");
}

TEST(Plan, MovesOnlyUnfiredSlotsWhenTheRulesOfAZoneChange) {
    TestZones zones;
    zones.zones["Asia/Beirut"] = std::make_shared<Zone>(2h, std::vector<Zone::Change>{{utc(2023, 3, 25, 22), 3h}});
    PlanStore store(reader_in("Asia/Beirut", 8h));
    store.state.last = fired({utc(2023, 3, 25, 6), "2023-03-25"}, "Asia/Beirut");
    store.plan_at(utc(2023, 3, 26, 4, 30), zones);
    ASSERT_TRUE(store.state.open);
    EXPECT_EQ(store.state.open->due_at, utc(2023, 3, 26, 5));

    zones.zones["Asia/Beirut"] = std::make_shared<Zone>(2h);
    PlannedSlots planned = store.plan_at(utc(2023, 3, 26, 4, 40), zones);
    EXPECT_EQ(planned.cancel, SlotId{1});
    EXPECT_TRUE(planned.slots.empty());
    EXPECT_EQ(planned.next_plan_at, utc(2023, 3, 26, 5, 15));
    store.plan_at(utc(2023, 3, 26, 5, 15), zones);
    EXPECT_EQ(store.state.open->due_at, utc(2023, 3, 26, 6));
    store.fire();

    zones.zones.clear();  // renamed or removed: UTC from now on
    planned = store.plan_at(utc(2023, 3, 26, 9), zones);
    EXPECT_TRUE(planned.slots.empty()) << "what fired stays fired";
    EXPECT_EQ(planned.next_plan_at, utc(2023, 3, 27, 7, 15));
}

TEST(Plan, StartsANewReaderWithTheFirstSlotAfterTheyJoined) {
    PlanStore store(reader_in("UTC", 8h));
    store.state.reader.created_at = utc(2026, 3, 11, 8);
    EXPECT_EQ(store.plan_at(utc(2026, 3, 11, 8)).next_plan_at, utc(2026, 3, 12, 7, 15));
    store.state.reader.created_at = utc(2026, 3, 11, 7, 59);
    const PlannedSlots planned = store.plan_at(utc(2026, 3, 11, 7, 59));
    ASSERT_EQ(planned.slots.size(), 1u);
    EXPECT_EQ(planned.slots[0].sequence, 1);
}

}  // namespace
}  // namespace podbrief::briefs
