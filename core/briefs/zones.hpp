#pragma once
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/model/time.hpp"

namespace podbrief::briefs {

using std::chrono::local_days;

// A local time: its day (a day's number, whatever the zone) and what has passed of it.
struct LocalTime {
    local_days day;
    Millis since_midnight{};
};

// The rules of one time zone; they never change (new rules are another Zone).
class Zone {
public:
    // From `at` on local time is UTC + `offset`.
    struct Change {
        WallTime at{};
        Millis offset{};
    };
    // Where a local time lies: when it is first reached, or, where clocks jump over it, the instant of the jump.
    struct Place {
        WallTime at{};
        bool exists = true;
    };

    // UTC unless told otherwise. `changes` in order.
    explicit Zone(Millis first_offset = Millis{0}, std::vector<Change> changes = {});
    virtual ~Zone() = default;

    Millis offset_at(WallTime at) const;
    LocalTime to_local(WallTime at) const;
    virtual Place place_of(local_days day, Millis since_midnight) const;
    const std::vector<Change>& changes() const { return changes_; }  // the first is that from the beginning of time

private:
    std::size_t index_at(WallTime at) const;

    std::vector<Change> changes_;
};

// The instant of a local time of day. In a gap (clocks go forward) it is the instant of the change, or a millisecond
// before it where the change leads into the next day; in a fold (clocks go back) the first of the two. nullopt: the
// zone has no such day at all.
std::optional<WallTime> instant_of(const Zone& zone, local_days day, Millis since_midnight);

// The rules of all zones. May be asked from any thread.
class Zones {
public:
    virtual ~Zones() = default;
    // Null: no such zone. "UTC" is always there.
    virtual std::shared_ptr<const Zone> find(std::string_view name) const = 0;
    // Of the rules in use; another one whenever they may differ. Kept to notice that they changed while we were away.
    virtual std::string version() const = 0;
    // Looks whether the rules were replaced. True: they were; what find() gives from now on is new.
    virtual bool refresh() = 0;

    // A zone that is not known, or was removed, is treated as UTC.
    std::shared_ptr<const Zone> find_or_utc(std::string_view name) const;
};

// The rules that a folder of TZif files (zic's output, such as /usr/share/zoneinfo) holds. Every file is read once,
// when it is first asked for. Changes are known up to 2037, as Debian's files list them; later ones stay at the last
// offset.
std::unique_ptr<Zones> zones_in(std::string folder);

// The system's, for the whole process.
Zones& system_zones();

}  // namespace podbrief::briefs
