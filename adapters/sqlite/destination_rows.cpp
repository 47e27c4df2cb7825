#include "adapters/sqlite/destination_rows.hpp"

#include "adapters/sqlite/delivery_rows.hpp"
#include "adapters/sqlite/outbox_rows.hpp"

namespace podbrief::sqlite {
namespace {

#define DESTINATION                                                                                            \
    "SELECT id, reader_id, platform, workspace, chat, thread, state, note, changed_at_ms, not_before_ms FROM " \
    "destinations "

DestinationRecord read_destination(Query& row) {
    DestinationRecord d;
    d.id = row.id<DestinationId>();
    d.reader = row.id<ReaderId>();
    d.address.platform = row.text();
    d.address.workspace = row.text();
    d.address.chat = row.text();
    d.address.thread = row.text();
    d.state = destination_state_from(row.text()).value_or(DestinationState::gone);
    d.note = row.text();
    d.changed_at = row.time();
    d.not_before = row.time();
    return d;
}

std::vector<DestinationRecord> read_destinations(Query row) {
    std::vector<DestinationRecord> all;
    while (row.next()) all.push_back(read_destination(row));
    return all;
}

std::optional<DestinationRecord> first_destination(Query row) {
    if (!row.next()) return std::nullopt;
    return read_destination(row);
}

}  // namespace

std::vector<DestinationRecord> destinations(Connection& connection, ReaderId reader) {
    return read_destinations(connection.query(DESTINATION "WHERE reader_id = ? ORDER BY id", reader));
}

std::vector<DestinationRecord> destinations_in(Connection& connection, const Destination& chat) {
    return read_destinations(connection.query(DESTINATION
                                              "WHERE chat = ? AND platform = ? AND workspace = ? ORDER BY id",
                                              chat.chat, chat.platform, chat.workspace));
}

std::optional<DestinationRecord> SqliteOutboxRows::destination(DestinationId id) {
    return first_destination(connection_.query(DESTINATION "WHERE id = ?", id));
}

std::optional<DestinationRecord> SqliteOutboxRows::destination(ReaderId reader, const Destination& address) {
    return first_destination(connection_.query(
        DESTINATION "WHERE reader_id = ? AND platform = ? AND workspace = ? AND chat = ? AND thread = ?", reader,
        address.platform, address.workspace, address.chat, address.thread));
}

std::vector<DestinationRecord> SqliteOutboxRows::destinations_at(const Destination& address) {
    return read_destinations(
        connection_.query(DESTINATION "WHERE platform = ? AND workspace = ? AND chat = ? AND thread = ? ORDER BY id",
                          address.platform, address.workspace, address.chat, address.thread));
}

std::vector<DestinationRecord> SqliteOutboxRows::destinations_of(ReaderId reader) {
    return destinations(connection_, reader);
}

std::vector<DestinationRecord> SqliteOutboxRows::destinations_in(const std::string& platform,
                                                                 const std::string& workspace) {
    return read_destinations(
        connection_.query(DESTINATION "WHERE platform = ? AND workspace = ? ORDER BY id", platform, workspace));
}

DestinationId SqliteOutboxRows::insert(const DestinationRecord& d) {
    connection_.run(
        "INSERT INTO destinations (reader_id, platform, workspace, chat, thread, state, note, changed_at_ms, "
        "not_before_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        d.reader, d.address.platform, d.address.workspace, d.address.chat, d.address.thread, to_string(d.state), d.note,
        d.changed_at, d.not_before);
    return DestinationId{connection_.last_id()};
}

void SqliteOutboxRows::update(const DestinationRecord& d) {
    const auto before = destination(d.id);
    connection_.run(
        "UPDATE destinations SET reader_id = ?, platform = ?, workspace = ?, chat = ?, thread = ?, state = ?, note = "
        "?, "
        "changed_at_ms = ?, not_before_ms = ? WHERE id = ?",
        d.reader, d.address.platform, d.address.workspace, d.address.chat, d.address.thread, to_string(d.state), d.note,
        d.changed_at, d.not_before, d.id);
    if (before && before->not_before != d.not_before) look_again_at(connection_, d.id);
}

}  // namespace podbrief::sqlite
