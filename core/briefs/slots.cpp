#include "core/briefs/slots.hpp"

#include "core/briefs/occurrences.hpp"
#include "core/briefs/spacing.hpp"

namespace podbrief::briefs {
namespace {

using std::chrono::hours;

// Which day and half a slot was. Of a key the date counts; "#2" may be the store's, which numbers keys that come twice.
DayHalf place_of(const Slot& slot, const Reader& reader, const Zones& zones) {
    DayHalf place;
    const auto day = day_of_key(slot.key);
    if (day && reader.cadence != Cadence::twice_a_day) return {*day, 0};
    const auto zone = zones.find_or_utc(slot.zone);
    place.day = day ? *day : zone->to_local(slot.due_at).day;
    const bool numbered = slot.key.find('#') != std::string::npos;
    if (is_made_at_once(slot)) return place;  // its time says nothing of its half, and the next one keeps its distance
    const auto noon = instant_of(*zone, place.day, hours{12});
    // The first half may be due after noon only by quiet hours.
    if (noon && slot.due_at >= *noon && (numbered || !reader.quiet)) place.half = 1;
    return place;
}

NextSlot as_slot(const Occurrence& found) {
    return {found.due, key_of(found.of)};
}

}  // namespace

Spacing spacing_of(Cadence cadence) {
    switch (cadence) {
        case Cadence::twice_a_day:
            return {hours{6}, hours{18}};
        case Cadence::daily:
            return {hours{12}, hours{36}};
        case Cadence::weekdays:
        case Cadence::weekly:
            break;
    }
    return {hours{12}, std::nullopt};
}

WallTime served_at(const Slot& slot) {
    return slot.state == SlotState::superseded ? slot.due_at : std::max(slot.due_at, slot.planned_at);
}

bool is_made_at_once(const Slot& slot) {
    return slot.planned_at == slot.due_at;
}

Millis latest_catch_up(Cadence cadence) {
    return spacing_of(cadence).least;
}

NextSlot next_slot(const Reader& reader, const Slot* last, WallTime after, const Zones& zones) {
    const auto zone = zones.find_or_utc(reader.time_zone);
    const Occurrences occurrences(reader, *zone);
    if (reader.paused_until && *reader.paused_until > after) after = *reader.paused_until - Millis{1};
    if (!last) return as_slot(occurrences.first(after, std::nullopt));

    after = std::max(after, last->due_at);
    const DayHalf done = place_of(*last, reader, zones);
    const Spacing spacing = spacing_of(reader.cadence);
    const WallTime served = served_at(*last);
    const WallTime least = served + spacing.least - Millis{1};
    if (last->zone == reader.time_zone) {
        if (is_made_at_once(*last)) after = std::max(after, least);
        return as_slot(occurrences.first(after, done));
    }
    after = std::max(after, least);
    const Occurrence later_date = occurrences.first(after, done);
    if (!spacing.most || later_date.due <= served + *spacing.most) return as_slot(later_date);
    return as_slot(occurrences.first(after, std::nullopt));
}

std::string late_label(WallTime due_at, WallTime at) {
    const auto late = std::chrono::floor<std::chrono::minutes>(at - due_at).count();
    if (late < 5) return {};
    if (late < 60) return fmt::format("{} min late", late);
    return late % 60 == 0 ? fmt::format("{} h late", late / 60) : fmt::format("{} h {} min late", late / 60, late % 60);
}

std::optional<Interval> quiet_after(const Reader& reader, WallTime at, const Zones& zones) {
    if (!reader.quiet) return std::nullopt;
    const auto zone = zones.find_or_utc(reader.time_zone);
    local_days day = zone->to_local(at).day - std::chrono::days{2};
    for (int i = 0; i < 5; ++i, day += std::chrono::days{1}) {
        const auto begin = instant_of(*zone, day, reader.quiet->from);
        const auto end = quiet_end(*zone, *reader.quiet, day, reader.quiet->from);
        if (!begin || !end || *end <= at || *end <= *begin) continue;
        if (*begin > at + hours{24}) break;
        return Interval{*begin, *end};
    }
    return std::nullopt;
}

}  // namespace podbrief::briefs
