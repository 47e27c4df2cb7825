#include <gtest/gtest.h>

#include "core/briefs/local_time.hpp"
#include "tests/core/briefs/schedule_support.hpp"

namespace podbrief::briefs {
namespace {

using namespace std::chrono_literals;

// The slots after `after`, each after the one before.
std::vector<NextSlot> chain(const Reader& reader, WallTime after, int count) {
    std::vector<NextSlot> slots;
    std::optional<Slot> last;
    for (int i = 0; i < count; ++i) {
        slots.push_back(next_slot(reader, last ? &*last : nullptr, after, system_zones()));
        last = fired(slots.back(), reader.time_zone);
    }
    return slots;
}

TEST(NextSlot, KeepsToTheHourWhereClocksChange) {
    const struct {
        const char* what;
        const char* zone;
        std::chrono::minutes at;
        WallTime after;
        std::vector<NextSlot> expected;
    } cases[] = {
        {"a gap at 02:00",
         "Europe/Berlin",
         150min,
         utc(2026, 3, 28, 12),
         {{utc(2026, 3, 29, 1), "2026-03-29"}, {utc(2026, 3, 30, 0, 30), "2026-03-30"}}},
        {"a gap at 00:00 in Cairo",
         "Africa/Cairo",
         30min,
         utc(2026, 4, 23, 0),
         {{utc(2026, 4, 23, 22), "2026-04-24"}, {utc(2026, 4, 24, 21, 30), "2026-04-25"}}},
        {"a gap at 00:00 in Beirut",
         "Asia/Beirut",
         0min,
         utc(2026, 3, 28, 0),
         {{utc(2026, 3, 28, 22), "2026-03-29"}, {utc(2026, 3, 29, 21), "2026-03-30"}}},
        {"a gap at 00:00 in Havana",
         "America/Havana",
         59min,
         utc(2026, 3, 7, 12),
         {{utc(2026, 3, 8, 5), "2026-03-08"}, {utc(2026, 3, 9, 4, 59), "2026-03-09"}}},
        {"a gap up to midnight",
         "America/Nuuk",
         1410min,
         utc(2026, 3, 28, 12),
         {{utc(2026, 3, 29, 1) - Millis{1}, "2026-03-28"}, {utc(2026, 3, 30, 0, 30), "2026-03-29"}}},
        {"half an hour at Lord Howe",
         "Australia/Lord_Howe",
         135min,
         utc(2026, 10, 3, 0),
         {{utc(2026, 10, 3, 15, 30), "2026-10-04"}, {utc(2026, 10, 4, 15, 15), "2026-10-05"}}},
        {"two hours at Troll",
         "Antarctica/Troll",
         120min,
         utc(2026, 3, 28, 12),
         {{utc(2026, 3, 29, 1), "2026-03-29"}, {utc(2026, 3, 30, 0), "2026-03-30"}}},
        {"a fold at 01:00",
         "Europe/London",
         90min,
         utc(2026, 10, 24, 12),
         {{utc(2026, 10, 25, 0, 30), "2026-10-25"}, {utc(2026, 10, 26, 1, 30), "2026-10-26"}}},
        {"a fold at midnight",
         "America/Santiago",
         1410min,
         utc(2026, 4, 4, 12),
         {{utc(2026, 4, 5, 2, 30), "2026-04-04"}, {utc(2026, 4, 6, 3, 30), "2026-04-05"}}},
        {"the fold of half an hour",
         "Australia/Lord_Howe",
         105min,
         utc(2026, 4, 4, 0),
         {{utc(2026, 4, 4, 14, 45), "2026-04-05"}, {utc(2026, 4, 5, 15, 15), "2026-04-06"}}},
        {"the fold of two hours",
         "Antarctica/Troll",
         90min,
         utc(2026, 10, 24, 12),
         {{utc(2026, 10, 24, 23, 30), "2026-10-25"}, {utc(2026, 10, 26, 1, 30), "2026-10-26"}}},
        {"no 30 December",
         "Pacific/Apia",
         480min,
         utc(2011, 12, 29, 12),
         {{utc(2011, 12, 29, 18), "2011-12-29"}, {utc(2011, 12, 30, 18), "2011-12-31"}}},
    };
    for (const auto& c : cases) {
        SCOPED_TRACE(c.what);
        EXPECT_EQ(chain(reader_in(c.zone, c.at), c.after, 2), c.expected);
    }
}

TEST(NextSlot, OfANewReaderIsStrictlyAfterTheyJoined) {
    const Reader reader = reader_in("UTC", 8h);
    EXPECT_EQ(next_slot(reader, nullptr, utc(2026, 3, 11, 8), system_zones()).due_at, utc(2026, 3, 12, 8));
    EXPECT_EQ(next_slot(reader, nullptr, utc(2026, 3, 11, 8) - 1ms, system_zones()).due_at, utc(2026, 3, 11, 8));
}

TEST(NextSlot, KeepsToTheCadence) {
    const WallTime friday = utc(2026, 3, 13, 12);
    auto keys = [&](Cadence cadence) {
        std::vector<std::string> list;
        for (const NextSlot& slot : chain(reader_in("Europe/Berlin", 8h, cadence), friday, 3)) list.push_back(slot.key);
        return list;
    };
    EXPECT_EQ(keys(Cadence::daily), (std::vector<std::string>{"2026-03-14", "2026-03-15", "2026-03-16"}));
    EXPECT_EQ(keys(Cadence::weekdays), (std::vector<std::string>{"2026-03-16", "2026-03-17", "2026-03-18"}));
    EXPECT_EQ(keys(Cadence::weekly), (std::vector<std::string>{"2026-03-16", "2026-03-23", "2026-03-30"}));
    EXPECT_EQ(keys(Cadence::twice_a_day), (std::vector<std::string>{"2026-03-13#2", "2026-03-14", "2026-03-14#2"}));
}

TEST(NextSlot, ComesOnceADayWhenTheHourIsChanged) {
    const Slot last = fired({utc(2026, 3, 11, 8), "2026-03-11"}, "UTC");
    for (const auto hour : {0h, 7h, 9h, 23h}) {
        const NextSlot next = next_slot(reader_in("UTC", hour), &last, last.due_at, system_zones());
        EXPECT_EQ(next.due_at, utc(2026, 3, 12) + hour);
    }
    // Twice a day: each half once.
    const Slot evening = fired({utc(2026, 3, 11, 20), "2026-03-11#2"}, "UTC");
    EXPECT_EQ(next_slot(reader_in("UTC", 9h, Cadence::twice_a_day), &last, last.due_at, system_zones()).key,
              "2026-03-11#2");
    EXPECT_EQ(next_slot(reader_in("UTC", 9h, Cadence::twice_a_day), &evening, evening.due_at, system_zones()).key,
              "2026-03-12");
}

TEST(NextSlot, WaitsForTheEndOfAPause) {
    Reader reader = reader_in("UTC", 8h);
    const Slot last = fired({utc(2026, 3, 11, 8), "2026-03-11"}, "UTC");
    reader.paused_until = utc(2026, 3, 20, 8);
    EXPECT_EQ(next_slot(reader, &last, {}, system_zones()).due_at, utc(2026, 3, 20, 8));
    reader.paused_until = utc(2026, 3, 20, 8) + 1ms;
    EXPECT_EQ(next_slot(reader, &last, {}, system_zones()).due_at, utc(2026, 3, 21, 8));
}

TEST(NextSlot, WaitsForTheEndOfQuietHoursUnderTheKeyOfItsOwnDay) {
    const struct {
        const char* what;
        std::chrono::minutes at;
        Cadence cadence;
        QuietHours quiet;
        std::vector<NextSlot> expected;
    } cases[] = {
        {"outside", 8h, Cadence::daily, {22h, 7h}, {{utc(2026, 3, 11, 8), "2026-03-11"}}},
        {"at their end", 7h, Cadence::daily, {22h, 7h}, {{utc(2026, 3, 11, 7), "2026-03-11"}}},
        {"in the morning", 6h, Cadence::daily, {22h, 7h}, {{utc(2026, 3, 11, 7), "2026-03-11"}}},
        {"late in the evening",
         22h,
         Cadence::daily,
         {22h, 7h},
         {{utc(2026, 3, 11, 7), "2026-03-10"}, {utc(2026, 3, 12, 7), "2026-03-11"}}},
        {"around noon", 12h, Cadence::daily, {11h, 13h}, {{utc(2026, 3, 11, 13), "2026-03-11"}}},
        {"both at one instant: the later only",
         8h,
         Cadence::twice_a_day,
         {20h, 9h},
         {{utc(2026, 3, 11, 9), "2026-03-11"}, {utc(2026, 3, 12, 9), "2026-03-12"}}},
        {"none at all", 8h, Cadence::daily, {9h, 9h}, {{utc(2026, 3, 11, 8), "2026-03-11"}}},
    };
    for (const auto& c : cases) {
        SCOPED_TRACE(c.what);
        Reader reader = reader_in("UTC", c.at, c.cadence);
        reader.quiet = c.quiet;
        EXPECT_EQ(chain(reader, utc(2026, 3, 11), static_cast<int>(c.expected.size())), c.expected);
    }
}

TEST(NextSlot, KeepsItsDistanceWhenTheReaderMoves) {
    const struct {
        const char* what;
        const char* from;
        const char* to;
        NextSlot last;
        NextSlot expected;
    } cases[] = {
        {"east over the date line: a date is left out",
         "Pacific/Honolulu",
         "Pacific/Auckland",
         {utc(2026, 6, 10, 18), "2026-06-10"},
         {utc(2026, 6, 11, 20), "2026-06-12"}},
        {"west over the date line: a date comes twice",
         "Pacific/Kiritimati",
         "Pacific/Honolulu",
         {utc(2026, 6, 9, 18), "2026-06-10"},
         {utc(2026, 6, 10, 18), "2026-06-10"}},
        {"a little west",
         "Europe/Berlin",
         "Europe/London",
         {utc(2026, 6, 10, 6), "2026-06-10"},
         {utc(2026, 6, 11, 7), "2026-06-11"}},
        {"a little east",
         "Europe/London",
         "Europe/Berlin",
         {utc(2026, 6, 10, 7), "2026-06-10"},
         {utc(2026, 6, 11, 6), "2026-06-11"}},
        {"not sooner than 12 h",
         "Europe/London",
         "Asia/Tokyo",
         {utc(2026, 6, 10, 7), "2026-06-10"},
         {utc(2026, 6, 10, 23), "2026-06-11"}},
    };
    for (const auto& c : cases) {
        SCOPED_TRACE(c.what);
        const Slot last = fired(c.last, c.from);
        EXPECT_EQ(next_slot(reader_in(c.to, 8h), &last, last.due_at, system_zones()), c.expected);
    }
}

TEST(NextSlot, FollowsARuleThatIsNew) {
    // Lebanon 2023: two days before, the change to summer time was put off by a month, then not.
    TestZones zones;
    const auto with = std::make_shared<Zone>(2h, std::vector<Zone::Change>{{utc(2023, 3, 25, 22), 3h}});
    const auto without = std::make_shared<Zone>(2h, std::vector<Zone::Change>{{utc(2023, 4, 20, 22), 3h}});
    zones.zones["Asia/Beirut"] = with;
    const Reader reader = reader_in("Asia/Beirut", 8h);
    const Slot last = fired({utc(2023, 3, 25, 6), "2023-03-25"}, "Asia/Beirut");
    EXPECT_EQ(next_slot(reader, &last, {}, zones).due_at, utc(2023, 3, 26, 5));
    zones.zones["Asia/Beirut"] = without;
    EXPECT_EQ(next_slot(reader, &last, {}, zones), (NextSlot{utc(2023, 3, 26, 6), "2023-03-26"}));
    zones.zones.clear();
    EXPECT_EQ(next_slot(reader, &last, {}, zones), (NextSlot{utc(2023, 3, 26, 8), "2023-03-26"})) << "removed: UTC";
}

TEST(QuietAfter, GivesTheStretchThatMatters) {
    Reader reader = reader_in("Europe/Berlin", 8h);
    auto quiet = [&](WallTime at) { return quiet_after(reader, at, system_zones()); };
    EXPECT_EQ(quiet(utc(2026, 1, 15)), std::nullopt);
    reader.quiet = QuietHours{22h, 7h};
    const Interval night{utc(2026, 1, 14, 21), utc(2026, 1, 15, 6)};
    const Interval next_night{utc(2026, 1, 15, 21), utc(2026, 1, 16, 6)};
    EXPECT_EQ(quiet(utc(2026, 1, 14, 20)), night);
    EXPECT_EQ(quiet(utc(2026, 1, 15, 3)), night);
    EXPECT_EQ(quiet(utc(2026, 1, 15, 6)), next_night) << "the end does not belong to it";
    // The night of the change to summer time is an hour shorter.
    EXPECT_EQ(quiet(utc(2026, 3, 28, 12)), (Interval{utc(2026, 3, 28, 21), utc(2026, 3, 29, 5)}));
    reader.quiet = QuietHours{12h, 13h};
    EXPECT_EQ(quiet(utc(2026, 1, 15, 12)), (Interval{utc(2026, 1, 16, 11), utc(2026, 1, 16, 12)}));
    // A gap that holds all of them leaves nothing of that day's.
    reader.quiet = QuietHours{2h + 15min, 2h + 45min};
    EXPECT_EQ(quiet(utc(2026, 3, 28, 12)), std::nullopt);
    reader.quiet = QuietHours{9h, 9h};
    EXPECT_EQ(quiet(utc(2026, 3, 28, 12)), std::nullopt);
}

TEST(QuietAfter, NeverHoldsTheTimeAtWhichABriefIsDue) {
    for (const char* zone : {"Europe/Berlin", "America/Nuuk", "Africa/Cairo", "Australia/Lord_Howe"}) {
        for (auto at = 0min; at < 24h; at += 30min) {
            Reader reader = reader_in(zone, at);
            reader.quiet = QuietHours{22h + 30min, 6h + 15min};
            WallTime now = utc(2026, 3, 1);
            for (int i = 0; i < 300; ++i) {
                now = next_slot(reader, nullptr, now, system_zones()).due_at;
                const auto quiet = quiet_after(reader, now, system_zones());
                ASSERT_TRUE(quiet) << zone << " " << at.count();
                ASSERT_FALSE(quiet->contains(now)) << zone << " " << at.count() << " " << to_ms(now);
            }
        }
    }
}

TEST(BriefKey, IsThatOfTheSlotOfThisDay) {
    Reader reader = reader_in("UTC", 23h);
    reader.quiet = QuietHours{22h, 7h};
    EXPECT_EQ(brief_key(reader, utc(2026, 3, 11, 3)), "2026-03-10") << "it is the one to come this morning";
    EXPECT_EQ(brief_key(reader, utc(2026, 3, 11, 23)), "2026-03-10");
    EXPECT_EQ(next_brief_at(reader, utc(2026, 3, 11, 23)), utc(2026, 3, 12, 7));
}

TEST(LateLabel, SpeaksFromFiveMinutesOn) {
    const WallTime due = utc(2026, 3, 11, 8);
    EXPECT_EQ(late_label(due, due - 1h), "");
    EXPECT_EQ(late_label(due, due + 4min), "");
    EXPECT_EQ(late_label(due, due + 59min), "59 min late");
    EXPECT_EQ(late_label(due, due + 2h), "2 h late");
    EXPECT_EQ(late_label(due, due + 2h + 10min), "2 h 10 min late");
}

}  // namespace
}  // namespace podbrief::briefs
