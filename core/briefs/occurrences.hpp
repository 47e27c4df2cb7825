#pragma once
#include <compare>
#include <optional>
#include <string>

#include "core/briefs/zones.hpp"
#include "core/model/reader.hpp"

namespace podbrief::briefs {

// A reader's day, and which of its two briefs (0, 1) where there are two.
struct DayHalf {
    local_days day;
    int half = 0;
    auto operator<=>(const DayHalf&) const = default;
};

struct Occurrence {
    DayHalf of;
    WallTime due{};
};

std::string key_of(DayHalf of);                                // "2026-03-12", "2026-03-12#2"
std::optional<local_days> day_of_key(const std::string& key);  // whatever follows the date

// The end of the quiet hours that a local time lies in; nullopt: it lies in none.
std::optional<WallTime> quiet_end(const Zone& zone, const QuietHours& quiet, local_days day, Millis since_midnight);

// The times at which a reader is due a brief by their zone, hour, cadence and quiet hours, whatever came before.
// Keeps references.
class Occurrences {
public:
    Occurrences(const Reader& reader, const Zone& zone);

    // nullopt: the zone has no such day.
    std::optional<WallTime> due(DayHalf of) const;
    // The first that is due after `after`; given `done`, of a later day or half than that.
    Occurrence first(WallTime after, std::optional<DayHalf> done) const;
    // What "the brief of now" is: the one that came last on this local day, else the one to come on it.
    DayHalf current(WallTime now) const;

private:
    bool has_brief_on(local_days day) const;

    const Reader& reader_;
    const Zone& zone_;
    Millis times_[2]{};
    int halves_ = 1;
};

}  // namespace podbrief::briefs
