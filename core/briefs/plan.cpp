#include "core/briefs/occurrences.hpp"
#include "core/briefs/slots.hpp"
#include "core/briefs/spacing.hpp"

namespace podbrief::briefs {
namespace {

constexpr std::chrono::days longest_look_back{1000};
constexpr Millis longest_fold = std::chrono::hours{2};  // by which a slot may be further off than the spacing says

// What was missed up to `now`, and what comes after it.
struct Chain {
    std::vector<Slot> missed;  // the latest ones, oldest first; at most most_folded + 1
    std::size_t all_missed = 0;
    std::string first_missed;  // key
    NextSlot next;
};

Slot slot_of(const Reader& reader, const NextSlot& next, SlotState state, WallTime planned_at) {
    Slot slot;
    slot.reader = reader.id;
    slot.key = next.key;
    slot.due_at = next.due_at;
    slot.zone = reader.time_zone;
    slot.state = state;
    slot.planned_at = planned_at;
    return slot;
}

// Where the search for what is due begins. Who moved has missed nothing by hours that had passed in the new zone, as
// long as another one comes before the spacing says it must: only the latest of them can still be theirs.
WallTime begin_of_search(const ReaderPlan& state, WallTime now, const Zones& zones) {
    const WallTime begin = std::max(state.reader.created_at, now - longest_look_back);
    const Spacing spacing = spacing_of(state.reader.cadence);
    if (!state.last || state.last->zone == state.reader.time_zone || !spacing.most) return begin;
    const bool open = state.open && state.open->zone == state.reader.time_zone;
    WallTime recent = (open ? std::min(now, state.open->planned_at) : now) - spacing.least - Millis{1};
    recent = std::max(begin, recent);
    const NextSlot next = next_slot(state.reader, &*state.last, recent, zones);
    return next.due_at <= served_at(*state.last) + *spacing.most ? recent : begin;
}

Chain chain_of(const ReaderPlan& state, WallTime now, const Zones& zones) {
    Chain chain;
    const WallTime after = begin_of_search(state, now, zones);
    std::optional<Slot> last = state.last;
    for (;;) {
        chain.next = next_slot(state.reader, last ? &*last : nullptr, after, zones);
        if (chain.next.due_at > now) return chain;
        last = slot_of(state.reader, chain.next, SlotState::superseded, now);
        if (chain.all_missed++ == 0) chain.first_missed = chain.next.key;
        chain.missed.push_back(*last);
        if (chain.missed.size() > most_folded + 1) chain.missed.erase(chain.missed.begin());
    }
}

// Whether the open slot is what is wanted. After a move its time may have been put to when it was planned.
bool is_same(const Slot& open, const Slot& wanted) {
    const bool put_off = is_made_at_once(open) && open.due_at >= wanted.due_at;
    return (open.due_at == wanted.due_at || put_off) && open.zone == wanted.zone &&
           day_of_key(open.key) == day_of_key(wanted.key);
}

// Whether a missed slot may still be made. After a move its hour may have been long ago while the next one is too far
// off: then, too, so that the reader waits no longer than the spacing says.
bool can_catch_up(const ReaderPlan& state, const Slot& missed, const NextSlot& next, WallTime now, Millis horizon) {
    const bool open = state.open && is_same(*state.open, missed);
    const WallTime since = open ? std::max(missed.due_at, state.open->planned_at) : missed.due_at;
    const Spacing spacing = spacing_of(state.reader.cadence);
    if (now - since <= spacing.least) return !open || next.due_at - now > horizon || now - since < horizon;
    if (!state.last || !spacing.most) return false;
    if (state.last->zone == state.reader.time_zone && !is_made_at_once(*state.last)) return false;
    const WallTime latest = served_at(*state.last) + *spacing.most;
    return now <= latest + longest_fold && next.due_at > latest;
}

// What was missed, as it is written.
std::vector<Slot> folded(const ReaderPlan& state, const Chain& chain, bool followed) {
    const bool one_row = chain.all_missed > most_folded;
    std::vector<Slot> rows(one_row ? chain.missed.end() - 1 : chain.missed.begin(), chain.missed.end());
    std::int64_t sequence = state.last_sequence;
    const std::int64_t following = followed ? sequence + static_cast<std::int64_t>(rows.size()) + 1 : 0;
    for (Slot& slot : rows) {
        slot.sequence = ++sequence;
        slot.superseded_by = following;
        slot.note = one_row ? fmt::format("{} briefs were missed from {} on: nothing ran at their time",
                                          chain.all_missed, chain.first_missed)
                    : state.open && is_same(*state.open, slot) ? "not sent in time: folded into the next brief"
                                                               : "missed: nothing ran at its time";
    }
    return rows;
}

}  // namespace

PlannedSlots plan(const ReaderPlan& state, WallTime now, Millis horizon, const Zones& zones) {
    const Reader& reader = state.reader;
    PlannedSlots planned;
    planned.reader = reader.id;
    planned.last_sequence = state.last_sequence;

    Chain chain = chain_of(state, now, zones);
    const bool catch_up = !chain.missed.empty() && can_catch_up(state, chain.missed.back(), chain.next, now, horizon);
    Slot wanted = slot_of(reader, chain.next, SlotState::planned, now);
    if (catch_up) {
        wanted = chain.missed.back();
        wanted.state = SlotState::planned;
        chain.missed.pop_back();
        --chain.all_missed;
    }

    std::optional<Slot> awaited;
    if (state.open && is_same(*state.open, wanted)) {
        awaited = state.open;
    } else {
        if (state.open) planned.cancel = state.open->id;
        if (catch_up || wanted.due_at - now <= horizon) awaited = wanted;
        // By a move it came to be due now: it is not late.
        const bool moved = state.last && state.last->zone != reader.time_zone;
        const bool too_late = now - wanted.due_at > latest_catch_up(reader.cadence);
        if (catch_up && chain.all_missed == 0 && (moved || too_late)) awaited->due_at = now;
        planned.slots = folded(state, chain, awaited.has_value());
        if (awaited) {
            awaited->sequence = state.last_sequence + static_cast<std::int64_t>(planned.slots.size()) + 1;
            planned.slots.push_back(*awaited);
        }
    }

    // A slot is looked after again when it is too late for it, or the one after it is near.
    planned.next_plan_at = chain.next.due_at - horizon;
    if (awaited) {
        const NextSlot after = next_slot(reader, &*awaited, awaited->due_at, zones);
        const WallTime too_late =
            std::max(awaited->due_at, awaited->planned_at) + latest_catch_up(reader.cadence) + Millis{1};
        planned.next_plan_at = std::max(std::min(too_late, after.due_at - horizon), awaited->due_at + Millis{1});
    }
    planned.next_plan_at = std::max(planned.next_plan_at, now + Millis{1});
    return planned;
}

}  // namespace podbrief::briefs
