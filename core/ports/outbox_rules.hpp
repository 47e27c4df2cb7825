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

// ---- which earlier slots did not reach their reader ----
struct DeliveryEnd {
    DeliveryState state;
    WallTime finished_at;
};
// Is shown a reader's earlier slots, the latest first, and takes those that the next brief is to tell of: all since the
// last that arrived, and of those before it the ones given up, or parked, only after that one was composed. (It could
// not tell of them: nobody knew yet whether they had arrived.) What ended while it was being composed may be told
// twice.
class UndeliveredSearch {
public:
    static constexpr Millis composing_takes = std::chrono::minutes{10};  // at most, by far

    bool takes(const Slot& slot, const std::vector<DeliveryEnd>& deliveries);
    bool is_over() const { return looked_beyond_ >= most_beyond; }

private:
    static constexpr int most_beyond = 8;  // a doubt lasts for hours, and nobody has more than two briefs a day
    std::optional<WallTime> arrived_composed_at_;
    int looked_beyond_ = 0;
};

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
