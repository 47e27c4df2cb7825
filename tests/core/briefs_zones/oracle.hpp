#pragma once
#include <date/tz.h>

#include <map>
#include <string>
#include <vector>

#include "core/model/time.hpp"

namespace podbrief::briefs {

inline constexpr int minutes_a_day = 24 * 60;

// When a brief of each minute of the day is due on each local day. Found by walking through time minute by minute and
// reading the local clock through Howard Hinnant's library, which knows nothing of our rules: a brief is due when the
// clock first shows its minute, or one that is later on the same day (a gap), or a millisecond before the day ends if
// the clock never does.
class Oracle {
public:
    // Of what is due within [begin, end), which are whole minutes.
    Oracle(const date::time_zone& zone, WallTime begin, WallTime end);

    struct Due {
        WallTime at{};
        int day = 0;  // since 1970, local
    };
    // In order. `minute` of the day.
    const std::vector<Due>& due(int minute) const { return due_[static_cast<std::size_t>(minute)]; }

private:
    std::vector<std::vector<Due>> due_;
};

// The instants at which the zone's offset changes within the years 2007 to 2037.
std::vector<WallTime> changes_of(const date::time_zone& zone);

}  // namespace podbrief::briefs
