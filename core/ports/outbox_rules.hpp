#pragma once
#include <optional>
#include <string>
#include <vector>

#include "core/ports/outbox_rows.hpp"

// What the calls of OutboxStore do, for every store: see there for what they promise. Each is to be called within one
// transaction; what gives false, nullopt or 0 has written nothing.
namespace podbrief::outbox {

// ---- what is so of a single row ----
constexpr bool is_open(SlotState state) {
    return state < SlotState::fired;
}
constexpr bool is_in_hand(DeliveryState state) {
    return state == DeliveryState::claimed || state == DeliveryState::dispatching ||
           state == DeliveryState::reconciling;
}
// True: due() may give it, if no earlier part of its brief stands before it.
constexpr bool may_be_looked_at(DeliveryState state) {
    return state == DeliveryState::ready || state == DeliveryState::unknown || state == DeliveryState::parked;
}
// From when on, quiet hours left out of account.
WallTime look_at(const Delivery& delivery, WallTime destination_not_before);
// True: did not reach its reader, and a later brief may take its place.
constexpr bool may_be_superseded(DeliveryState state) {
    return state == DeliveryState::ready || state == DeliveryState::claimed || state == DeliveryState::parked;
}

// ---- destinations ----
DestinationRecord add_destination(OutboxRows& rows, DestinationRecord destination, WallTime now);
bool set_destination(OutboxRows& rows, DestinationId id, DestinationState state, const std::string& note, WallTime now);
void move_destination(OutboxRows& rows, const Destination& from, const Destination& to, WallTime now);
// For AccountStore::unite, before `from` ends: its destinations, paused, and what was sent apart from briefs.
void hand_over(OutboxRows& rows, ReaderId from, ReaderId into, WallTime now);
// For TenantStore: active destinations of the workspace become tenant_revoked, or those become active again.
void tenant_revoked(OutboxRows& rows, const std::string& platform, const std::string& workspace,
                    const std::string& note, WallTime at);
void tenant_installed(OutboxRows& rows, const std::string& platform, const std::string& workspace, WallTime at);

// ---- slots ----
// For ReaderStore::save, after the reader was written.
void schedule_changed(OutboxRows& rows, ReaderId reader);
bool plan(OutboxRows& rows, const PlannedSlots& planned, WallTime now);
Slot claim_slot(OutboxRows& rows, Slot slot, const std::string& worker, WallTime now, WallTime lease_until);
bool freeze(OutboxRows& rows, const FrozenSlot& frozen, WallTime now);
bool give_up_slot(OutboxRows& rows, SlotId slot, const std::string& worker, const std::string& note, WallTime now);

// ---- lanes ----
std::optional<LaneLease> acquire_lane(OutboxRows& rows, const std::string& lane, const std::string& worker,
                                      WallTime now, WallTime until);
bool renew_lane(OutboxRows& rows, const std::string& lane, std::int64_t epoch, WallTime until);
void release_lane(OutboxRows& rows, const std::string& lane, std::int64_t epoch);
void hold_lane(OutboxRows& rows, const std::string& lane, std::int64_t epoch, WallTime not_before);
Recovered recover_lane(OutboxRows& rows, const std::string& lane, std::int64_t epoch, WallTime now);

// ---- deliveries ----
std::vector<DeliveryId> enqueue(OutboxRows& rows, std::vector<Delivery> deliveries, WallTime now);
std::vector<Delivery> claim(OutboxRows& rows, const std::string& lane, std::int64_t epoch, const std::string& worker,
                            const std::vector<DeliveryId>& ids, WallTime now);
bool advance(OutboxRows& rows, const Advance& step);
int doubt_all(OutboxRows& rows, WallTime now);

}  // namespace podbrief::outbox
