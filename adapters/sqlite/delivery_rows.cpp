#include "adapters/sqlite/delivery_rows.hpp"

#include "adapters/sqlite/outbox_rows.hpp"
#include "core/ports/outbox_rules.hpp"

namespace podbrief::sqlite {
namespace {

std::optional<Interval> read_interval(Query& row) {
    const auto begin = row.maybe_time();
    const auto end = row.maybe_time();
    if (!begin || !end) return std::nullopt;
    return Interval{*begin, *end};
}

template <class AnId>
std::optional<AnId> known(AnId id) {
    if (!id) return std::nullopt;
    return id;
}

bool has_earlier_part(Connection& connection, const Delivery& d) {
    if (!d.slot || d.part <= 1) return false;
    return connection
        .query("SELECT 1 FROM deliveries WHERE slot_id = ? AND destination_id = ? AND part < ? AND final = 0", d.slot,
               d.destination, d.part)
        .next();
}

// deliveries.look_at_ms
std::optional<WallTime> look_at(Connection& connection, const Delivery& d) {
    if (!outbox::may_be_looked_at(d.state) || has_earlier_part(connection, d)) return std::nullopt;
    Query row = connection.query("SELECT not_before_ms FROM destinations WHERE id = ?", d.destination);
    return outbox::look_at(d, row.next() ? row.time() : WallTime{});
}

void look_again(Connection& connection, const std::vector<Delivery>& deliveries) {
    for (const Delivery& d : deliveries) {
        if (is_final(d.state)) continue;
        connection.run("UPDATE deliveries SET look_at_ms = ? WHERE id = ?", look_at(connection, d), d.id);
    }
}

}  // namespace

Delivery read_delivery(Query& row) {
    Delivery d;
    d.id = row.id<DeliveryId>();
    d.kind = delivery_kind_from(row.text()).value_or(DeliveryKind::brief);
    d.reader = ReaderId{row.maybe_integer().value_or(0)};
    d.slot = SlotId{row.maybe_integer().value_or(0)};
    d.sequence = row.integer();
    d.destination = row.id<DestinationId>();
    d.address.platform = row.text();
    d.address.workspace = row.text();
    d.address.chat = row.text();
    d.address.thread = row.text();
    d.lane = row.text();
    d.tenant = row.text();
    d.part = static_cast<int>(row.integer());
    d.parts = static_cast<int>(row.integer());
    d.key = row.text();
    d.payload = row.text();
    d.payload_hash = row.text();
    d.send_at = row.time();
    d.expires_at = row.time();
    d.quiet = read_interval(row);
    d.state = delivery_state_from(row.text()).value_or(DeliveryState::parked);
    d.next_at = row.time();
    d.epoch = row.integer();
    d.worker = row.text();
    d.step = step_from(row.text()).value_or(Step::none);
    d.attempts = static_cast<int>(row.integer());
    d.crashes = static_cast<int>(row.integer());
    d.attempt_at = row.time();
    d.first_unknown_at = row.time();
    d.placeholder_ref = row.text();
    d.placeholders_lost = static_cast<int>(row.integer());
    d.message_ref = row.text();
    d.plainness = static_cast<int>(row.integer());
    d.reason = row.text();
    d.superseded_by = row.integer();
    d.created_at = row.time();
    d.finished_at = row.time();
    return d;
}

std::vector<Delivery> read_deliveries(Query row) {
    std::vector<Delivery> all;
    while (row.next()) all.push_back(read_delivery(row));
    return all;
}

std::optional<Delivery> SqliteOutboxRows::delivery(DeliveryId id) {
    Query row = connection_.query(PODBRIEF_DELIVERY "WHERE d.id = ?", id);
    if (!row.next()) return std::nullopt;
    return read_delivery(row);
}

std::vector<Delivery> SqliteOutboxRows::deliveries(SlotId slot) {
    return read_deliveries(
        connection_.query(PODBRIEF_DELIVERY "WHERE d.slot_id = ? ORDER BY d.destination_id, d.part", slot));
}

std::vector<Delivery> SqliteOutboxRows::unfinished_at(DestinationId destination) {
    return read_deliveries(
        connection_.query(PODBRIEF_DELIVERY "WHERE d.destination_id = ? AND d.final = 0 ORDER BY d.id", destination));
}

std::vector<Delivery> SqliteOutboxRows::in_hand(const std::string& lane) {
    return read_deliveries(connection_.query(
        PODBRIEF_DELIVERY "WHERE d.lane = ? AND d.state IN ('claimed', 'dispatching', 'reconciling') ORDER BY d.id",
        lane));
}

std::vector<Delivery> SqliteOutboxRows::waiting_since(WallTime until) {
    return read_deliveries(connection_.query(
        PODBRIEF_DELIVERY "WHERE d.final = 0 AND d.send_at_ms <= ? AND d.state IN ('ready', 'claimed') ORDER BY +d.id",
        until));
}

bool SqliteOutboxRows::has_delivery_key(const std::string& key) {
    return connection_.query("SELECT 1 FROM deliveries WHERE key = ?", key).next();
}

DeliveryId SqliteOutboxRows::insert(const Delivery& d) {
    std::optional<WallTime> quiet_begin;
    std::optional<WallTime> quiet_end;
    if (d.quiet) {
        quiet_begin = d.quiet->begin;
        quiet_end = d.quiet->end;
    }
    connection_.run(
        "INSERT INTO deliveries (kind, reader_id, slot_id, sequence, destination_id, platform, workspace, chat, "
        "thread, lane, tenant, part, parts, key, send_at_ms, expires_at_ms, quiet_begin_ms, quiet_end_ms, state, "
        "final, next_at_ms, look_at_ms, epoch, worker, step, attempts, crashes, attempt_at_ms, first_unknown_at_ms, "
        "placeholder_ref, placeholders_lost, message_ref, plainness, reason, superseded_by, created_at_ms, "
        "finished_at_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "
        "?, ?, ?, ?, ?, ?, ?, ?, ?)",
        to_string(d.kind), known(d.reader), known(d.slot), d.sequence, d.destination, d.address.platform,
        d.address.workspace, d.address.chat, d.address.thread, d.lane, d.tenant, d.part, d.parts, d.key, d.send_at,
        d.expires_at, quiet_begin, quiet_end, to_string(d.state), is_final(d.state), d.next_at, look_at(connection_, d),
        d.epoch, d.worker, to_string(d.step), d.attempts, d.crashes, d.attempt_at, d.first_unknown_at,
        d.placeholder_ref, d.placeholders_lost, d.message_ref, d.plainness, d.reason, d.superseded_by, d.created_at,
        d.finished_at);
    const DeliveryId id{connection_.last_id()};
    connection_.run("INSERT INTO payloads (delivery_id, hash, payload) VALUES (?, ?, ?)", id, d.payload_hash,
                    d.payload);
    return id;
}

void SqliteOutboxRows::update(const Delivery& d) {
    connection_.run(
        "UPDATE deliveries SET destination_id = ?, platform = ?, workspace = ?, chat = ?, thread = ?, "
        "expires_at_ms = ?, state = ?, final = ?, next_at_ms = ?, look_at_ms = ?, epoch = ?, worker = ?, step = ?, "
        "attempts = ?, crashes = ?, attempt_at_ms = ?, first_unknown_at_ms = ?, placeholder_ref = ?, "
        "placeholders_lost = ?, message_ref = ?, plainness = ?, reason = ?, superseded_by = ?, finished_at_ms = ? "
        "WHERE id = ?",
        d.destination, d.address.platform, d.address.workspace, d.address.chat, d.address.thread, d.expires_at,
        to_string(d.state), is_final(d.state), d.next_at, look_at(connection_, d), d.epoch, d.worker, to_string(d.step),
        d.attempts, d.crashes, d.attempt_at, d.first_unknown_at, d.placeholder_ref, d.placeholders_lost, d.message_ref,
        d.plainness, d.reason, d.superseded_by, d.finished_at, d.id);
    // Another part may be the first by now.
    if (d.slot && d.parts > 1) look_again(connection_, deliveries(d.slot));
}

void SqliteOutboxRows::hand_over_loose(ReaderId from, ReaderId into) {
    connection_.run("UPDATE deliveries SET reader_id = ? WHERE reader_id = ? AND slot_id IS NULL", into, from);
}

void look_again_at(Connection& connection, DestinationId destination) {
    look_again(connection, SqliteOutboxRows(connection).unfinished_at(destination));
}

}  // namespace podbrief::sqlite
