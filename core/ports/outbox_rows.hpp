#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/ports/outbox_store.hpp"

namespace podbrief {

// The rows behind an OutboxStore, one by one, within one transaction. What a call does to them is written once for all
// stores (outbox_rules.hpp); how they are kept and found is each store's own affair.
class OutboxRows {
public:
    // What is kept of a reader for planning.
    struct Planning {
        Reader reader;
        std::int64_t last_sequence = 0;
        std::int64_t schedule = 0;
        WallTime next_plan_at{};
    };

    virtual ~OutboxRows() = default;

    virtual std::optional<Planning> planning(ReaderId reader) = 0;
    // All but the reader itself.
    virtual void set_planning(const Planning& planning) = 0;

    virtual std::optional<Slot> slot(SlotId id) = 0;
    virtual std::optional<Slot> open_slot(ReaderId reader) = 0;
    virtual bool has_key(ReaderId reader, const std::string& key) = 0;  // of a slot that is not cancelled
    virtual SlotId insert(const Slot& slot) = 0;
    virtual void update(const Slot& slot) = 0;

    // Stored unless (reader, local_date) is there: then that one is returned, to be sent after all.
    virtual Brief keep_brief(const Brief& brief) = 0;
    virtual void mark_unsent(BriefId brief) = 0;

    virtual std::optional<Delivery> delivery(DeliveryId id) = 0;
    virtual std::vector<Delivery> deliveries(SlotId slot) = 0;                   // by destination, part
    virtual std::vector<Delivery> unfinished_at(DestinationId destination) = 0;  // by id
    virtual std::vector<Delivery> in_hand(const std::string& lane) = 0;  // claimed, dispatching, reconciling; by id
    virtual std::vector<Delivery> waiting_since(WallTime until) = 0;     // ready or claimed, send_at <= until; by id
    virtual bool has_delivery_key(const std::string& key) = 0;
    virtual DeliveryId insert(const Delivery& delivery) = 0;
    // All but what is fixed from the beginning: key, payload, times of sending, lane ...
    virtual void update(const Delivery& delivery) = 0;
    // The reader's deliveries of no slot become the other's.
    virtual void hand_over_loose(ReaderId from, ReaderId into) = 0;

    virtual std::optional<DestinationRecord> destination(DestinationId id) = 0;
    virtual std::optional<DestinationRecord> destination(ReaderId reader, const Destination& address) = 0;
    virtual std::vector<DestinationRecord> destinations_at(const Destination& address) = 0;  // by id
    virtual std::vector<DestinationRecord> destinations_of(ReaderId reader) = 0;             // by id
    virtual std::vector<DestinationRecord> destinations_in(const std::string& platform,
                                                           const std::string& workspace) = 0;  // by id
    virtual DestinationId insert(const DestinationRecord& destination) = 0;
    virtual void update(const DestinationRecord& destination) = 0;

    virtual std::optional<LaneLease> lane(const std::string& name) = 0;
    virtual void put(const LaneLease& lane) = 0;

    virtual void add(const DeliveryEvent& event) = 0;
};

}  // namespace podbrief
