#include "core/ports/outbox_cascades.hpp"

#include <algorithm>
#include <utility>

namespace podbrief::outbox {

Doer doer_of(const Delivery& delivery) {
    return {delivery.worker, delivery.epoch};
}

void note_event(OutboxRows& rows, const Delivery& delivery, std::string event, const Doer& doer, std::string detail,
                WallTime now) {
    rows.add({now, delivery.slot, delivery.id, std::move(event), doer.worker, doer.epoch, std::move(detail)});
}

void note_event(OutboxRows& rows, const Slot& slot, std::string event, const Doer& doer, std::string detail,
                WallTime now) {
    rows.add({now, slot.id, {}, std::move(event), doer.worker, doer.epoch, std::move(detail)});
}

LaneLease lane_named(OutboxRows& rows, const std::string& name) {
    if (auto stored = rows.lane(name)) return *std::move(stored);
    LaneLease fresh;
    fresh.lane = name;
    return fresh;
}

namespace {

void write_end(OutboxRows& rows, Delivery delivery, const Ending& ending, const Doer& doer, WallTime now) {
    delivery.state = ending.state;
    delivery.reason = ending.reason;
    delivery.superseded_by = ending.superseded_by;
    delivery.finished_at = now;
    rows.update(delivery);
    note_event(rows, delivery, std::string(to_string(ending.state)), doer, ending.reason, now);
}

}  // namespace

void end_delivery(OutboxRows& rows, Delivery delivery, const Ending& ending, const Doer& doer, WallTime now) {
    write_end(rows, delivery, ending, doer, now);
    delivery.state = ending.state;
    delivery.reason = ending.reason;
    delivery.superseded_by = ending.superseded_by;
    after_end(rows, delivery, doer, now);
}

void after_end(OutboxRows& rows, const Delivery& delivery, const Doer& doer, WallTime now) {
    if (!delivery.slot) return;
    if (delivery.state != DeliveryState::sent && delivery.part < delivery.parts) {
        const Ending same{delivery.state, delivery.reason, delivery.superseded_by};
        for (const Delivery& other : rows.deliveries(delivery.slot)) {
            if (other.destination != delivery.destination || other.part <= delivery.part) continue;
            if (other.state == DeliveryState::ready) write_end(rows, other, same, doer, now);
        }
    }
    settle(rows, delivery.slot, doer, now);
}

std::optional<Ending> ending_at(const DestinationRecord& destination) {
    switch (destination.state) {
        case DestinationState::active:
            return std::nullopt;
        case DestinationState::paused:
            return Ending{DeliveryState::cancelled, destination.note};
        case DestinationState::blocked:
        case DestinationState::gone:
        case DestinationState::tenant_revoked:
            return Ending{DeliveryState::destination_gone, destination.note};
    }
    return std::nullopt;
}

void after_change(OutboxRows& rows, const DestinationRecord& destination, const Doer& doer, WallTime now) {
    const auto ending = ending_at(destination);
    if (!ending) return;
    for (const Delivery& waiting : rows.unfinished_at(destination.id)) {
        // Looked up again: an earlier part may have taken it along.
        const auto delivery = rows.delivery(waiting.id);
        if (delivery && delivery->state == DeliveryState::ready) end_delivery(rows, *delivery, *ending, doer, now);
    }
}

void fire(OutboxRows& rows, SlotId id, const Doer& doer, const std::string& detail, WallTime now) {
    auto slot = rows.slot(id);
    if (!slot || slot->state != SlotState::composed) return;
    slot->state = SlotState::fired;
    rows.update(*slot);
    note_event(rows, *slot, "fired", doer, detail, now);
}

void settle(OutboxRows& rows, SlotId id, const Doer& doer, WallTime now) {
    const auto slot = rows.slot(id);
    if (!slot || (slot->state != SlotState::composed && slot->state != SlotState::fired)) return;
    const Delivery* superseded = nullptr;
    const auto deliveries = rows.deliveries(id);
    bool sent = false;
    for (const Delivery& delivery : deliveries) {
        if (!is_final(delivery.state)) return;
        sent = sent || delivery.state == DeliveryState::sent;
        const bool later = superseded == nullptr || delivery.superseded_by > superseded->superseded_by;
        if (delivery.state == DeliveryState::superseded && later) superseded = &delivery;
    }
    if (sent || superseded == nullptr) {
        return fire(rows, id, doer, deliveries.empty() ? "nowhere to send to" : "", now);
    }
    Slot ended = *slot;
    ended.state = SlotState::superseded;
    ended.superseded_by = superseded->superseded_by;
    ended.note = superseded->reason;
    rows.update(ended);
    if (ended.brief) rows.mark_unsent(ended.brief);
    note_event(rows, ended, "superseded", doer, ended.note, now);
}

void cancel(OutboxRows& rows, Slot slot, const std::string& note, WallTime now) {
    slot.state = SlotState::cancelled;
    slot.note = note;
    slot.lease_until = {};
    rows.update(slot);
    // Its ideas were not told; should another slot send this very brief, it is told after all.
    if (slot.brief) rows.mark_unsent(slot.brief);
    note_event(rows, slot, "cancelled", {}, note, now);
    for (const Delivery& delivery : rows.deliveries(slot.id)) {
        if (!is_final(delivery.state)) write_end(rows, delivery, {DeliveryState::cancelled, note}, {}, now);
    }
}

}  // namespace podbrief::outbox
