#include "core/briefs/occurrences.hpp"
#include "core/briefs/slots.hpp"
#include "core/briefs/spacing.hpp"

namespace podbrief::briefs {
namespace {

constexpr std::chrono::days longest_look_back{1000};

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

Chain chain_of(const ReaderPlan& state, WallTime now, const Zones& zones) {
    Chain chain;
    const WallTime after = std::max(state.reader.created_at, now - longest_look_back);
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

// Whether a missed slot may still be made. After a move its hour may have been long ago while the next one is too far
// off: then, too, so that the reader waits no longer than the spacing says.
bool can_catch_up(const ReaderPlan& state, const Slot& missed, const NextSlot& next, WallTime now, Millis horizon) {
    const bool open = state.open && state.open->due_at == missed.due_at && state.open->zone == missed.zone;
    const WallTime since = open ? std::max(missed.due_at, state.open->planned_at) : missed.due_at;
    const Spacing spacing = spacing_of(state.reader.cadence);
    if (now - since <= spacing.least) return !open || next.due_at - now > horizon || now - since < horizon;
    if (!state.last || state.last->zone == state.reader.time_zone || !spacing.most) return false;
    const WallTime latest = served_at(*state.last) + *spacing.most;
    return now <= latest && next.due_at > latest;
}

bool is_same(const Slot& open, const Slot& wanted) {
    return open.due_at == wanted.due_at && open.zone == wanted.zone && day_of_key(open.key) == day_of_key(wanted.key);
}

}  // namespace

PlannedSlots plan(const ReaderPlan& state, WallTime now, Millis horizon, const Zones& zones) {
    const Reader& reader = state.reader;
    PlannedSlots planned;
    planned.reader = reader.id;
    planned.last_sequence = state.last_sequence;

    Chain chain = chain_of(state, now, zones);
    std::optional<Slot> wanted;
    if (!chain.missed.empty() && can_catch_up(state, chain.missed.back(), chain.next, now, horizon)) {
        wanted = chain.missed.back();
        wanted->state = SlotState::planned;
        chain.missed.pop_back();
        --chain.all_missed;
    } else if (chain.next.due_at - now <= horizon) {
        wanted = slot_of(reader, chain.next, SlotState::planned, now);
    }

    const Slot* awaited = wanted ? &*wanted : nullptr;
    if (state.open && awaited && is_same(*state.open, *awaited)) {
        awaited = &*state.open;
    } else if (state.open && !awaited && is_same(*state.open, slot_of(reader, chain.next, SlotState::planned, now))) {
        awaited = &*state.open;  // planned when the horizon was further
    } else {
        if (state.open) planned.cancel = state.open->id;
        std::int64_t sequence = state.last_sequence;
        const bool one_row = chain.all_missed > most_folded;
        if (one_row) chain.missed.erase(chain.missed.begin(), chain.missed.end() - 1);
        const auto following = wanted ? sequence + static_cast<std::int64_t>(chain.missed.size()) + 1 : 0;
        for (Slot& slot : chain.missed) {
            slot.sequence = ++sequence;
            slot.superseded_by = following;
            slot.note = one_row ? fmt::format("{} briefs were missed from {} on: nothing ran at their time",
                                              chain.all_missed, chain.first_missed)
                        : state.open && is_same(*state.open, slot) ? "not sent in time: folded into the next brief"
                                                                   : "missed: nothing ran at its time";
            planned.slots.push_back(std::move(slot));
        }
        if (wanted) {
            wanted->sequence = ++sequence;
            planned.slots.push_back(*wanted);
        }
    }

    // A slot is looked after again when it is too late for it, or the one after it is near.
    planned.next_plan_at = chain.next.due_at - horizon;
    if (awaited) {
        const NextSlot after = next_slot(reader, awaited, awaited->due_at, zones);
        const WallTime too_late =
            std::max(awaited->due_at, awaited->planned_at) + latest_catch_up(reader.cadence) + Millis{1};
        planned.next_plan_at = std::max(std::min(too_late, after.due_at - horizon), awaited->due_at + Millis{1});
    }
    planned.next_plan_at = std::max(planned.next_plan_at, now + Millis{1});
    return planned;
}

}  // namespace podbrief::briefs
