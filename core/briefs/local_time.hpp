#pragma once
#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "core/model/reader.hpp"
#include "core/model/time.hpp"

namespace podbrief::briefs {

// Time as readers mean it: IANA zones from the system's database (tzdata). "UTC" needs no database. A zone that is not
// known is treated as UTC everywhere but in valid_zone and zone_named, so that a stored profile never stops a brief.

bool valid_zone(std::string_view zone);

// The zone meant by what somebody typed: "europe/berlin", "Berlin", "new york", "utc". nullopt: none such.
std::optional<std::string> zone_named(std::string_view text);

// YYYY-MM-DD.
std::string local_date(WallTime at, std::string_view zone);

// "8:00", "08:00", "8", "8pm", "8.30 pm", "20h", "noon", "midnight".
std::optional<std::chrono::minutes> parse_time_of_day(std::string_view text);

// "08:00".
std::string format_time_of_day(std::chrono::minutes since_midnight);

// The begin of a local day, from "2026-03-12", "12 March", "March 12", "tomorrow", "friday", "next week", "3 days",
// "2 weeks". Dates without a year mean the next such day. nullopt: not a date, or not within the next two years.
std::optional<WallTime> parse_day(std::string_view text, WallTime now, std::string_view zone);

// "Thursday, 12 March 2026".
std::string format_day(WallTime at, std::string_view zone);

// The instant of a local time of day. In a gap (clocks go forward) it is the instant of the change, or a millisecond
// before it where the change leads into the next day; in a fold (clocks go back) the first of the two. nullopt: the
// zone has no such day at all.
std::optional<WallTime> instant_of(std::chrono::year_month_day day, std::chrono::minutes time, std::string_view zone);

// When the reader's next brief is due, strictly after `after`: by hour, zone, cadence (weekly: Mondays; twice a day: at
// the hour and twelve hours from it) and pause. Depends on nothing else, so it can be asked again at any time.
WallTime next_brief_at(const Reader& reader, WallTime after);

// The name under which the brief of `now` is stored: the local date; after the second hour of twice-a-day readers
// with "#2" behind it.
std::string brief_key(const Reader& reader, WallTime now);

}  // namespace podbrief::briefs
