#pragma once
#include <array>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "core/ports/outbox_store.hpp"

namespace podbrief::testing {

// Deliveries with an index for each question that is asked often: no answer looks at what has ended.
class MemoryDeliveries {
public:
    using ByTime = std::set<std::pair<WallTime, DeliveryId>>;

    const std::map<DeliveryId, Delivery>& all() const { return rows_; }
    const Delivery* find(DeliveryId id) const;
    bool has_key(const std::string& key) const { return keys_.contains(key); }
    std::optional<Delivery> with(const std::string& key) const;
    std::vector<Delivery> of(SlotId slot) const;  // by destination, part
    std::vector<Delivery> unfinished_at(DestinationId destination) const;
    std::vector<Delivery> in_hand(const std::string& lane) const;
    const ByTime& unfinished() const { return unfinished_; }    // by send_at
    const ByTime& parked() const { return parked_; }            // by send_at
    const ByTime& loose_ended() const { return loose_ended_; }  // of no slot, by finished_at
    std::int64_t count(DeliveryState state) const { return counts_.at(static_cast<std::size_t>(state)); }
    const std::set<DeliveryId>& loose_of(ReaderId reader) const;
    // What was sent as that message of the chat (its thread left out of account): the message and its edits.
    std::vector<Delivery> sent_as(const Destination& chat, const std::string& message_ref) const;

    DeliveryId insert(Delivery delivery);
    void update(const Delivery& delivery);
    void erase(DeliveryId id);
    void hand_over_loose(ReaderId from, ReaderId into);
    // The platform asked to leave the chat alone until then.
    void hold(DestinationId destination, WallTime not_before);

    // As OutboxStore says.
    std::vector<Delivery> due(const std::string& lane, WallTime now, const std::string& after_tenant,
                              std::size_t per_tenant, std::size_t limit);
    std::optional<WallTime> next_due(const std::string& lane) const;
    std::vector<std::pair<std::string, WallTime>> lanes_with_work() const;  // and their earliest next_at

private:
    // Of one lane. What may be looked at is in `lookable`, and either in `later` or, when its time had come by the
    // last time anybody asked, in its tenant's queue.
    struct Lane {
        ByTime unfinished;  // by next_at
        std::set<DeliveryId> in_hand;
        ByTime lookable;                       // by look_at
        ByTime later;                          // by look_at
        std::map<std::string, ByTime> queues;  // by send_at
    };
    struct Part {
        DestinationId destination;
        int part = 0;
        DeliveryId id;
        auto operator<=>(const Part&) const = default;
    };

    void index(const Delivery& delivery);
    void unindex(const Delivery& delivery);
    bool has_earlier_part(const Delivery& delivery) const;
    void reindex_group(const Delivery& delivery);
    void make_lookable(const Delivery& delivery);
    void make_unlookable(const Delivery& delivery);
    void take_from(Lane& lane, const std::string& tenant, WallTime now, std::size_t most, std::vector<Delivery>& into);

    std::map<DeliveryId, Delivery> rows_;
    std::unordered_map<std::string, DeliveryId> keys_;
    std::map<SlotId, std::set<Part>> parts_;
    std::map<ReaderId, std::set<DeliveryId>> loose_;
    std::map<DestinationId, std::set<DeliveryId>> at_destination_;              // unfinished
    std::map<std::pair<std::string, std::string>, std::set<DeliveryId>> sent_;  // by chat and message_ref
    std::map<DestinationId, WallTime> not_before_;
    std::map<DeliveryId, WallTime> look_at_;  // of those that are lookable
    std::map<std::string, Lane> lanes_;
    ByTime unfinished_;
    ByTime parked_;
    ByTime loose_ended_;
    std::array<std::int64_t, 11> counts_{};
    DeliveryId last_;
};

}  // namespace podbrief::testing
