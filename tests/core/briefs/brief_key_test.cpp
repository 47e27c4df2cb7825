#include "core/briefs/brief_key.hpp"

#include <gtest/gtest.h>

#include "core/briefs/local_time.hpp"

namespace podbrief::briefs {
namespace {

using namespace std::chrono_literals;

const WallTime now = std::chrono::sys_days{std::chrono::year{2026} / 3 / 12} + 7h;  // a Thursday

TEST(BriefKey, IsADayAndWhichOfItsBriefs) {
    for (const char* key : {"2026-03-12", "2026-03-12#2", "2024-02-29#3", "0999-01-01"}) {
        const auto day = read_key(key);
        ASSERT_TRUE(day) << key;
        EXPECT_EQ(write_key(*day), key);
    }
    for (const char* key : {"", "2026-3-12", "2026-02-29", "2026-13-01", "2026-03-12#", "2026-03-12#1", "2026-03-12#x",
                            "2026-03-12#2#3", "2026/03/12", " 2026-03-12", "+026-03-12", "2026-03--1"}) {
        EXPECT_FALSE(read_key(key)) << key;
    }
}

TEST(BriefKey, IsNamedAsPeopleNameDays) {
    EXPECT_EQ(name_of(*read_key("2026-03-03")), "Tuesday, 3 March 2026");
    EXPECT_EQ(name_of(*read_key("2026-03-03#2")), "Tuesday, 3 March 2026, second edition");
    EXPECT_EQ(name_of(*read_key("2026-03-03#3")), "Tuesday, 3 March 2026, edition 3");
}

TEST(PastDay, IsReadAsPeopleTypeIt) {
    const struct {
        const char* typed;
        const char* key;  // empty: not a day
    } cases[] = {
        {"2026-03-03", "2026-03-03"},
        {"2026-03-03#2", "2026-03-03#2"},
        {"2025-03-03", "2025-03-03"},
        {"today", "2026-03-12"},
        {"Yesterday", "2026-03-11"},
        {"the day before yesterday", "2026-03-10"},
        {"Monday", "2026-03-09"},
        {"last mon", "2026-03-09"},
        {"thursday", "2026-03-05"},
        {"3 days ago", "2026-03-09"},
        {"a week ago", "2026-03-05"},
        {"two weeks ago", "2026-02-26"},
        {"3 March", "2026-03-03"},
        {"March 3rd", "2026-03-03"},
        {"12 March", "2026-03-12"},
        {"20 December", "2025-12-20"},
        {"3.3.2026", "2026-03-03"},
        {"3 march 2026", "2026-03-03"},
        {"tomorrow", ""},
        {"3 days", ""},
        {"next week", ""},
        {"2026-02-30", ""},
        {"history of time", ""},
        {"march", ""},
        {"5", ""},
        {"", ""},
    };
    for (const auto& c : cases) {
        const auto day = past_day(c.typed, now, "UTC");
        EXPECT_EQ(day ? write_key(*day) : "", c.key) << c.typed;
        EXPECT_TRUE(!day || names_past_day(c.typed)) << c.typed;
    }
    EXPECT_TRUE(names_past_day("2026-02-30")) << "a slip, but meant as a day";
    EXPECT_FALSE(names_past_day("3 days"));
    EXPECT_FALSE(names_past_day("history of time"));
}

TEST(PastDay, GoesByTheReadersOwnDay) {
    const WallTime late = std::chrono::sys_days{std::chrono::year{2026} / 3 / 12} + 23h;
    EXPECT_EQ(write_key(*past_day("yesterday", late, "Asia/Tokyo")), "2026-03-12");
    EXPECT_EQ(write_key(*past_day("yesterday", late, "America/New_York")), "2026-03-11");
}

TEST(ClockTime, IsWhatAClockShowsThere) {
    EXPECT_EQ(clock_time(now, "UTC"), "07:00");
    EXPECT_EQ(clock_time(now + 59s, "Europe/Berlin"), "08:00");
    EXPECT_EQ(clock_time(now, "Asia/Kathmandu"), "12:45");
    EXPECT_EQ(clock_time(now - 7h, "UTC"), "00:00");
    EXPECT_EQ(clock_time(now - 7h - 1min, "UTC"), "23:59");
    const auto change = std::chrono::year{2026} / 3 / 29;  // clocks go forward
    for (const auto time : {1h, 3h, 8h}) {
        const auto at = instant_of(change, time, "Europe/Berlin");
        EXPECT_EQ(clock_time(*at, "Europe/Berlin"), format_time_of_day(time));
    }
}

}  // namespace
}  // namespace podbrief::briefs
