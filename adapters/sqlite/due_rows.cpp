// What is to be sent, and what waits.
#include <algorithm>

#include "adapters/sqlite/delivery_rows.hpp"
#include "adapters/sqlite/outbox_rows.hpp"

namespace podbrief::sqlite {
namespace {

// The first tenant of the lane with something to look at, now or later, from `from` on.
enum class From { here, after };
std::optional<std::string> tenant(Connection& connection, const std::string& lane, From which,
                                  const std::string& from) {
    Query row = which == From::here
                    ? connection.query(
                          "SELECT tenant FROM deliveries WHERE look_at_ms IS NOT NULL AND lane = ? AND tenant >= ? "
                          "ORDER BY tenant LIMIT 1",
                          lane, from)
                    : connection.query(
                          "SELECT tenant FROM deliveries WHERE look_at_ms IS NOT NULL AND lane = ? AND tenant > ? "
                          "ORDER BY tenant LIMIT 1",
                          lane, from);
    if (!row.next()) return std::nullopt;
    return row.text();
}

// send_at_ms is never after look_at_ms; it bounds the search.
void take_from(Connection& connection, const std::string& lane, const std::string& tenant, WallTime now,
               std::size_t most, std::vector<DeliveryId>& ids) {
    Query row = connection.query(
        "SELECT id FROM deliveries WHERE look_at_ms IS NOT NULL AND lane = ?1 AND tenant = ?2 AND send_at_ms <= ?3 "
        "AND look_at_ms <= ?3 AND (quiet_begin_ms IS NULL OR ?3 < quiet_begin_ms OR ?3 >= quiet_end_ms) "
        "ORDER BY send_at_ms, id LIMIT ?4",
        lane, tenant, now, most);
    while (row.next()) ids.push_back(row.id<DeliveryId>());
}

}  // namespace

std::vector<Delivery> due(Connection& connection, const std::string& lane, WallTime now,
                          const std::string& after_tenant, std::size_t per_tenant, std::size_t limit) {
    std::vector<DeliveryId> ids;
    const auto take = [&](const std::string& of) {
        take_from(connection, lane, of, now, std::min(per_tenant, limit - ids.size()), ids);
    };
    // From tenant to tenant by the index: as many steps as there are tenants, however much waits.
    auto next = tenant(connection, lane, From::after, after_tenant);
    for (; next && ids.size() < limit; next = tenant(connection, lane, From::after, *next)) take(*next);
    next = tenant(connection, lane, From::here, "");
    for (; next && *next <= after_tenant && ids.size() < limit; next = tenant(connection, lane, From::after, *next)) {
        take(*next);
    }
    std::vector<Delivery> found;
    SqliteOutboxRows rows(connection);
    for (const DeliveryId id : ids) found.push_back(*rows.delivery(id));
    return found;
}

std::optional<WallTime> next_due(Connection& connection, const std::string& lane) {
    Query row =
        connection.query("SELECT min(look_at_ms) FROM deliveries WHERE look_at_ms IS NOT NULL AND lane = ?", lane);
    row.next();
    return row.maybe_time();
}

std::vector<outbox::DeliveryEnd> ends_of(Connection& connection, SlotId slot) {
    std::vector<outbox::DeliveryEnd> ends;
    Query row = connection.query("SELECT state, finished_at_ms FROM deliveries WHERE slot_id = ?", slot);
    while (row.next()) {
        const DeliveryState state = delivery_state_from(row.text()).value_or(DeliveryState::parked);
        ends.push_back({state, row.time()});
    }
    return ends;
}

std::vector<Delivery> sent_with(Connection& connection, InsightId insight, std::size_t limit) {
    return read_deliveries(connection.query(
        PODBRIEF_DELIVERY
        "WHERE d.id IN (SELECT e.id FROM brief_insights b CROSS JOIN slots s ON s.brief_id = b.brief_id "
        "CROSS JOIN deliveries e ON e.slot_id = s.id "
        "WHERE b.insight_id = ? AND s.brief_id <> 0 AND e.state = 'sent' "
        "ORDER BY e.finished_at_ms DESC, e.id DESC LIMIT ?) "
        "ORDER BY d.finished_at_ms DESC, d.id DESC",
        insight, limit));
}

std::optional<Delivery> sent_as(Connection& connection, const Destination& chat, const std::string& message_ref) {
    std::optional<Delivery> message;
    std::optional<Delivery> edit;
    Query row = connection.query(
        PODBRIEF_DELIVERY
        "WHERE d.chat = ? AND d.message_ref = ? AND d.message_ref <> '' AND d.platform = ? AND d.workspace = ? "
        "AND d.state = 'sent' ORDER BY d.finished_at_ms, d.id",
        chat.chat, message_ref, chat.platform, chat.workspace);
    while (row.next()) {
        Delivery sent = read_delivery(row);
        (sent.kind == DeliveryKind::correction ? edit : message) = std::move(sent);
    }
    if (message && edit) {
        message->payload = edit->payload;
        message->payload_hash = edit->payload_hash;
        message->plainness = edit->plainness;
    }
    return message;
}

std::optional<Delivery> delivery_with(Connection& connection, const std::string& key) {
    std::vector<Delivery> found = read_deliveries(connection.query(PODBRIEF_DELIVERY "WHERE d.key = ?", key));
    if (found.empty()) return std::nullopt;
    return std::move(found.front());
}

OutboxCounts outbox_counts(Connection& connection) {
    OutboxCounts counts;
    Query row = connection.query(
        "SELECT state, count(*), min(send_at_ms) FROM deliveries INDEXED BY deliveries_by_state WHERE final = 0 GROUP "
        "BY "
        "state");
    while (row.next()) {
        const auto state = delivery_state_from(row.text());
        const std::int64_t count = row.integer();
        const WallTime oldest = row.time();
        if (state == DeliveryState::ready || state == DeliveryState::claimed) counts.ready += count;
        if (state == DeliveryState::dispatching) counts.dispatching += count;
        if (state == DeliveryState::unknown || state == DeliveryState::reconciling) counts.unknown += count;
        if (state == DeliveryState::parked) counts.parked += count;
        counts.oldest_due = std::min(counts.oldest_due.value_or(oldest), oldest);
    }
    return counts;
}

std::vector<Delivery> parked(Connection& connection, std::size_t limit) {
    return read_deliveries(connection.query(
        PODBRIEF_DELIVERY "WHERE d.final = 0 AND d.state = 'parked' ORDER BY d.send_at_ms, d.id LIMIT ?", limit));
}

void prune_loose_deliveries(Connection& connection, WallTime before, std::size_t limit) {
    connection.run(
        "DELETE FROM deliveries WHERE id IN (SELECT id FROM deliveries WHERE final = 1 AND slot_id IS NULL "
        "AND finished_at_ms < ? ORDER BY finished_at_ms, id LIMIT ?)",
        before, limit);
}

}  // namespace podbrief::sqlite
