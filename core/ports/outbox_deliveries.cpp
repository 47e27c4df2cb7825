#include <algorithm>

#include "core/ports/outbox_cascades.hpp"

namespace podbrief::outbox {
namespace {

// What a step may change, and nothing else.
Delivery after_step(Delivery stored, const Advance& step) {
    const Delivery& next = step.next;
    stored.state = next.state;
    stored.next_at = next.next_at;
    stored.epoch = next.epoch;
    stored.step = next.step;
    stored.attempts = next.attempts;
    stored.crashes = next.crashes;
    stored.attempt_at = next.attempt_at;
    stored.first_unknown_at = next.first_unknown_at;
    stored.placeholder_ref = next.placeholder_ref;
    stored.placeholders_lost = next.placeholders_lost;
    stored.message_ref = next.message_ref;
    stored.plainness = next.plainness;
    stored.reason = next.reason;
    stored.superseded_by = next.superseded_by;
    stored.finished_at = next.finished_at;
    stored.address = next.address;
    stored.expires_at = next.expires_at;
    if (is_final(stored.state) && stored.finished_at == WallTime{}) stored.finished_at = step.at;
    return stored;
}

// Under an older lease nothing is begun. What was begun under it may still be reported: nobody knows better.
bool lease_is_current(OutboxRows& rows, const Delivery& delivery) {
    const auto lane = rows.lane(delivery.lane);
    return !lane || lane->epoch == delivery.epoch;
}

// How a delivery in somebody's hands ends whose chat was lost after it was made; nullopt: it may be begun.
std::optional<Ending> ending_of(OutboxRows& rows, const Delivery& delivery) {
    const auto destination = rows.destination(delivery.destination);
    if (!destination) return std::nullopt;
    // As with enqueue(): a chat without briefs is open to answers and edits, and who speaks to us is there.
    const bool paused = destination->state == DestinationState::paused;
    if (paused && delivery.kind != DeliveryKind::brief) return std::nullopt;
    if (delivery.kind == DeliveryKind::reply && destination->changed_at <= delivery.created_at) return std::nullopt;
    return ending_at(*destination);
}

void change_destination(OutboxRows& rows, const Advance& step, DestinationId id, const Doer& doer) {
    if (!step.destination && !step.destination_not_before) return;
    auto destination = rows.destination(id);
    if (!destination) return;
    if (step.destination_not_before) {
        destination->not_before = std::max(destination->not_before, *step.destination_not_before);
    }
    if (step.destination) {
        destination->state = *step.destination;
        destination->note = *step.destination == DestinationState::active ? "" : step.next.reason;
        destination->changed_at = step.at;
    }
    rows.update(*destination);
    if (step.destination) after_change(rows, *destination, doer, step.at);
}

void change_lane(OutboxRows& rows, const std::string& name, WallTime not_before) {
    LaneLease lane = lane_named(rows, name);
    if (not_before <= lane.not_before) return;
    lane.not_before = not_before;
    rows.put(lane);
}

}  // namespace

WallTime look_at(const Delivery& delivery, WallTime destination_not_before) {
    return std::max({delivery.next_at, delivery.send_at, destination_not_before});
}

std::vector<DeliveryId> enqueue(OutboxRows& rows, std::vector<Delivery> deliveries, WallTime now) {
    std::vector<DeliveryId> ids;
    for (Delivery& delivery : deliveries) {
        const bool forgotten = delivery.reader && !rows.planning(delivery.reader);
        if (forgotten || rows.has_delivery_key(delivery.key)) {
            ids.emplace_back();
            continue;
        }
        delivery.slot = {};
        delivery.created_at = now;
        delivery.id = rows.insert(delivery);
        ids.push_back(delivery.id);
        note_event(rows, delivery, "enqueued", {}, "", now);
        // A reply is the answer to somebody who is there; and a chat without briefs is open to edits of what it shows.
        if (delivery.kind == DeliveryKind::reply || delivery.state != DeliveryState::ready) continue;
        const auto destination = rows.destination(delivery.destination);
        const auto ending = destination ? ending_at(*destination) : std::nullopt;
        if (ending && destination->state != DestinationState::paused) end_delivery(rows, delivery, *ending, {}, now);
    }
    return ids;
}

std::vector<Delivery> claim(OutboxRows& rows, const std::string& lane, std::int64_t epoch, const std::string& worker,
                            const std::vector<DeliveryId>& ids, WallTime now) {
    std::vector<Delivery> claimed;
    const auto lease = rows.lane(lane);
    if (!lease || lease->epoch != epoch) return claimed;
    for (const DeliveryId id : ids) {
        auto delivery = rows.delivery(id);
        if (!delivery || delivery->lane != lane || !may_be_looked_at(delivery->state)) continue;
        delivery->state = delivery->state == DeliveryState::ready ? DeliveryState::claimed : DeliveryState::reconciling;
        delivery->epoch = epoch;
        delivery->worker = worker;
        rows.update(*delivery);
        note_event(rows, *delivery, std::string(to_string(delivery->state)), {worker, epoch}, "", now);
        claimed.push_back(*std::move(delivery));
    }
    return claimed;
}

bool advance(OutboxRows& rows, const Advance& step) {
    const auto stored = rows.delivery(step.next.id);
    if (!stored || stored->state != step.from || stored->epoch != step.epoch || is_final(stored->state)) return false;
    const bool begins = step.next.state == DeliveryState::dispatching && step.from != DeliveryState::dispatching;
    // The outcome of an earlier attempt, written again because the first writing was done and not known to be.
    const bool of_a_call = step.from == DeliveryState::dispatching || step.from == DeliveryState::reconciling;
    if (of_a_call && !begins && stored->attempt_at != step.next.attempt_at) return false;
    if (begins && !lease_is_current(rows, *stored)) return false;

    const Doer doer = doer_of(*stored);
    if (begins) {
        if (const auto ending = ending_of(rows, *stored)) {
            end_delivery(rows, *stored, *ending, doer, step.at);
            return false;
        }
    }
    const Delivery next = after_step(*stored, step);
    rows.update(next);
    note_event(rows, next, step.event, doer, step.detail, step.at);
    if (begins && next.slot) fire(rows, next.slot, doer, "", step.at);
    if (step.lane_not_before) change_lane(rows, next.lane, *step.lane_not_before);
    if (is_final(next.state)) after_end(rows, next, doer, step.at);
    change_destination(rows, step, next.destination, doer);
    return true;
}

int doubt_all(OutboxRows& rows, WallTime now) {
    int doubted = 0;
    for (Delivery delivery : rows.waiting_since(now)) {
        delivery.state = DeliveryState::unknown;
        delivery.first_unknown_at = delivery.send_at;
        // What an attempt before the backup did tells nothing of those after it.
        if (delivery.placeholder_ref.empty()) delivery.step = Step::none;
        delivery.next_at = std::min(delivery.next_at, now);
        delivery.epoch = 0;
        rows.update(delivery);
        note_event(rows, delivery, "doubted", {}, "the store was restored from a backup", now);
        if (delivery.slot) fire(rows, delivery.slot, {}, "it may have been sent after the backup", now);
        doubted++;
    }
    return doubted;
}

}  // namespace podbrief::outbox
