#include <algorithm>

#include "core/ports/outbox_cascades.hpp"

namespace podbrief::outbox {
namespace {

bool has_part(OutboxRows& rows, const Delivery& delivery, DestinationId destination) {
    const auto all = rows.deliveries(delivery.slot);
    return std::any_of(all.begin(), all.end(), [&](const Delivery& other) {
        return other.destination == destination && other.part == delivery.part;
    });
}

// `twin`: the reader's destination that has the new address already.
void move_deliveries(OutboxRows& rows, const DestinationRecord& from, const std::optional<DestinationRecord>& twin,
                     const Destination& to, WallTime now) {
    auto deliveries = rows.unfinished_at(from.id);
    std::stable_sort(deliveries.begin(), deliveries.end(),
                     [](const Delivery& a, const Delivery& b) { return a.part < b.part; });
    for (Delivery& delivery : deliveries) {
        delivery.address = to;
        // What the chat gets by its other record anyway is left where it is, and ends there.
        if (twin && !(delivery.slot && has_part(rows, delivery, twin->id))) delivery.destination = twin->id;
        rows.update(delivery);
        note_event(rows, delivery, "moved", {}, to_string(to), now);
    }
}

}  // namespace

DestinationRecord add_destination(OutboxRows& rows, DestinationRecord destination, WallTime now) {
    destination.id = {};
    if (!rows.planning(destination.reader)) return destination;  // forgotten meanwhile
    auto known = rows.destination(destination.reader, destination.address);
    if (!known) {
        destination.changed_at = now;
        destination.id = rows.insert(destination);
        return destination;
    }
    if (known->state != DestinationState::active) {
        known->state = DestinationState::active;
        known->note.clear();
        known->changed_at = now;
        rows.update(*known);
    }
    return *std::move(known);
}

bool set_destination(OutboxRows& rows, DestinationId id, DestinationState state, const std::string& note,
                     WallTime now) {
    auto destination = rows.destination(id);
    if (!destination) return false;
    destination->state = state;
    destination->note = state == DestinationState::active ? "" : note;
    destination->changed_at = now;
    rows.update(*destination);
    after_change(rows, *destination, {}, now);
    return true;
}

void move_destination(OutboxRows& rows, const Destination& from, const Destination& to, WallTime now) {
    if (from == to) return;
    for (DestinationRecord& destination : rows.destinations_at(from)) {
        const auto twin = rows.destination(destination.reader, to);
        move_deliveries(rows, destination, twin, to, now);
        if (twin) {
            set_destination(rows, destination.id, DestinationState::gone, "moved to " + to_string(to), now);
        } else {
            destination.address = to;
            rows.update(destination);
        }
    }
}

void hand_over(OutboxRows& rows, ReaderId from, ReaderId into, WallTime now) {
    for (DestinationRecord& destination : rows.destinations_of(from)) {
        if (const auto twin = rows.destination(into, destination.address)) {
            // The record ends with `from`; what is on its way to that chat goes on.
            for (Delivery& delivery : rows.unfinished_at(destination.id)) {
                if (delivery.slot) continue;
                delivery.destination = twin->id;
                rows.update(delivery);
            }
            continue;
        }
        destination.reader = into;
        if (destination.state == DestinationState::active) {
            destination.state = DestinationState::paused;
            destination.note = "two readers became one";
            destination.changed_at = now;
        }
        rows.update(destination);
    }
    rows.hand_over_loose(from, into);
}

void tenant_revoked(OutboxRows& rows, const std::string& platform, const std::string& workspace,
                    const std::string& note, WallTime at) {
    for (const DestinationRecord& destination : rows.destinations_in(platform, workspace)) {
        if (destination.state != DestinationState::active) continue;
        set_destination(rows, destination.id, DestinationState::tenant_revoked, note, at);
    }
}

void tenant_installed(OutboxRows& rows, const std::string& platform, const std::string& workspace, WallTime at) {
    for (const DestinationRecord& destination : rows.destinations_in(platform, workspace)) {
        if (destination.state != DestinationState::tenant_revoked) continue;
        set_destination(rows, destination.id, DestinationState::active, "", at);
    }
}

}  // namespace podbrief::outbox
