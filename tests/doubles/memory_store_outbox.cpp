// Slots, deliveries, lanes and destinations: the rules are core's (core/ports/outbox_rules.hpp), the rows MemoryOutbox.
#include "core/ports/outbox_rules.hpp"
#include "tests/doubles/memory_store.hpp"

namespace podbrief::testing {

asio::awaitable<DestinationRecord> MemoryStore::add_destination(DestinationRecord destination, WallTime now) {
    co_return outbox::add_destination(outbox_, std::move(destination), now);
}
asio::awaitable<std::vector<DestinationRecord>> MemoryStore::destinations(ReaderId reader) {
    co_return outbox_.destinations(reader);
}
asio::awaitable<std::optional<DestinationRecord>> MemoryStore::destination(DestinationId id) {
    co_return outbox_.destination(id);
}
asio::awaitable<bool> MemoryStore::set_destination(DestinationId id, DestinationState state, std::string note,
                                                   WallTime now) {
    co_return outbox::set_destination(outbox_, id, state, note, now);
}
asio::awaitable<void> MemoryStore::move_destination(Destination from, Destination to, WallTime now) {
    outbox::move_destination(outbox_, from, to, now);
    co_return;
}

asio::awaitable<std::vector<ReaderPlan>> MemoryStore::readers_to_plan(WallTime now, std::size_t limit) {
    co_return outbox_.readers_to_plan(now, limit);
}
asio::awaitable<std::optional<WallTime>> MemoryStore::next_plan_at() {
    co_return outbox_.next_plan_at();
}
asio::awaitable<bool> MemoryStore::plan(PlannedSlots planned, WallTime now) {
    co_return outbox::plan(outbox_, planned, now);
}
asio::awaitable<void> MemoryStore::replan_all() {
    outbox_.replan_all();
    co_return;
}
asio::awaitable<std::int64_t> MemoryStore::herd(std::string platform, std::string workspace, WallTime due) {
    co_return outbox_.herd(platform, workspace, due);
}

asio::awaitable<std::vector<Slot>> MemoryStore::claim_slots(std::string worker, WallTime due_before, WallTime now,
                                                            WallTime lease_until, std::size_t limit) {
    std::vector<Slot> claimed;
    for (Slot& slot : outbox_.claimable_slots(due_before, now, limit)) {
        claimed.push_back(outbox::claim_slot(outbox_, std::move(slot), worker, now, lease_until));
    }
    co_return claimed;
}
asio::awaitable<std::optional<WallTime>> MemoryStore::next_slot_due() {
    co_return outbox_.next_slot_due();
}
asio::awaitable<std::vector<SlotStory>> MemoryStore::undelivered(ReaderId reader, std::int64_t before_sequence) {
    co_return outbox_.undelivered(reader, before_sequence);
}
asio::awaitable<bool> MemoryStore::freeze(FrozenSlot frozen, WallTime now) {
    co_return outbox::freeze(outbox_, frozen, now);
}
asio::awaitable<bool> MemoryStore::give_up_slot(SlotId slot, std::string worker, std::string note, WallTime now) {
    co_return outbox::give_up_slot(outbox_, slot, worker, note, now);
}

asio::awaitable<std::vector<LaneWork>> MemoryStore::lanes_with_work() {
    co_return outbox_.lanes_with_work();
}
asio::awaitable<std::optional<LaneLease>> MemoryStore::acquire_lane(std::string lane, std::string worker, WallTime now,
                                                                    WallTime until) {
    co_return outbox::acquire_lane(outbox_, lane, worker, now, until);
}
asio::awaitable<bool> MemoryStore::renew_lane(std::string lane, std::int64_t epoch, WallTime until) {
    co_return outbox::renew_lane(outbox_, lane, epoch, until);
}
asio::awaitable<void> MemoryStore::release_lane(std::string lane, std::int64_t epoch) {
    outbox::release_lane(outbox_, lane, epoch);
    co_return;
}
asio::awaitable<void> MemoryStore::end_other_leases(std::string worker, WallTime now) {
    outbox_.end_other_leases(worker, now);
    co_return;
}
asio::awaitable<Recovered> MemoryStore::recover_lane(std::string lane, std::int64_t epoch, WallTime now) {
    co_return outbox::recover_lane(outbox_, lane, epoch, now);
}

asio::awaitable<std::vector<DeliveryId>> MemoryStore::enqueue(std::vector<Delivery> deliveries, WallTime now) {
    co_return outbox::enqueue(outbox_, std::move(deliveries), now);
}
asio::awaitable<std::vector<Delivery>> MemoryStore::due(std::string lane, WallTime now, std::string after_tenant,
                                                        std::size_t per_tenant, std::size_t limit) {
    co_return outbox_.deliveries().due(lane, now, after_tenant, per_tenant, limit);
}
asio::awaitable<std::optional<WallTime>> MemoryStore::next_due(std::string lane) {
    co_return outbox_.deliveries().next_due(lane);
}
asio::awaitable<std::vector<Delivery>> MemoryStore::claim(std::string lane, std::int64_t epoch, std::string worker,
                                                          std::vector<DeliveryId> ids, WallTime now) {
    co_return outbox::claim(outbox_, lane, epoch, worker, ids, now);
}
asio::awaitable<bool> MemoryStore::advance(Advance step) {
    co_return outbox::advance(outbox_, step);
}
asio::awaitable<void> MemoryStore::hold_lane(std::string lane, std::int64_t epoch, WallTime not_before) {
    outbox::hold_lane(outbox_, lane, epoch, not_before);
    co_return;
}

}  // namespace podbrief::testing
