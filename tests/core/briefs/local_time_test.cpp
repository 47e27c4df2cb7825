#include "core/briefs/local_time.hpp"

#include <gtest/gtest.h>

#include "tests/core/briefs/schedule_support.hpp"

namespace podbrief::briefs {
namespace {

using namespace std::chrono_literals;
TEST(Zones, AreKnownByTheirIanaNames) {
    for (const char* zone : {"UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Etc/UTC"}) {
        EXPECT_TRUE(valid_zone(zone)) << zone;
    }
    for (const char* zone : {"", "Berlin", "Europe/Atlantis", "../../etc/passwd", "posixrules", "tzdata.zi",
                             "leapseconds", "zone.tab", "Europe/Berlin\n", "/etc/localtime", "Europe", "Europe/"}) {
        EXPECT_FALSE(valid_zone(zone)) << zone;
    }
}

TEST(Zones, AreFoundByWhatPeopleType) {
    const struct {
        const char* typed;
        const char* zone;
    } cases[] = {
        {"europe/berlin", "Europe/Berlin"},
        {"Berlin", "Europe/Berlin"},
        {"new york", "America/New_York"},
        {"NEW_YORK", "America/New_York"},
        {"utc", "UTC"},
        {"gmt", "UTC"},
        {"  Tokyo ", "Asia/Tokyo"},
        {"America/New_York", "America/New_York"},
        {"buenos aires", "America/Buenos_Aires"},
        {"indianapolis", "America/Indianapolis"},
    };
    for (const auto& c : cases) EXPECT_EQ(zone_named(c.typed).value_or("none"), c.zone) << c.typed;
    EXPECT_EQ(zone_named("Atlantis"), std::nullopt);
    EXPECT_EQ(zone_named(""), std::nullopt);
    EXPECT_EQ(zone_named(std::string(1000, 'x')), std::nullopt);
}

TEST(LocalDate, IsThatOfTheReadersZone) {
    const WallTime at = utc(2026, 3, 11, 23, 30);
    EXPECT_EQ(local_date(at, "UTC"), "2026-03-11");
    EXPECT_EQ(local_date(at, "Europe/Berlin"), "2026-03-12");
    EXPECT_EQ(local_date(at, "America/Los_Angeles"), "2026-03-11");
    EXPECT_EQ(local_date(at, "Nowhere/AtAll"), "2026-03-11");
    EXPECT_EQ(format_day(at, "Europe/Berlin"), "Thursday, 12 March 2026");
}

TEST(TimeOfDay, IsReadAsPeopleTypeIt) {
    const struct {
        const char* typed;
        std::optional<std::chrono::minutes> expected;
    } cases[] = {
        {"8:00", 480min},      {"08:00", 480min}, {"07:30", 450min},    {"8", 480min},       {"8am", 480min},
        {"8 am", 480min},      {"8pm", 1200min},  {"8:30 PM", 1230min}, {"8.30", 510min},    {"20h", 1200min},
        {"20h30", 1230min},    {"12am", 0min},    {"12pm", 720min},     {"noon", 720min},    {"midnight", 0min},
        {"8 o'clock", 480min}, {"0:00", 0min},    {"23:59", 1439min},   {"8 p.m.", 1200min}, {"24:00", {}},
        {"8:60", {}},          {"13pm", {}},      {"0am", {}},          {"8:5", {}},         {"", {}},
        {"soon", {}},          {"8:00:00", {}},   {"123", {}},          {"-8", {}},          {"8 bananas", {}},
    };
    for (const auto& c : cases) EXPECT_EQ(parse_time_of_day(c.typed), c.expected) << c.typed;
    EXPECT_EQ(format_time_of_day(450min), "07:30");
}

TEST(QuietHoursText, IsReadAsPeopleTypeIt) {
    for (const char* typed : {"22:00 to 7:00", "from 10pm until 7am", "22:00-07:00", "22 - 7", "between 22h and 7:00",
                              "22:00\u20137:00", "10 PM till 7"}) {
        EXPECT_EQ(parse_quiet_hours(typed), (QuietHours{22h, 7h})) << typed;
    }
    for (const char* typed :
         {"", "22:00", "7:00 to 7:00", "25:00 to 7:00", "22:00 to", "quitting", "22:00 to 7:00 to 8"}) {
        EXPECT_EQ(parse_quiet_hours(typed), std::nullopt) << typed;
    }
    EXPECT_EQ(format_quiet_hours({22h, 7h + 30min}), "22:00 to 07:30");
}

TEST(Days, AreReadAsPeopleTypeThem) {
    const WallTime now = utc(2026, 3, 11, 12);  // a Wednesday
    const struct {
        const char* typed;
        const char* expected;
    } cases[] = {
        {"2026-03-20", "2026-03-20"},  {"20.3.2026", "2026-03-20"},    {"20 March", "2026-03-20"},
        {"March 20th", "2026-03-20"},  {"mar 20", "2026-03-20"},       {"5 March", "2027-03-05"},
        {"1 Apr 2027", "2027-04-01"},  {"tomorrow", "2026-03-12"},     {"Friday", "2026-03-13"},
        {"wednesday", "2026-03-18"},   {"next week", "2026-03-16"},    {"next fri", "2026-03-13"},
        {"3 days", "2026-03-14"},      {"a week", "2026-03-18"},       {"two weeks", "2026-03-25"},
        {"for 2 weeks", "2026-03-25"}, {"the 20 march", "2026-03-20"},
    };
    for (const auto& c : cases) {
        const auto day = parse_day(c.typed, now, "Europe/Berlin");
        ASSERT_TRUE(day) << c.typed;
        EXPECT_EQ(local_date(*day, "Europe/Berlin"), c.expected) << c.typed;
        EXPECT_LT(local_date(*day - Millis{1}, "Europe/Berlin"), c.expected) << "it is the begin of the day";
    }
    for (const char* typed : {"", "yesterday", "2026-03-11", "2026-03-01", "2030-01-01", "30 February", "31.4.2026",
                              "0 days", "99 99", "soon", "2026-13-01", "March", "button design"}) {
        EXPECT_EQ(parse_day(typed, now, "Europe/Berlin"), std::nullopt) << typed;
    }
}

TEST(NextBrief, ComesAtTheReadersHourInTheirZone) {
    const Reader reader = reader_in("Europe/Berlin", 8h);
    EXPECT_EQ(next_brief_at(reader, utc(2026, 1, 15, 6, 59)), utc(2026, 1, 15, 7));
    EXPECT_EQ(next_brief_at(reader, utc(2026, 1, 15, 7)), utc(2026, 1, 16, 7)) << "strictly after";
    EXPECT_EQ(next_brief_at(reader, utc(2026, 7, 15, 5)), utc(2026, 7, 15, 6)) << "summer time";
    EXPECT_EQ(next_brief_at(reader_in("Pacific/Kiritimati", 8h), utc(2026, 1, 15, 17)), utc(2026, 1, 15, 18));
    EXPECT_EQ(next_brief_at(reader_in("Nowhere/AtAll", 8h), utc(2026, 1, 15, 1)), utc(2026, 1, 15, 8));
}

TEST(NextBrief, InAGapComesAtTheChange) {
    // Berlin, 29 March 2026: 02:00 becomes 03:00 at 01:00 UTC.
    EXPECT_EQ(next_brief_at(reader_in("Europe/Berlin", 2h + 30min), utc(2026, 3, 28, 12)), utc(2026, 3, 29, 1));
    // Nuuk, 28 March 2026: 23:00 becomes midnight of the next day; the brief still is of the 28th.
    const WallTime nuuk = next_brief_at(reader_in("America/Nuuk", 23h + 30min), utc(2026, 3, 28, 12));
    EXPECT_EQ(local_date(nuuk, "America/Nuuk"), "2026-03-28");
    EXPECT_EQ(nuuk, utc(2026, 3, 29, 1) - Millis{1});
    // Lord Howe has gaps of half an hour.
    EXPECT_EQ(next_brief_at(reader_in("Australia/Lord_Howe", 2h + 15min), utc(2026, 10, 3, 0)),
              utc(2026, 10, 3, 15, 30));
    // Samoa left out 30 December 2011.
    EXPECT_EQ(next_brief_at(reader_in("Pacific/Apia", 8h), utc(2011, 12, 30, 0)), utc(2011, 12, 30, 18));
}

TEST(NextBrief, InAFoldComesOnce) {
    // Berlin, 25 October 2026: 03:00 becomes 02:00 at 01:00 UTC, so 02:30 is there at 00:30 and at 01:30 UTC.
    const Reader reader = reader_in("Europe/Berlin", 2h + 30min);
    EXPECT_EQ(next_brief_at(reader, utc(2026, 10, 24, 12)), utc(2026, 10, 25, 0, 30));
    EXPECT_EQ(next_brief_at(reader, utc(2026, 10, 25, 0, 30)), utc(2026, 10, 26, 1, 30));
}

TEST(NextBrief, KeepsToTheCadence) {
    const WallTime friday = utc(2026, 3, 13, 12);
    EXPECT_EQ(next_brief_at(reader_in("UTC", 8h, Cadence::daily), friday), utc(2026, 3, 14, 8));
    EXPECT_EQ(next_brief_at(reader_in("UTC", 8h, Cadence::weekdays), friday), utc(2026, 3, 16, 8));
    EXPECT_EQ(next_brief_at(reader_in("UTC", 8h, Cadence::weekly), friday), utc(2026, 3, 16, 8));
    EXPECT_EQ(next_brief_at(reader_in("UTC", 8h, Cadence::weekly), utc(2026, 3, 16, 8)), utc(2026, 3, 23, 8));
    EXPECT_EQ(next_brief_at(reader_in("UTC", 8h, Cadence::twice_a_day), friday), utc(2026, 3, 13, 20));
    EXPECT_EQ(next_brief_at(reader_in("UTC", 18h, Cadence::twice_a_day), friday), utc(2026, 3, 13, 18));
    EXPECT_EQ(next_brief_at(reader_in("UTC", 18h, Cadence::twice_a_day), utc(2026, 3, 13, 18)), utc(2026, 3, 14, 6));
}

TEST(NextBrief, WaitsForTheEndOfAPause) {
    Reader reader = reader_in("UTC", 8h);
    reader.paused_until = utc(2026, 3, 20);
    EXPECT_EQ(next_brief_at(reader, utc(2026, 3, 11)), utc(2026, 3, 20, 8));
    EXPECT_EQ(next_brief_at(reader, utc(2026, 3, 25)), utc(2026, 3, 25, 8)) << "a pause that is over does nothing";
    reader.paused_until = utc(2026, 3, 20, 8);
    EXPECT_EQ(next_brief_at(reader, utc(2026, 3, 11)), utc(2026, 3, 20, 8));
}

TEST(NextBrief, NeverSkipsOrDoublesALocalDayOverTwoYearsInAnyKindOfZone) {
    for (const char* zone : {"Europe/Berlin", "America/New_York", "America/Nuuk", "Australia/Lord_Howe", "Africa/Cairo",
                             "Asia/Beirut", "America/Santiago", "Asia/Kathmandu", "Pacific/Chatham"}) {
        for (const auto at : {0min, 30min, 150min, 480min, 1380min, 1439min}) {
            const Reader reader = reader_in(zone, at);
            WallTime now = utc(2026, 1, 1);
            std::string last = local_date(next_brief_at(reader, now), zone);
            now = next_brief_at(reader, now);
            for (int i = 0; i < 731; ++i) {
                now = next_brief_at(reader, now);
                const std::string day = local_date(now, zone);
                ASSERT_LT(last, day) << zone << " " << at.count();
                ASSERT_LE(local_date(now - 24h - 61min, zone), last) << zone << " " << day;
                last = day;
            }
            EXPECT_GT(now, utc(2027, 12, 30)) << zone;
            EXPECT_LT(now, utc(2028, 1, 6)) << zone;
        }
    }
}

TEST(BriefKey, TellsTheTwoBriefsOfADayApart) {
    Reader reader = reader_in("Europe/Berlin", 8h);
    EXPECT_EQ(brief_key(reader, utc(2026, 1, 15, 22)), "2026-01-15");
    reader.cadence = Cadence::twice_a_day;
    EXPECT_EQ(brief_key(reader, utc(2026, 1, 15, 18)), "2026-01-15");
    EXPECT_EQ(brief_key(reader, utc(2026, 1, 15, 19)), "2026-01-15#2");
    EXPECT_EQ(brief_key(reader, utc(2026, 1, 15, 23)), "2026-01-16");
}

}  // namespace
}  // namespace podbrief::briefs
