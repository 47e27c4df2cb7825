#include "tests/simulation/delivery/guarded_outbox.hpp"

#include "core/ports/store_failure.hpp"

namespace podbrief::testing {
namespace {

[[noreturn]] void fail(const char* call) {
    throw StoreFailure(StoreFailure::Kind::disk_full, std::string(call) + ": the disk is full");
}

}  // namespace

template <class R, class... P, class... A>
asio::awaitable<R> GuardedOutbox::pass(const char* call, asio::awaitable<R> (OutboxStore::*method)(P...),
                                       A... arguments) {
    co_await process_.pass(call, "before");
    const Failure failure = trouble ? trouble(call) : Failure::none;
    if (failure == Failure::not_done) fail(call);
    if constexpr (std::is_void_v<R>) {
        co_await (inner_.*method)(std::move(arguments)...);
        if (failure == Failure::done_but_not_known) fail(call);
        co_await process_.pass(call, "after");
    } else {
        R result = co_await (inner_.*method)(std::move(arguments)...);
        if (failure == Failure::done_but_not_known) fail(call);
        co_await process_.pass(call, "after");
        co_return result;
    }
}

asio::awaitable<DestinationRecord> GuardedOutbox::add_destination(DestinationRecord destination, WallTime) {
    return pass("add_destination", &OutboxStore::add_destination, std::move(destination), store_time());
}

asio::awaitable<std::vector<DestinationRecord>> GuardedOutbox::destinations(ReaderId reader) {
    return pass("destinations", &OutboxStore::destinations, reader);
}

asio::awaitable<std::optional<DestinationRecord>> GuardedOutbox::destination(DestinationId id) {
    return pass("destination", &OutboxStore::destination, id);
}

asio::awaitable<bool> GuardedOutbox::set_destination(DestinationId id, DestinationState state, std::string note,
                                                     WallTime) {
    return pass("set_destination", &OutboxStore::set_destination, id, state, std::move(note), store_time());
}

asio::awaitable<void> GuardedOutbox::move_destination(Destination from, Destination to, WallTime) {
    return pass("move_destination", &OutboxStore::move_destination, std::move(from), std::move(to), store_time());
}

asio::awaitable<std::vector<ReaderPlan>> GuardedOutbox::readers_to_plan(WallTime, std::size_t limit) {
    return pass("readers_to_plan", &OutboxStore::readers_to_plan, store_time(), limit);
}

asio::awaitable<std::optional<WallTime>> GuardedOutbox::next_plan_at() {
    return pass("next_plan_at", &OutboxStore::next_plan_at);
}

asio::awaitable<bool> GuardedOutbox::plan(PlannedSlots planned, WallTime) {
    return pass("plan", &OutboxStore::plan, std::move(planned), store_time());
}

asio::awaitable<void> GuardedOutbox::replan_all() {
    return pass("replan_all", &OutboxStore::replan_all);
}

asio::awaitable<std::int64_t> GuardedOutbox::herd(std::string platform, std::string workspace, WallTime due) {
    return pass("herd", &OutboxStore::herd, std::move(platform), std::move(workspace), due);
}

asio::awaitable<std::vector<Slot>> GuardedOutbox::claim_slots(std::string worker, WallTime due_before, WallTime now,
                                                              WallTime lease_until, std::size_t limit) {
    return pass("claim_slots", &OutboxStore::claim_slots, std::move(worker), store_time() + (due_before - now),
                store_time(), store_time() + (lease_until - now), limit);
}

asio::awaitable<std::optional<WallTime>> GuardedOutbox::next_slot_due() {
    return pass("next_slot_due", &OutboxStore::next_slot_due);
}

asio::awaitable<std::vector<SlotStory>> GuardedOutbox::undelivered(ReaderId reader, std::int64_t before_sequence) {
    return pass("undelivered", &OutboxStore::undelivered, reader, before_sequence);
}

asio::awaitable<bool> GuardedOutbox::freeze(FrozenSlot frozen, WallTime) {
    return pass("freeze", &OutboxStore::freeze, std::move(frozen), store_time());
}

asio::awaitable<bool> GuardedOutbox::give_up_slot(SlotId slot, std::string worker, std::string note, WallTime) {
    return pass("give_up_slot", &OutboxStore::give_up_slot, slot, std::move(worker), std::move(note), store_time());
}

asio::awaitable<std::vector<LaneWork>> GuardedOutbox::lanes_with_work() {
    return pass("lanes_with_work", &OutboxStore::lanes_with_work);
}

asio::awaitable<std::optional<LaneLease>> GuardedOutbox::acquire_lane(std::string lane, std::string worker,
                                                                      WallTime now, WallTime until) {
    return pass("acquire_lane", &OutboxStore::acquire_lane, std::move(lane), std::move(worker), store_time(),
                store_time() + (until - now));
}

asio::awaitable<bool> GuardedOutbox::renew_lane(std::string lane, std::int64_t epoch, WallTime until) {
    return pass("renew_lane", &OutboxStore::renew_lane, std::move(lane), epoch, until);
}

asio::awaitable<void> GuardedOutbox::release_lane(std::string lane, std::int64_t epoch) {
    return pass("release_lane", &OutboxStore::release_lane, std::move(lane), epoch);
}

asio::awaitable<void> GuardedOutbox::end_other_leases(std::string worker, WallTime) {
    return pass("end_other_leases", &OutboxStore::end_other_leases, std::move(worker), store_time());
}

asio::awaitable<Recovered> GuardedOutbox::recover_lane(std::string lane, std::int64_t epoch, WallTime) {
    return pass("recover_lane", &OutboxStore::recover_lane, std::move(lane), epoch, store_time());
}

asio::awaitable<std::vector<DeliveryId>> GuardedOutbox::enqueue(std::vector<Delivery> deliveries, WallTime) {
    return pass("enqueue", &OutboxStore::enqueue, std::move(deliveries), store_time());
}

asio::awaitable<std::vector<Delivery>> GuardedOutbox::due(std::string lane, WallTime, std::string after_tenant,
                                                          std::size_t per_tenant, std::size_t limit) {
    return pass("due", &OutboxStore::due, std::move(lane), store_time(), std::move(after_tenant), per_tenant, limit);
}

asio::awaitable<std::optional<WallTime>> GuardedOutbox::next_due(std::string lane) {
    return pass("next_due", &OutboxStore::next_due, std::move(lane));
}

asio::awaitable<std::vector<Delivery>> GuardedOutbox::claim(std::string lane, std::int64_t epoch, std::string worker,
                                                            std::vector<DeliveryId> ids, WallTime) {
    return pass("claim", &OutboxStore::claim, std::move(lane), epoch, std::move(worker), std::move(ids), store_time());
}

asio::awaitable<bool> GuardedOutbox::advance(Advance step) {
    return pass("advance", &OutboxStore::advance, std::move(step));
}

asio::awaitable<void> GuardedOutbox::hold_lane(std::string lane, std::int64_t epoch, WallTime not_before) {
    return pass("hold_lane", &OutboxStore::hold_lane, std::move(lane), epoch, not_before);
}

asio::awaitable<bool> GuardedOutbox::withdraw(InsightId insight, std::string reason, WallTime) {
    return pass("withdraw", &OutboxStore::withdraw, insight, std::move(reason), store_time());
}

asio::awaitable<std::vector<Delivery>> GuardedOutbox::sent_with(InsightId insight, std::size_t limit) {
    return pass("sent_with", &OutboxStore::sent_with, insight, limit);
}

asio::awaitable<std::vector<GuardedOutbox::Withdrawal>> GuardedOutbox::withdrawals(std::vector<InsightId> insights) {
    return pass("withdrawals", &OutboxStore::withdrawals, std::move(insights));
}

asio::awaitable<std::vector<GuardedOutbox::Withdrawal>> GuardedOutbox::open_withdrawals(std::size_t limit) {
    return pass("open_withdrawals", &OutboxStore::open_withdrawals, limit);
}

asio::awaitable<void> GuardedOutbox::close_withdrawal(InsightId insight) {
    return pass("close_withdrawal", &OutboxStore::close_withdrawal, insight);
}

asio::awaitable<bool> GuardedOutbox::first_seen(std::string platform, std::string tenant, std::string event_id,
                                                WallTime) {
    return pass("first_seen", &OutboxStore::first_seen, std::move(platform), std::move(tenant), std::move(event_id),
                store_time());
}

asio::awaitable<std::optional<Delivery>> GuardedOutbox::sent_as(Destination chat, std::string message_ref) {
    return pass("sent_as", &OutboxStore::sent_as, std::move(chat), std::move(message_ref));
}

asio::awaitable<std::optional<Delivery>> GuardedOutbox::delivery_with(std::string key) {
    return pass("delivery_with", &OutboxStore::delivery_with, std::move(key));
}

asio::awaitable<std::vector<DestinationRecord>> GuardedOutbox::destinations_in(Destination chat) {
    return pass("destinations_in", &OutboxStore::destinations_in, std::move(chat));
}

asio::awaitable<std::optional<SlotStory>> GuardedOutbox::story(ReaderId reader, std::string key) {
    return pass("story", &OutboxStore::story, reader, std::move(key));
}

asio::awaitable<std::vector<Slot>> GuardedOutbox::slots(ReaderId reader, std::size_t limit) {
    return pass("slots", &OutboxStore::slots, reader, limit);
}

asio::awaitable<OutboxCounts> GuardedOutbox::outbox_counts() {
    return pass("outbox_counts", &OutboxStore::outbox_counts);
}

asio::awaitable<std::vector<Delivery>> GuardedOutbox::parked(std::size_t limit) {
    return pass("parked", &OutboxStore::parked, limit);
}

asio::awaitable<std::string> GuardedOutbox::note(std::string name) {
    return pass("note", &OutboxStore::note, std::move(name));
}

asio::awaitable<void> GuardedOutbox::set_note(std::string name, std::string value) {
    return pass("set_note", &OutboxStore::set_note, std::move(name), std::move(value));
}

asio::awaitable<int> GuardedOutbox::doubt_all(WallTime) {
    return pass("doubt_all", &OutboxStore::doubt_all, store_time());
}

asio::awaitable<int> GuardedOutbox::prune(WallTime before, WallTime now, std::size_t limit) {
    return pass("prune", &OutboxStore::prune, store_time() + (before - now), store_time(), limit);
}

}  // namespace podbrief::testing
