// Planning and composing.
#include <algorithm>
#include <charconv>
#include <utility>

#include "core/ports/outbox_cascades.hpp"

namespace podbrief::outbox {
namespace {

// "2026-03-02", then "2026-03-02#2", "2026-03-02#3" ...
std::string free_key(OutboxRows& rows, ReaderId reader, const std::string& key) {
    if (!rows.has_key(reader, key)) return key;
    const std::size_t mark = key.find('#');
    int number = 1;
    if (mark != std::string::npos) std::from_chars(key.data() + mark + 1, key.data() + key.size(), number);
    std::string next;
    do {
        next = key.substr(0, mark) + "#" + std::to_string(++number);
    } while (rows.has_key(reader, next));
    return next;
}

bool fits(OutboxRows& rows, const OutboxRows::Planning& stored, const PlannedSlots& planned) {
    if (stored.last_sequence != planned.last_sequence || stored.schedule != planned.schedule) return false;
    const auto open = rows.open_slot(planned.reader);
    if (planned.cancel && (!open || open->id != *planned.cancel)) return false;
    const bool opens =
        std::any_of(planned.slots.begin(), planned.slots.end(), [](const Slot& slot) { return is_open(slot.state); });
    return !opens || !open || planned.cancel;  // there is at most one
}

bool may_be_frozen(OutboxRows& rows, const Slot& slot, const FrozenSlot& frozen) {
    if (slot.state != SlotState::composing || slot.worker != frozen.worker) return false;
    for (const DeliveryId id : frozen.supersedes) {
        const auto earlier = rows.delivery(id);
        if (!earlier || earlier->reader != slot.reader || !may_be_superseded(earlier->state)) return false;
    }
    // Keys are made of (reader, sequence, destination, part): one that is there is this slot's, frozen before.
    return std::none_of(frozen.deliveries.begin(), frozen.deliveries.end(),
                        [&](const Delivery& delivery) { return rows.has_delivery_key(delivery.key); });
}

}  // namespace

void schedule_changed(OutboxRows& rows, ReaderId reader) {
    auto planning = rows.planning(reader);
    if (!planning) return;
    planning->schedule++;
    planning->next_plan_at = {};
    rows.set_planning(*planning);
    // ReaderStore::save knows no time: the line has that of the slot's latest one that is certain.
    if (const auto open = rows.open_slot(reader)) {
        cancel(rows, *open, "the schedule changed", std::max(open->planned_at, open->composed_at));
    }
}

bool plan(OutboxRows& rows, const PlannedSlots& planned, WallTime now) {
    auto stored = rows.planning(planned.reader);
    if (!stored || !fits(rows, *stored, planned)) return false;
    if (planned.cancel) cancel(rows, *rows.slot(*planned.cancel), "planned anew", now);
    for (Slot slot : planned.slots) {
        slot.reader = planned.reader;
        slot.key = free_key(rows, planned.reader, slot.key);
        slot.planned_at = now;
        slot.id = rows.insert(slot);
        note_event(rows, slot, slot.state == SlotState::superseded ? "folded" : "planned", {}, slot.note, now);
        stored->last_sequence = std::max(stored->last_sequence, slot.sequence);
    }
    stored->next_plan_at = planned.next_plan_at;
    rows.set_planning(*stored);
    return true;
}

Slot claim_slot(OutboxRows& rows, Slot slot, const std::string& worker, WallTime now, WallTime lease_until) {
    std::string detail;
    if (slot.state == SlotState::composing) {
        slot.crashes++;
        detail = "taken over from " + slot.worker;
    }
    slot.state = SlotState::composing;
    slot.worker = worker;
    slot.lease_until = lease_until;
    rows.update(slot);
    note_event(rows, slot, "composing", {worker}, std::move(detail), now);
    return slot;
}

bool freeze(OutboxRows& rows, const FrozenSlot& frozen, WallTime now) {
    auto slot = rows.slot(frozen.slot);
    if (!slot || !may_be_frozen(rows, *slot, frozen)) return false;
    const Doer doer{frozen.worker};
    Brief brief = frozen.brief;
    brief.reader = slot->reader;
    brief.local_date = slot->key;
    slot->brief = rows.keep_brief(brief).id;
    slot->state = SlotState::composed;
    slot->lease_until = {};
    slot->composed_at = now;
    rows.update(*slot);
    note_event(rows, *slot, "composed", doer, "", now);

    for (Delivery delivery : frozen.deliveries) {
        delivery.reader = slot->reader;
        delivery.slot = slot->id;
        delivery.sequence = slot->sequence;
        delivery.created_at = now;
        rows.insert(delivery);
    }
    // A destination may have been lost while the brief was composed.
    for (const Delivery& delivery : frozen.deliveries) {
        const auto destination = rows.destination(delivery.destination);
        if (destination) after_change(rows, *destination, doer, now);
    }
    const Ending replaced{DeliveryState::superseded, "told in the brief of " + slot->key, slot->sequence};
    for (const DeliveryId id : frozen.supersedes) {
        const auto earlier = rows.delivery(id);  // may have ended with an earlier part
        if (!is_final(earlier->state)) end_delivery(rows, *earlier, replaced, doer, now);
    }
    settle(rows, slot->id, doer, now);
    return true;
}

bool give_up_slot(OutboxRows& rows, SlotId id, const std::string& worker, const std::string& note, WallTime now) {
    auto slot = rows.slot(id);
    if (!slot || slot->state != SlotState::composing || slot->worker != worker) return false;
    slot->state = SlotState::superseded;
    slot->lease_until = {};
    slot->note = note;
    rows.update(*slot);
    note_event(rows, *slot, "superseded", {worker}, note, now);
    return true;
}

bool UndeliveredSearch::takes(const Slot& slot, const std::vector<DeliveryEnd>& deliveries) {
    const auto any = [&](auto is) { return std::any_of(deliveries.begin(), deliveries.end(), is); };
    const bool arrived = any([](const DeliveryEnd& d) { return d.state == DeliveryState::sent; });
    if (!arrived_composed_at_) {
        if (arrived) arrived_composed_at_ = slot.composed_at;
        return !arrived && (slot.state == SlotState::superseded ||
                            any([](const DeliveryEnd& d) { return may_be_superseded(d.state); }));
    }
    ++looked_beyond_;
    if (arrived) return false;
    return any([&](const DeliveryEnd& d) {
        const bool ended_since =
            slot.state == SlotState::superseded && d.finished_at > *arrived_composed_at_ - composing_takes;
        return ended_since || d.state == DeliveryState::parked;
    });
}

}  // namespace podbrief::outbox
