#pragma once
#include <string>

#include "core/ports/outbox_rules.hpp"

// What becomes of the rest when something becomes of one: the rules in the comment of OutboxStore.
namespace podbrief::outbox {

// Who did it, for the history.
struct Doer {
    std::string worker;
    std::int64_t epoch = 0;
};
Doer doer_of(const Delivery& delivery);

void note_event(OutboxRows& rows, const Delivery& delivery, std::string event, const Doer& doer, std::string detail,
                WallTime now);
void note_event(OutboxRows& rows, const Slot& slot, std::string event, const Doer& doer, std::string detail,
                WallTime now);

// As stored, or nobody's yet.
LaneLease lane_named(OutboxRows& rows, const std::string& name);

// How a delivery ends that nobody has in hand.
struct Ending {
    DeliveryState state = DeliveryState::cancelled;
    std::string reason;
    std::int64_t superseded_by = 0;
};
// Ends one delivery, and what ends with it. `delivery` is as stored and not final.
void end_delivery(OutboxRows& rows, Delivery delivery, const Ending& ending, const Doer& doer, WallTime now);
// After a delivery was written as final: its later parts, then its slot.
void after_end(OutboxRows& rows, const Delivery& delivery, const Doer& doer, WallTime now);

// How the deliveries of a destination in that state end; nullopt: they do not.
std::optional<Ending> ending_at(const DestinationRecord& destination);
// After a destination was written: ends its ready deliveries unless it is active.
void after_change(OutboxRows& rows, const DestinationRecord& destination, const Doer& doer, WallTime now);

// A first byte may leave from now on.
void fire(OutboxRows& rows, SlotId slot, const Doer& doer, const std::string& detail, WallTime now);
// After something of the slot may have become final.
void settle(OutboxRows& rows, SlotId slot, const Doer& doer, WallTime now);
// A slot that did not fire, with its deliveries.
void cancel(OutboxRows& rows, Slot slot, const std::string& note, WallTime now);

}  // namespace podbrief::outbox
