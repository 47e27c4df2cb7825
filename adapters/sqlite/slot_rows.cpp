#include "adapters/sqlite/slot_rows.hpp"

#include "adapters/sqlite/outbox_rows.hpp"
#include "adapters/sqlite/reader_rows.hpp"

namespace podbrief::sqlite {
namespace {

#define SLOT "SELECT " PODBRIEF_SLOT_COLUMNS "FROM slots "

std::optional<Slot> first_slot(Query row) {
    if (!row.next()) return std::nullopt;
    return read_slot(row);
}

}  // namespace

Slot read_slot(Query& row) {
    Slot s;
    s.id = row.id<SlotId>();
    s.reader = row.id<ReaderId>();
    s.sequence = row.integer();
    s.key = row.text();
    s.due_at = row.time();
    s.zone = row.text();
    s.state = slot_state_from(row.text()).value_or(SlotState::cancelled);
    s.brief = row.id<BriefId>();
    s.worker = row.text();
    s.lease_until = row.time();
    s.crashes = static_cast<int>(row.integer());
    s.superseded_by = row.integer();
    s.note = row.text();
    s.planned_at = row.time();
    s.composed_at = row.time();
    return s;
}

std::optional<OutboxRows::Planning> SqliteOutboxRows::planning(ReaderId id) {
    auto stored = reader(connection_, id);
    if (!stored) return std::nullopt;
    Query row = connection_.query("SELECT last_sequence, schedule, next_plan_at_ms FROM readers WHERE id = ?", id);
    row.next();
    Planning planning;
    planning.reader = *std::move(stored);
    planning.last_sequence = row.integer();
    planning.schedule = row.integer();
    planning.next_plan_at = row.time();
    return planning;
}

void SqliteOutboxRows::set_planning(const Planning& p) {
    connection_.run("UPDATE readers SET last_sequence = ?, schedule = ?, next_plan_at_ms = ? WHERE id = ?",
                    p.last_sequence, p.schedule, p.next_plan_at, p.reader.id);
}

std::optional<Slot> SqliteOutboxRows::slot(SlotId id) {
    return first_slot(connection_.query(SLOT "WHERE id = ?", id));
}

std::optional<Slot> SqliteOutboxRows::open_slot(ReaderId reader) {
    return first_slot(
        connection_.query(SLOT "WHERE reader_id = ? AND state IN ('planned', 'composing', 'composed')", reader));
}

bool SqliteOutboxRows::has_key(ReaderId reader, const std::string& key) {
    return connection_
        .query("SELECT 1 FROM slots WHERE reader_id = ? AND key = ? AND state <> 'cancelled'", reader, key)
        .next();
}

SlotId SqliteOutboxRows::insert(const Slot& s) {
    connection_.run(
        "INSERT INTO slots (reader_id, sequence, key, due_at_ms, zone, state, brief_id, worker, lease_until_ms, "
        "crashes, superseded_by, note, planned_at_ms, composed_at_ms) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        s.reader, s.sequence, s.key, s.due_at, s.zone, to_string(s.state), s.brief, s.worker, s.lease_until, s.crashes,
        s.superseded_by, s.note, s.planned_at, s.composed_at);
    return SlotId{connection_.last_id()};
}

void SqliteOutboxRows::update(const Slot& s) {
    connection_.run(
        "UPDATE slots SET state = ?, brief_id = ?, worker = ?, lease_until_ms = ?, crashes = ?, superseded_by = ?, "
        "note = ?, composed_at_ms = ? WHERE id = ?",
        to_string(s.state), s.brief, s.worker, s.lease_until, s.crashes, s.superseded_by, s.note, s.composed_at, s.id);
}

Brief SqliteOutboxRows::keep_brief(const Brief& given) {
    auto stored = brief(connection_, given.reader, given.local_date);
    if (!stored) return save_brief(connection_, given);
    if (stored->unsent) connection_.run("UPDATE briefs SET unsent = 0 WHERE id = ?", stored->id);
    return *std::move(stored);
}

void SqliteOutboxRows::mark_unsent(BriefId id) {
    connection_.run("UPDATE briefs SET unsent = 1 WHERE id = ?", id);
}

std::vector<Slot> claimable_slots(Connection& connection, WallTime due_before, WallTime now, std::size_t limit) {
    std::vector<Slot> found;
    Query row = connection.query(
        SLOT
        "WHERE state IN ('planned', 'composing') AND state = 'planned' AND due_at_ms < ?1 "
        "UNION ALL " SLOT
        "WHERE state IN ('planned', 'composing') AND state = 'composing' AND due_at_ms < ?1 AND lease_until_ms <= ?2 "
        "ORDER BY due_at_ms, id LIMIT ?3",
        due_before, now, limit);
    while (row.next()) found.push_back(read_slot(row));
    return found;
}

std::optional<WallTime> next_slot_due(Connection& connection, WallTime latest_claim) {
    Query row = connection.query(
        "SELECT min(due) FROM (SELECT * FROM (SELECT due_at_ms AS due FROM slots WHERE "
        "state IN ('planned', 'composing') AND state = 'planned' ORDER BY due_at_ms LIMIT 1) "
        "UNION ALL SELECT * FROM (SELECT due_at_ms FROM slots WHERE "
        "state IN ('planned', 'composing') AND state = 'composing' AND lease_until_ms <= ? "
        "ORDER BY due_at_ms LIMIT 1))",
        latest_claim);
    row.next();
    return row.maybe_time();
}

void end_other_composing(Connection& connection, const std::string& worker, WallTime now) {
    connection.run(
        "UPDATE slots SET lease_until_ms = min(lease_until_ms, ?) "
        "WHERE state IN ('planned', 'composing') AND state = 'composing' AND worker <> ?",
        now, worker);
}

std::vector<Slot> slots(Connection& connection, ReaderId reader, std::size_t limit) {
    std::vector<Slot> newest;
    Query row = connection.query(SLOT "WHERE reader_id = ? ORDER BY sequence DESC LIMIT ?", reader, limit);
    while (row.next()) newest.push_back(read_slot(row));
    return newest;
}

int prune_slots(Connection& connection, WallTime before, std::size_t limit) {
    connection.run(
        "DELETE FROM slots WHERE id IN (SELECT id FROM slots s WHERE "
        "state IN ('fired', 'superseded', 'cancelled') AND due_at_ms < ?1 AND planned_at_ms < ?1 "
        "AND NOT EXISTS (SELECT 1 FROM deliveries d WHERE d.slot_id = s.id AND (final = 0 OR finished_at_ms >= ?1)) "
        "ORDER BY due_at_ms, id LIMIT ?2)",
        before, limit);
    return connection.changed_rows();
}

}  // namespace podbrief::sqlite
