#pragma once
#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "core/model/reader.hpp"
#include "core/model/time.hpp"

namespace podbrief::briefs {

// Time as readers mean it: IANA zones from the system's database (tzdata; zones.hpp). "UTC" needs no database. A zone
// that is not known is treated as UTC everywhere but in valid_zone and zone_named, so that a stored profile never stops
// a brief.

bool valid_zone(std::string_view zone);

// The zone meant by what somebody typed: "europe/berlin", "Berlin", "new york", "utc". nullopt: none such.
std::optional<std::string> zone_named(std::string_view text);

// YYYY-MM-DD.
std::string local_date(WallTime at, std::string_view zone);

// "8:00", "08:00", "8", "8pm", "8.30 pm", "20h", "noon", "midnight".
std::optional<std::chrono::minutes> parse_time_of_day(std::string_view text);

// "08:00".
std::string format_time_of_day(std::chrono::minutes since_midnight);

// "22:00 to 7:00", "from 10pm until 7am", "22:00-07:00". nullopt: not two different times of day.
std::optional<QuietHours> parse_quiet_hours(std::string_view text);
std::string format_quiet_hours(const QuietHours& quiet);  // "22:00 to 07:00"
bool is_within(const QuietHours& quiet, Millis since_midnight);

// The begin of a local day, from "2026-03-12", "12 March", "March 12", "tomorrow", "friday", "next week", "3 days",
// "2 weeks". Dates without a year mean the next such day. nullopt: not a date, or not within the next two years.
std::optional<WallTime> parse_day(std::string_view text, WallTime now, std::string_view zone);

// "Thursday, 12 March 2026".
std::string format_day(WallTime at, std::string_view zone);

// The instant of a local time of day, as zones.hpp says.
std::optional<WallTime> instant_of(std::chrono::year_month_day day, std::chrono::minutes time, std::string_view zone);

// When the reader's next brief is due, strictly after `after`: by hour, zone, cadence, pause and quiet hours, whatever
// was sent before (see slots.hpp). Depends on nothing else, so it can be asked again at any time.
WallTime next_brief_at(const Reader& reader, WallTime after);

// The name under which the brief of `now` is stored: that of the slot which came last on this local day, else of the
// one to come on it. The local date, as a rule; "#2" behind it after the second hour of twice-a-day readers.
std::string brief_key(const Reader& reader, WallTime now);

}  // namespace podbrief::briefs
