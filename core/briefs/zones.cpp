#include "core/briefs/zones.hpp"

#include <algorithm>

namespace podbrief::briefs {

Zone::Zone(Millis first_offset, std::vector<Change> changes) {
    changes_.reserve(changes.size() + 1);
    changes_.push_back({WallTime::min(), first_offset});
    for (const Change& change : changes) {
        if (change.offset != changes_.back().offset) changes_.push_back(change);
    }
}

std::size_t Zone::index_at(WallTime at) const {
    const auto after = std::upper_bound(changes_.begin() + 1, changes_.end(), at,
                                        [](WallTime t, const Change& change) { return t < change.at; });
    return static_cast<std::size_t>(after - changes_.begin()) - 1;
}

Millis Zone::offset_at(WallTime at) const {
    return changes_[index_at(at)].offset;
}

LocalTime Zone::to_local(WallTime at) const {
    const Millis local = at.time_since_epoch() + offset_at(at);
    const auto day = std::chrono::floor<std::chrono::days>(local);
    return {local_days{day}, local - day};
}

Zone::Place Zone::place_of(local_days day, Millis since_midnight) const {
    const WallTime as_utc{day.time_since_epoch() + since_midnight};
    // Offsets are within a day or so of UTC: the stretch before the one of a day earlier cannot hold it.
    std::size_t i = index_at(as_utc - std::chrono::hours{26});
    for (;; ++i) {
        const WallTime at = as_utc - changes_[i].offset;
        if (i > 0 && at < changes_[i].at) return {changes_[i].at, false};  // jumped over
        if (i + 1 == changes_.size() || at < changes_[i + 1].at) return {at, true};
    }
}

std::optional<WallTime> instant_of(const Zone& zone, local_days day, Millis since_midnight) {
    const Zone::Place place = zone.place_of(day, since_midnight);
    if (place.exists) return place.at;
    WallTime at = place.at;
    if (zone.to_local(at).day != day) at -= Millis{1};
    if (zone.to_local(at).day != day) return std::nullopt;  // Samoa had no 30 December 2011
    return at;
}

std::shared_ptr<const Zone> Zones::find_or_utc(std::string_view name) const {
    static const auto utc = std::make_shared<const Zone>();
    auto found = find(name);
    return found ? found : utc;
}

}  // namespace podbrief::briefs
