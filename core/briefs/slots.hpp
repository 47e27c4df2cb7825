#pragma once
#include <optional>
#include <string>

#include "core/briefs/zones.hpp"
#include "core/model/delivery.hpp"
#include "core/model/reader.hpp"
#include "core/ports/outbox_store.hpp"

namespace podbrief::briefs {

// When briefs are due. All of it is a function of what is stored: zone, hour, cadence, pause, quiet hours and the last
// slot; so it can be asked again at any time, on any machine, and gives the same answer.
//
// - The hour is a local time of day; what becomes of it where clocks change: see instant_of. A day that the zone does
//   not have has no brief.
// - Weekly is Mondays; twice a day is at the hour and twelve hours from it, the later one's key ends in "#2".
// - An hour within quiet hours waits for their end, under the key of its own day. Of two that come to be due at one
//   instant by this only the later is.
// - In the zone of the last slot: one a local day (and half of it), also when the hour was changed meanwhile.
// - In another zone than the last slot's: 12 to 36 h after it (twice a day: 6 to 18 h; weekdays, weekly: no upper
//   bound), on a later local date if that fits into the bounds, else at the first of the reader's hours within them:
//   going west a date comes twice. The zone of the last slot is all that is known of where the reader was since: who
//   comes back to it after its hour gets the brief late, as if we had slept, and who does so twice in a row may wait
//   for up to 48 h.

struct NextSlot {
    WallTime due_at{};
    std::string key;
    bool operator==(const NextSlot&) const = default;
};

// The slot that follows `last` (null: none yet), due after `after`. If the zone changed, `last` counts from when it
// was really due or, if late, planned.
NextSlot next_slot(const Reader& reader, const Slot* last, WallTime after, const Zones& zones);

// How late a brief may still be made: beyond it it is folded into the next one.
Millis latest_catch_up(Cadence cadence);  // 12 h; 6 h for twice a day

inline constexpr Millis usual_horizon = std::chrono::minutes{45};
inline constexpr std::size_t most_folded = 40;  // rows for one absence; a longer one is one row

// What to write for a reader at `now`. Missed slots: the latest is planned, late, unless it is too late
// (latest_catch_up); those before it, and those too late, are written as superseded. An open slot stays unless the
// schedule moved it, or it was not sent in time: then it is cancelled and its place taken as if it were missed. The
// slot that comes next is planned when it is due within `horizon`. Asked again after writing, it gives nothing more to
// write.
PlannedSlots plan(const ReaderPlan& state, WallTime now, Millis horizon, const Zones& zones);

// The reader's first stretch of quiet hours that ends after `at` and begins within the 24 hours that follow it.
std::optional<Interval> quiet_after(const Reader& reader, WallTime at, const Zones& zones);

// "2 h 10 min late"; empty for less than five minutes.
std::string late_label(WallTime due_at, WallTime at);

}  // namespace podbrief::briefs
