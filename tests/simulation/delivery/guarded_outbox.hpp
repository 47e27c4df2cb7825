#pragma once
#include "core/ports/outbox_store.hpp"
#include "core/ports/random.hpp"
#include "tests/simulation/delivery/process.hpp"

namespace podbrief::testing {

// The store as one process sees it: every call passes through the process, before and after, and may fail as a store
// does. It goes by the store's own clock, as one shared by several machines does, whatever the caller's clock says.
class GuardedOutbox : public OutboxStore {
public:
    GuardedOutbox(OutboxStore& inner, Process& process, const Clock& truth)
        : inner_(inner), process_(process), truth_(truth) {}

    // What goes wrong: decided anew for each call.
    enum class Failure { none, not_done, done_but_not_known };
    std::function<Failure(const char* call)> trouble;

    asio::awaitable<WallTime> time(WallTime) override { co_return store_time(); }
    asio::awaitable<DestinationRecord> add_destination(DestinationRecord destination, WallTime now) override;
    asio::awaitable<std::vector<DestinationRecord>> destinations(ReaderId reader) override;
    asio::awaitable<std::optional<DestinationRecord>> destination(DestinationId id) override;
    asio::awaitable<bool> set_destination(DestinationId id, DestinationState state, std::string note,
                                          WallTime now) override;
    asio::awaitable<void> move_destination(Destination from, Destination to, WallTime now) override;

    asio::awaitable<std::vector<ReaderPlan>> readers_to_plan(WallTime now, std::size_t limit) override;
    asio::awaitable<std::optional<WallTime>> next_plan_at() override;
    asio::awaitable<bool> plan(PlannedSlots planned, WallTime now) override;
    asio::awaitable<void> replan_all() override;
    asio::awaitable<std::int64_t> herd(std::string platform, std::string workspace, WallTime due) override;

    asio::awaitable<std::vector<Slot>> claim_slots(std::string worker, WallTime due_before, WallTime now,
                                                   WallTime lease_until, std::size_t limit) override;
    asio::awaitable<std::optional<WallTime>> next_slot_due() override;
    asio::awaitable<std::vector<SlotStory>> undelivered(ReaderId reader, std::int64_t before_sequence) override;
    asio::awaitable<bool> freeze(FrozenSlot frozen, WallTime now) override;
    asio::awaitable<bool> give_up_slot(SlotId slot, std::string worker, std::string note, WallTime now) override;

    asio::awaitable<std::vector<LaneWork>> lanes_with_work() override;
    asio::awaitable<std::optional<LaneLease>> acquire_lane(std::string lane, std::string worker, WallTime now,
                                                           WallTime until) override;
    asio::awaitable<bool> renew_lane(std::string lane, std::int64_t epoch, WallTime until) override;
    asio::awaitable<void> release_lane(std::string lane, std::int64_t epoch) override;
    asio::awaitable<void> end_other_leases(std::string worker, WallTime now) override;
    asio::awaitable<Recovered> recover_lane(std::string lane, std::int64_t epoch, WallTime now) override;

    asio::awaitable<std::vector<DeliveryId>> enqueue(std::vector<Delivery> deliveries, WallTime now) override;
    asio::awaitable<std::vector<Delivery>> due(std::string lane, WallTime now, std::string after_tenant,
                                               std::size_t per_tenant, std::size_t limit) override;
    asio::awaitable<std::optional<WallTime>> next_due(std::string lane) override;
    asio::awaitable<std::vector<Delivery>> claim(std::string lane, std::int64_t epoch, std::string worker,
                                                 std::vector<DeliveryId> ids, WallTime now) override;
    asio::awaitable<bool> advance(Advance step) override;
    asio::awaitable<void> hold_lane(std::string lane, std::int64_t epoch, WallTime not_before) override;

    asio::awaitable<bool> withdraw(InsightId insight, std::string reason, WallTime now) override;
    asio::awaitable<std::vector<Delivery>> sent_with(InsightId insight, std::size_t limit) override;
    asio::awaitable<std::vector<Withdrawal>> withdrawals(std::vector<InsightId> insights) override;
    asio::awaitable<std::vector<Withdrawal>> open_withdrawals(std::size_t limit) override;
    asio::awaitable<void> close_withdrawal(InsightId insight) override;

    asio::awaitable<bool> first_seen(std::string platform, std::string tenant, std::string event_id,
                                     WallTime now) override;

    asio::awaitable<std::optional<Delivery>> sent_as(Destination chat, std::string message_ref) override;
    asio::awaitable<std::optional<Delivery>> delivery_with(std::string key) override;
    asio::awaitable<std::vector<DestinationRecord>> destinations_in(Destination chat) override;
    asio::awaitable<std::optional<SlotStory>> story(ReaderId reader, std::string key) override;
    asio::awaitable<std::vector<Slot>> slots(ReaderId reader, std::size_t limit) override;
    asio::awaitable<OutboxCounts> outbox_counts() override;
    asio::awaitable<std::vector<Delivery>> parked(std::size_t limit) override;

    asio::awaitable<std::string> note(std::string name) override;
    asio::awaitable<void> set_note(std::string name, std::string value) override;
    asio::awaitable<int> doubt_all(WallTime now) override;
    asio::awaitable<int> prune(WallTime before, WallTime now, std::size_t limit) override;

protected:
    template <class R, class... P, class... A>
    asio::awaitable<R> pass(const char* call, asio::awaitable<R> (OutboxStore::*method)(P...), A... arguments);
    WallTime store_time() const { return truth_.wall_now(); }

    OutboxStore& inner_;
    Process& process_;
    const Clock& truth_;
};

}  // namespace podbrief::testing
