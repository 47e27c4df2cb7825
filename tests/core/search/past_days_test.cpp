#include "core/search/past_days.hpp"

#include <gtest/gtest.h>

namespace podbrief::search {
namespace {

using std::chrono::sys_days;
using namespace std::chrono_literals;

constexpr sys_days thursday{2026y / 3 / 12};

TEST(PastDays, AreReadAsPeopleSayThem) {
    const struct {
        const char* words;
        sys_days from;
        sys_days until;
    } cases[] = {
        {"today", thursday, 2026y / 3 / 13},
        {"yesterday", 2026y / 3 / 11, thursday},
        {"monday", 2026y / 3 / 9, 2026y / 3 / 10},
        {"last monday", 2026y / 3 / 9, 2026y / 3 / 10},
        {"thursday", 2026y / 3 / 5, 2026y / 3 / 6},  // not today, which one would call so
        {"last week", 2026y / 3 / 2, 2026y / 3 / 9},
        {"this week", 2026y / 3 / 9, 2026y / 3 / 16},
        {"the last 3 days", 2026y / 3 / 10, 2026y / 3 / 13},
        {"last two weeks", 2026y / 2 / 27, 2026y / 3 / 13},
        {"the past month", 2026y / 2 / 13, 2026y / 3 / 13},
        {"this month", 2026y / 3 / 1, 2026y / 4 / 1},
        {"last month", 2026y / 2 / 1, 2026y / 3 / 1},
        {"last year", 2025y / 1 / 1, 2026y / 1 / 1},
        {"march", 2026y / 3 / 1, 2026y / 4 / 1},
        {"december", 2025y / 12 / 1, 2026y / 1 / 1},
        {"feb 2024", 2024y / 2 / 1, 2024y / 3 / 1},
        {"12 february", 2026y / 2 / 12, 2026y / 2 / 13},
        {"february 12th", 2026y / 2 / 12, 2026y / 2 / 13},
        {"24 december", 2025y / 12 / 24, 2025y / 12 / 25},
        {"1 may 2024", 2024y / 5 / 1, 2024y / 5 / 2},
        {"2026-02-28", 2026y / 2 / 28, 2026y / 3 / 1},
        {"2025", 2025y / 1 / 1, 2026y / 1 / 1},
        {"two days ago", 2026y / 3 / 10, 2026y / 3 / 11},
        {"a month ago", 2026y / 2 / 12, 2026y / 2 / 13},
    };
    for (const auto& c : cases) {
        SCOPED_TRACE(c.words);
        const auto days = past_days(c.words, thursday);
        ASSERT_TRUE(days.has_value());
        EXPECT_EQ(days->from, c.from);
        EXPECT_EQ(days->until, c.until);
    }
}

TEST(PastDays, WhatIsNoDayOrHasNotBegunIsNone) {
    for (const char* words :
         {"", "the", "chips", "12", "31 february", "tomorrow", "2027", "2026-03-13", "1999", "march 13", "last chips",
          "last 0 days", "13 13", "2026-13-01", "kernel 2026 notes now then"}) {
        SCOPED_TRACE(words);
        if (std::string_view(words) == "march 13") {  // of last year, then
            EXPECT_EQ(past_days(words, thursday)->from, sys_days{2025y / 3 / 13});
            continue;
        }
        EXPECT_EQ(past_days(words, thursday), std::nullopt);
    }
}

TEST(PastDays, AMonthBackFromTheThirtyFirstIsTheLastOfTheShorterMonth) {
    EXPECT_EQ(past_days("a month ago", sys_days{2026y / 3 / 31})->from, sys_days{2026y / 2 / 28});
}

}  // namespace
}  // namespace podbrief::search
