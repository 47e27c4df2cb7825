#pragma once
#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "core/model/time.hpp"

namespace podbrief::briefs {

// The day that a brief is stored under (Brief::local_date), and which of that day's briefs it is.
struct BriefDay {
    std::chrono::year_month_day day;
    int edition = 1;
    bool operator==(const BriefDay&) const = default;
};

// "2026-03-12", "2026-03-12#2". nullopt: not such a key, or no such day.
std::optional<BriefDay> read_key(std::string_view key);
std::string write_key(const BriefDay& day);

// "Thursday, 12 March 2026", with ", second edition" behind it for the second.
std::string name_of(const BriefDay& day);

// The day meant by what somebody typed: a key, "today", "yesterday", "monday" (the one before today), "3 days ago",
// "3 March" (the latest one), "3.3.2026". nullopt: not a day, or none within a year back.
std::optional<BriefDay> past_day(std::string_view typed, WallTime now, std::string_view zone);

// Whether somebody who types this means a day, be there such a one or not.
bool names_past_day(std::string_view typed);

// "08:00": what a clock shows there. In an hour that clocks go through twice, only the first time is told rightly.
std::string clock_time(WallTime at, std::string_view zone);

}  // namespace podbrief::briefs
