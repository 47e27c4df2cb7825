#include "adapters/sqlite/lane_rows.hpp"

#include "adapters/sqlite/outbox_rows.hpp"

namespace podbrief::sqlite {

std::optional<LaneLease> SqliteOutboxRows::lane(const std::string& name) {
    Query row = connection_.query("SELECT worker, epoch, until_ms, not_before_ms FROM lanes WHERE name = ?", name);
    if (!row.next()) return std::nullopt;
    LaneLease lane;
    lane.lane = name;
    lane.worker = row.text();
    lane.epoch = row.integer();
    lane.until = row.time();
    lane.not_before = row.time();
    return lane;
}

void SqliteOutboxRows::put(const LaneLease& lane) {
    connection_.run(
        "INSERT OR REPLACE INTO lanes (name, worker, epoch, until_ms, not_before_ms) VALUES (?, ?, ?, ?, ?)", lane.lane,
        lane.worker, lane.epoch, lane.until, lane.not_before);
}

void SqliteOutboxRows::add(const DeliveryEvent& event) {
    std::optional<SlotId> slot;
    std::optional<DeliveryId> loose;
    if (event.slot) {
        slot = event.slot;
    } else {
        loose = event.delivery;
    }
    connection_.run(
        "INSERT INTO delivery_history (at_ms, slot_id, loose_id, delivery_id, event, worker, epoch, detail) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        event.at, slot, loose, event.delivery, event.event, event.worker, event.epoch, event.detail);
}

std::vector<LaneWork> lanes_with_work(Connection& connection) {
    std::vector<LaneWork> all;
    // From lane to lane by the index, as there are few of them and many deliveries in each.
    Query row = connection.query(
        "WITH RECURSIVE lane(name) AS ("
        "SELECT min(lane) FROM deliveries WHERE final = 0 UNION ALL "
        "SELECT (SELECT min(d.lane) FROM deliveries d WHERE d.final = 0 AND d.lane > lane.name) FROM lane "
        "WHERE lane.name IS NOT NULL) "
        "SELECT lane.name, (SELECT min(d.next_at_ms) FROM deliveries d WHERE d.final = 0 AND d.lane = lane.name), "
        "coalesce(l.until_ms, 0), coalesce(l.worker, '') "
        "FROM lane LEFT JOIN lanes l ON l.name = lane.name WHERE lane.name IS NOT NULL ORDER BY lane.name");
    while (row.next()) {
        LaneWork work;
        work.lane = row.text();
        work.next_at = row.time();
        work.leased_until = row.time();
        work.worker = row.text();
        all.push_back(std::move(work));
    }
    return all;
}

void end_other_leases(Connection& connection, const std::string& worker) {
    connection.run("UPDATE lanes SET worker = '', until_ms = 0 WHERE worker <> ?", worker);
}

}  // namespace podbrief::sqlite
