#pragma once
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "core/ports/outbox_rows.hpp"
#include "tests/doubles/memory_briefs.hpp"
#include "tests/doubles/memory_deliveries.hpp"

namespace podbrief::testing {

// The rows of the outbox in memory.
class MemoryOutbox final : public OutboxRows {
public:
    MemoryOutbox(const std::map<ReaderId, Reader>& readers, MemoryBriefs& briefs)
        : readers_(readers), briefs_(briefs) {}

    void add_reader(ReaderId reader);
    void forget(ReaderId reader);
    void replan_all();
    std::vector<ReaderPlan> readers_to_plan(WallTime now, std::size_t limit);
    std::optional<WallTime> next_plan_at() const;
    std::int64_t herd(const std::string& platform, const std::string& workspace, WallTime due) const;
    std::vector<Slot> claimable_slots(WallTime due_before, WallTime now, std::size_t limit) const;
    std::optional<WallTime> next_slot_due() const;
    std::vector<SlotStory> undelivered(ReaderId reader, std::int64_t before_sequence) const;
    void end_other_leases(const std::string& worker, WallTime now);
    std::optional<SlotStory> story(ReaderId reader, const std::string& key) const;
    std::vector<Slot> slots(ReaderId reader, std::size_t limit) const;
    std::vector<DestinationRecord> destinations(ReaderId reader) const;
    std::vector<LaneWork> lanes_with_work() const;
    std::vector<Delivery> sent_with(InsightId insight, std::size_t limit) const;
    std::optional<Delivery> sent_as(const Destination& chat, const std::string& message_ref) const;
    int prune(WallTime before, std::size_t limit);

    MemoryDeliveries& deliveries() { return deliveries_; }
    const MemoryDeliveries& deliveries() const { return deliveries_; }
    const std::map<SlotId, Slot>& all_slots() const { return slots_; }
    const std::map<std::int64_t, DeliveryEvent>& all_events() const { return events_; }
    const std::map<DestinationId, DestinationRecord>& all_destinations() const { return destinations_; }
    const std::map<std::string, LaneLease>& all_lanes() const { return lanes_; }

    std::optional<Planning> planning(ReaderId reader) override;
    void set_planning(const Planning& planning) override;
    std::optional<Slot> slot(SlotId id) override;
    std::optional<Slot> open_slot(ReaderId reader) override;
    bool has_key(ReaderId reader, const std::string& key) override { return keys_.contains({reader, key}); }
    SlotId insert(const Slot& slot) override;
    void update(const Slot& slot) override;
    Brief keep_brief(const Brief& brief) override;
    void mark_unsent(BriefId brief) override { briefs_.set_unsent(brief, true); }
    std::optional<Delivery> delivery(DeliveryId id) override;
    std::vector<Delivery> deliveries(SlotId slot) override { return deliveries_.of(slot); }
    std::vector<Delivery> unfinished_at(DestinationId id) override { return deliveries_.unfinished_at(id); }
    std::vector<Delivery> in_hand(const std::string& lane) override { return deliveries_.in_hand(lane); }
    std::vector<Delivery> waiting_since(WallTime until) override;
    bool has_delivery_key(const std::string& key) override { return deliveries_.has_key(key); }
    DeliveryId insert(const Delivery& delivery) override { return deliveries_.insert(delivery); }
    void update(const Delivery& delivery) override { deliveries_.update(delivery); }
    void hand_over_loose(ReaderId from, ReaderId into) override { deliveries_.hand_over_loose(from, into); }
    std::optional<DestinationRecord> destination(DestinationId id) override;
    std::optional<DestinationRecord> destination(ReaderId reader, const Destination& address) override;
    std::vector<DestinationRecord> destinations_at(const Destination& address) override;
    std::vector<DestinationRecord> destinations_of(ReaderId reader) override { return destinations(reader); }
    std::vector<DestinationRecord> destinations_in(const std::string& platform, const std::string& workspace) override;
    DestinationId insert(const DestinationRecord& destination) override;
    void update(const DestinationRecord& destination) override;
    std::optional<LaneLease> lane(const std::string& name) override;
    void put(const LaneLease& lane) override { lanes_[lane.lane] = lane; }
    void add(const DeliveryEvent& event) override;

private:
    using SlotsByTime = std::set<std::pair<WallTime, SlotId>>;
    struct PlanningRow {
        std::int64_t last_sequence = 0;
        std::int64_t schedule = 0;
        WallTime next_plan_at{};
    };

    void index(const Slot& slot);
    void unindex(const Slot& slot);
    void erase(SlotId id);
    void erase_loose(DeliveryId id);
    SlotStory story_of(const Slot& slot) const;

    const std::map<ReaderId, Reader>& readers_;
    MemoryBriefs& briefs_;
    MemoryDeliveries deliveries_;

    std::map<ReaderId, PlanningRow> planning_;
    std::set<std::pair<WallTime, ReaderId>> by_next_plan_;

    std::map<SlotId, Slot> slots_;
    std::map<ReaderId, std::map<std::int64_t, SlotId>> by_sequence_;
    std::map<std::pair<ReaderId, std::string>, SlotId> keys_;  // of those not cancelled
    std::map<ReaderId, SlotId> open_;
    SlotsByTime open_by_due_;
    SlotsByTime planned_;
    SlotsByTime composing_;
    SlotsByTime ended_;

    std::map<DestinationId, DestinationRecord> destinations_;
    std::map<ReaderId, std::set<DestinationId>> of_reader_;
    std::set<std::pair<Destination, DestinationId>> by_address_;

    std::map<std::string, LaneLease> lanes_;

    std::map<std::int64_t, DeliveryEvent> events_;  // in order
    std::map<SlotId, std::vector<std::int64_t>> events_of_slot_;
    std::map<DeliveryId, std::vector<std::int64_t>> events_of_loose_;

    SlotId last_slot_;
    DestinationId last_destination_;
    std::int64_t last_event_ = 0;
    mutable WallTime latest_claim_{};  // `now` of the latest claim_slots
};

}  // namespace podbrief::testing
