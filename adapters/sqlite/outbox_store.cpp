// Each call becomes one job on the thread that fits. What a job needs, it owns.
#include "adapters/sqlite/delivery_rows.hpp"
#include "adapters/sqlite/destination_rows.hpp"
#include "adapters/sqlite/keeping_rows.hpp"
#include "adapters/sqlite/lane_rows.hpp"
#include "adapters/sqlite/outbox_rows.hpp"
#include "adapters/sqlite/slot_rows.hpp"
#include "adapters/sqlite/stores.hpp"
#include "core/ports/outbox_rules.hpp"

namespace podbrief::sqlite {

void SqliteOutbox::heard(WallTime now) {
    std::int64_t latest = latest_claim_ms_;
    while (latest < to_ms(now) && !latest_claim_ms_.compare_exchange_weak(latest, to_ms(now))) {
    }
}

asio::awaitable<DestinationRecord> SqliteOutbox::add_destination(DestinationRecord destination, WallTime now) {
    return threads_.write<DestinationRecord>([destination = std::move(destination), now](Connection& c) {
        SqliteOutboxRows rows(c);
        return outbox::add_destination(rows, destination, now);
    });
}

asio::awaitable<std::vector<DestinationRecord>> SqliteOutbox::destinations(ReaderId reader) {
    return threads_.read<std::vector<DestinationRecord>>(
        [reader](Connection& c) { return sqlite::destinations(c, reader); });
}

asio::awaitable<std::optional<DestinationRecord>> SqliteOutbox::destination(DestinationId id) {
    return threads_.read<std::optional<DestinationRecord>>(
        [id](Connection& c) { return SqliteOutboxRows(c).destination(id); });
}

asio::awaitable<bool> SqliteOutbox::set_destination(DestinationId id, DestinationState state, std::string note,
                                                    WallTime now) {
    return threads_.write<bool>([id, state, note = std::move(note), now](Connection& c) {
        SqliteOutboxRows rows(c);
        return outbox::set_destination(rows, id, state, note, now);
    });
}

asio::awaitable<void> SqliteOutbox::move_destination(Destination from, Destination to, WallTime now) {
    return threads_.write<void>([from = std::move(from), to = std::move(to), now](Connection& c) {
        SqliteOutboxRows rows(c);
        return outbox::move_destination(rows, from, to, now);
    });
}

asio::awaitable<std::vector<ReaderPlan>> SqliteOutbox::readers_to_plan(WallTime now, std::size_t limit) {
    return threads_.read<std::vector<ReaderPlan>>(
        [now, limit](Connection& c) { return sqlite::readers_to_plan(c, now, limit); });
}

asio::awaitable<std::optional<WallTime>> SqliteOutbox::next_plan_at() {
    return threads_.read<std::optional<WallTime>>([](Connection& c) { return sqlite::next_plan_at(c); });
}

asio::awaitable<bool> SqliteOutbox::plan(PlannedSlots planned, WallTime now) {
    return threads_.write<bool>([planned = std::move(planned), now](Connection& c) {
        SqliteOutboxRows rows(c);
        return outbox::plan(rows, planned, now);
    });
}

asio::awaitable<void> SqliteOutbox::replan_all() {
    return threads_.write<void>([](Connection& c) { return sqlite::replan_all(c); });
}

asio::awaitable<std::int64_t> SqliteOutbox::herd(std::string platform, std::string workspace, WallTime due) {
    return threads_.read<std::int64_t>([platform = std::move(platform), workspace = std::move(workspace),
                                        due](Connection& c) { return sqlite::herd(c, platform, workspace, due); });
}

asio::awaitable<std::vector<Slot>> SqliteOutbox::claim_slots(std::string worker, WallTime due_before, WallTime now,
                                                             WallTime lease_until, std::size_t limit) {
    heard(now);
    return threads_.write<std::vector<Slot>>(
        [worker = std::move(worker), due_before, now, lease_until, limit](Connection& c) {
            SqliteOutboxRows rows(c);
            std::vector<Slot> claimed;
            for (Slot& slot : claimable_slots(c, due_before, now, limit)) {
                claimed.push_back(outbox::claim_slot(rows, std::move(slot), worker, now, lease_until));
            }
            return claimed;
        });
}

asio::awaitable<std::optional<WallTime>> SqliteOutbox::next_slot_due() {
    const WallTime latest_claim = from_ms(latest_claim_ms_);
    return threads_.read<std::optional<WallTime>>(
        [latest_claim](Connection& c) { return sqlite::next_slot_due(c, latest_claim); });
}

asio::awaitable<std::vector<SlotStory>> SqliteOutbox::undelivered(ReaderId reader, std::int64_t before_sequence) {
    return threads_.read<std::vector<SlotStory>>(
        [reader, before_sequence](Connection& c) { return sqlite::undelivered(c, reader, before_sequence); });
}

asio::awaitable<bool> SqliteOutbox::freeze(FrozenSlot frozen, WallTime now) {
    return threads_.write<bool>([frozen = std::move(frozen), now](Connection& c) {
        SqliteOutboxRows rows(c);
        return outbox::freeze(rows, frozen, now);
    });
}

asio::awaitable<bool> SqliteOutbox::give_up_slot(SlotId slot, std::string worker, std::string note, WallTime now) {
    return threads_.write<bool>([slot, worker = std::move(worker), note = std::move(note), now](Connection& c) {
        SqliteOutboxRows rows(c);
        return outbox::give_up_slot(rows, slot, worker, note, now);
    });
}

asio::awaitable<std::vector<LaneWork>> SqliteOutbox::lanes_with_work() {
    return threads_.read<std::vector<LaneWork>>([](Connection& c) { return sqlite::lanes_with_work(c); });
}

asio::awaitable<std::optional<LaneLease>> SqliteOutbox::acquire_lane(std::string lane, std::string worker, WallTime now,
                                                                     WallTime until) {
    return threads_.write<std::optional<LaneLease>>(
        [lane = std::move(lane), worker = std::move(worker), now, until](Connection& c) {
            SqliteOutboxRows rows(c);
            return outbox::acquire_lane(rows, lane, worker, now, until);
        });
}

asio::awaitable<bool> SqliteOutbox::renew_lane(std::string lane, std::int64_t epoch, WallTime until) {
    return threads_.write<bool>([lane = std::move(lane), epoch, until](Connection& c) {
        SqliteOutboxRows rows(c);
        return outbox::renew_lane(rows, lane, epoch, until);
    });
}

asio::awaitable<void> SqliteOutbox::release_lane(std::string lane, std::int64_t epoch) {
    return threads_.write<void>([lane = std::move(lane), epoch](Connection& c) {
        SqliteOutboxRows rows(c);
        return outbox::release_lane(rows, lane, epoch);
    });
}

asio::awaitable<void> SqliteOutbox::end_other_leases(std::string worker, WallTime now) {
    heard(now);
    return threads_.write<void>([worker = std::move(worker), now](Connection& c) {
        sqlite::end_other_leases(c, worker);
        end_other_composing(c, worker, now);
    });
}

asio::awaitable<Recovered> SqliteOutbox::recover_lane(std::string lane, std::int64_t epoch, WallTime now) {
    return threads_.write<Recovered>([lane = std::move(lane), epoch, now](Connection& c) {
        SqliteOutboxRows rows(c);
        return outbox::recover_lane(rows, lane, epoch, now);
    });
}

asio::awaitable<std::vector<DeliveryId>> SqliteOutbox::enqueue(std::vector<Delivery> deliveries, WallTime now) {
    return threads_.write<std::vector<DeliveryId>>([deliveries = std::move(deliveries), now](Connection& c) {
        SqliteOutboxRows rows(c);
        return outbox::enqueue(rows, deliveries, now);
    });
}

asio::awaitable<std::vector<Delivery>> SqliteOutbox::due(std::string lane, WallTime now, std::string after_tenant,
                                                         std::size_t per_tenant, std::size_t limit) {
    return threads_.read<std::vector<Delivery>>(
        [lane = std::move(lane), now, after_tenant = std::move(after_tenant), per_tenant, limit](Connection& c) {
            return sqlite::due(c, lane, now, after_tenant, per_tenant, limit);
        });
}

asio::awaitable<std::optional<WallTime>> SqliteOutbox::next_due(std::string lane) {
    return threads_.read<std::optional<WallTime>>(
        [lane = std::move(lane)](Connection& c) { return sqlite::next_due(c, lane); });
}

asio::awaitable<std::vector<Delivery>> SqliteOutbox::claim(std::string lane, std::int64_t epoch, std::string worker,
                                                           std::vector<DeliveryId> ids, WallTime now) {
    return threads_.write<std::vector<Delivery>>(
        [lane = std::move(lane), epoch, worker = std::move(worker), ids = std::move(ids), now](Connection& c) {
            SqliteOutboxRows rows(c);
            return outbox::claim(rows, lane, epoch, worker, ids, now);
        });
}

asio::awaitable<bool> SqliteOutbox::advance(Advance step) {
    return threads_.write<bool>([step = std::move(step)](Connection& c) {
        SqliteOutboxRows rows(c);
        return outbox::advance(rows, step);
    });
}

asio::awaitable<void> SqliteOutbox::hold_lane(std::string lane, std::int64_t epoch, WallTime not_before) {
    return threads_.write<void>([lane = std::move(lane), epoch, not_before](Connection& c) {
        SqliteOutboxRows rows(c);
        return outbox::hold_lane(rows, lane, epoch, not_before);
    });
}

asio::awaitable<bool> SqliteOutbox::withdraw(InsightId insight, std::string reason, WallTime now) {
    return threads_.write<bool>([insight, reason = std::move(reason), now](Connection& c) {
        return sqlite::withdraw(c, insight, reason, now);
    });
}

asio::awaitable<std::vector<Delivery>> SqliteOutbox::sent_with(InsightId insight, std::size_t limit) {
    return threads_.read<std::vector<Delivery>>(
        [insight, limit](Connection& c) { return sqlite::sent_with(c, insight, limit); });
}

asio::awaitable<std::vector<OutboxStore::Withdrawal>> SqliteOutbox::withdrawals(std::vector<InsightId> insights) {
    return threads_.read<std::vector<Withdrawal>>(
        [insights = std::move(insights)](Connection& c) { return sqlite::withdrawals(c, insights); });
}

asio::awaitable<std::vector<OutboxStore::Withdrawal>> SqliteOutbox::open_withdrawals(std::size_t limit) {
    return threads_.read<std::vector<Withdrawal>>(
        [limit](Connection& c) { return sqlite::open_withdrawals(c, limit); });
}

asio::awaitable<void> SqliteOutbox::close_withdrawal(InsightId insight) {
    return threads_.write<void>([insight](Connection& c) { return sqlite::close_withdrawal(c, insight); });
}

asio::awaitable<bool> SqliteOutbox::first_seen(std::string platform, std::string tenant, std::string event_id,
                                               WallTime now) {
    return threads_.write<bool>(
        [platform = std::move(platform), tenant = std::move(tenant), event_id = std::move(event_id),
         now](Connection& c) { return sqlite::first_seen(c, platform, tenant, event_id, now); });
}

asio::awaitable<std::optional<Delivery>> SqliteOutbox::sent_as(Destination chat, std::string message_ref) {
    return threads_.read<std::optional<Delivery>>([chat = std::move(chat), message_ref = std::move(message_ref)](
                                                      Connection& c) { return sqlite::sent_as(c, chat, message_ref); });
}

asio::awaitable<std::optional<Delivery>> SqliteOutbox::delivery_with(std::string key) {
    return threads_.read<std::optional<Delivery>>(
        [key = std::move(key)](Connection& c) { return sqlite::delivery_with(c, key); });
}

asio::awaitable<std::vector<DestinationRecord>> SqliteOutbox::destinations_in(Destination chat) {
    return threads_.read<std::vector<DestinationRecord>>(
        [chat = std::move(chat)](Connection& c) { return sqlite::destinations_in(c, chat); });
}

asio::awaitable<std::optional<SlotStory>> SqliteOutbox::story(ReaderId reader, std::string key) {
    return threads_.read<std::optional<SlotStory>>(
        [reader, key = std::move(key)](Connection& c) { return sqlite::story(c, reader, key); });
}

asio::awaitable<std::vector<Slot>> SqliteOutbox::slots(ReaderId reader, std::size_t limit) {
    return threads_.read<std::vector<Slot>>([reader, limit](Connection& c) { return sqlite::slots(c, reader, limit); });
}

asio::awaitable<OutboxCounts> SqliteOutbox::outbox_counts() {
    return threads_.read<OutboxCounts>([](Connection& c) { return sqlite::outbox_counts(c); });
}

asio::awaitable<std::vector<Delivery>> SqliteOutbox::parked(std::size_t limit) {
    return threads_.read<std::vector<Delivery>>([limit](Connection& c) { return sqlite::parked(c, limit); });
}

asio::awaitable<std::string> SqliteOutbox::note(std::string name) {
    return threads_.read<std::string>([name = std::move(name)](Connection& c) { return sqlite::note(c, name); });
}

asio::awaitable<void> SqliteOutbox::set_note(std::string name, std::string value) {
    return threads_.write<void>(
        [name = std::move(name), value = std::move(value)](Connection& c) { return sqlite::set_note(c, name, value); });
}

asio::awaitable<int> SqliteOutbox::doubt_all(WallTime now) {
    return threads_.write<int>([now](Connection& c) {
        SqliteOutboxRows rows(c);
        return outbox::doubt_all(rows, now);
    });
}

asio::awaitable<int> SqliteOutbox::prune(WallTime before, WallTime now, std::size_t limit) {
    return threads_.write<int>([before, now, limit](Connection& c) {
        prune_seen(c, now);
        prune_loose_deliveries(c, before, limit);
        return prune_slots(c, before, limit);
    });
}

}  // namespace podbrief::sqlite
