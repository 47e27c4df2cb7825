#include <algorithm>

#include "core/ports/outbox_cascades.hpp"

namespace podbrief::outbox {
namespace {

// The lane, if nobody took it over since.
std::optional<LaneLease> held(OutboxRows& rows, const std::string& name, std::int64_t epoch) {
    auto lane = rows.lane(name);
    if (!lane || lane->epoch != epoch) return std::nullopt;
    return lane;
}

}  // namespace

std::optional<LaneLease> acquire_lane(OutboxRows& rows, const std::string& name, const std::string& worker,
                                      WallTime now, WallTime until) {
    LaneLease lane = lane_named(rows, name);
    const bool somebodys = !lane.worker.empty() && lane.worker != worker && lane.until > now;
    if (somebodys) return std::nullopt;
    lane.worker = worker;
    lane.epoch++;
    lane.until = until;
    rows.put(lane);
    return lane;
}

bool renew_lane(OutboxRows& rows, const std::string& name, std::int64_t epoch, WallTime until) {
    auto lane = held(rows, name, epoch);
    if (!lane || lane->worker.empty()) return false;
    lane->until = until;
    rows.put(*lane);
    return true;
}

void release_lane(OutboxRows& rows, const std::string& name, std::int64_t epoch) {
    auto lane = held(rows, name, epoch);
    if (!lane) return;
    lane->worker.clear();
    lane->until = {};
    rows.put(*lane);
}

void hold_lane(OutboxRows& rows, const std::string& name, std::int64_t epoch, WallTime not_before) {
    auto lane = held(rows, name, epoch);
    if (!lane || not_before <= lane->not_before) return;
    lane->not_before = not_before;
    rows.put(*lane);
}

Recovered recover_lane(OutboxRows& rows, const std::string& name, std::int64_t epoch, WallTime now) {
    Recovered found;
    const auto lane = held(rows, name, epoch);
    if (!lane) return found;
    for (Delivery delivery : rows.in_hand(name)) {
        if (delivery.epoch >= epoch) continue;  // the present owner's
        const std::string detail =
            std::string(to_string(delivery.state)) + (delivery.worker.empty() ? "" : " by " + delivery.worker);
        if (delivery.state == DeliveryState::claimed) {
            delivery.state = DeliveryState::ready;
            found.reclaimed++;
        } else {
            const bool begun = delivery.state == DeliveryState::dispatching;
            delivery.state = DeliveryState::unknown;
            if (begun && delivery.first_unknown_at == WallTime{}) delivery.first_unknown_at = delivery.attempt_at;
            found.unknown++;
        }
        delivery.next_at = std::min(delivery.next_at, now);
        delivery.epoch = 0;
        delivery.crashes++;
        rows.update(delivery);
        note_event(rows, delivery, "taken over", {lane->worker, epoch}, detail, now);
    }
    return found;
}

}  // namespace podbrief::outbox
