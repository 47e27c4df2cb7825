#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "core/model/time.hpp"

namespace podbrief::feeds {

// A date as feeds write them: RFC 822 / 2822 and RFC 3339 in all their abuses (2-digit years, full
// month names, "Sept", missing seconds or zone, wrong weekday, 24:00:00, "Nov 21, 1997 9:55 PM", asctime,
// compact ISO). No zone means UTC; unknown zone names too. nullopt: no date in it.
std::optional<WallTime> parse_date(std::string_view text);

// A time into an episode: "62.5", "1:02.5", "00:01:02.500"; hours, minutes and seconds of any size, at most a week in
// all.
std::optional<Millis> parse_clock(std::string_view text);

// itunes:duration: "3668", "61:08", "1:01:08", "61.08" (seconds), "1h 2m", "62 min", "PT1H2M". Whole seconds; 0 for
// what is blank, not understood, or longer than a week.
Millis parse_duration(std::string_view text);

// "Fri, 21 Nov 1997 15:55:06 +0000"
std::string rfc822(WallTime time);

}  // namespace podbrief::feeds
