#include "adapters/sqlite/inbox_rows.hpp"

#include "adapters/sqlite/incoming_json.hpp"

namespace podbrief::sqlite {
namespace {

#define CLOSED                                                                                                \
    "open = 0, worker = '', lease_until_ms = 0, conversation = '', from_platform = '', from_workspace = '', " \
    "from_user = '', incoming_json = '' "

std::vector<std::int64_t> claimable(Connection& connection, WallTime now, std::size_t limit) {
    std::vector<std::int64_t> ids;
    Query row = connection.query(
        "SELECT i.id FROM inbox_items i INDEXED BY inbox_items_open WHERE i.open = 1 AND i.lease_until_ms <= ? "
        "AND NOT EXISTS (SELECT 1 FROM inbox_items e INDEXED BY inbox_items_of_conversation "
        "WHERE e.open = 1 AND e.conversation = i.conversation AND e.id < i.id) ORDER BY i.id LIMIT ?",
        now, limit);
    while (row.next()) ids.push_back(row.integer());
    return ids;
}

InboxStore::Item item(Connection& connection, std::int64_t id) {
    Query row = connection.query(
        "SELECT platform, tenant, event_id, accepted_at_ms, tries, incoming_json FROM inbox_items WHERE id = ?", id);
    row.next();
    std::string platform = row.text();
    std::string tenant = row.text();
    std::string event_id = row.text();
    InboxStore::Item item;
    item.id = id;
    item.accepted_at = row.time();
    item.tries = static_cast<int>(row.integer());
    item.incoming = incoming_from(row.text());
    item.incoming.platform = std::move(platform);
    item.incoming.tenant = std::move(tenant);
    item.incoming.event_id = std::move(event_id);
    return item;
}

}  // namespace

std::optional<std::int64_t> accept(Connection& connection, const Incoming& i, WallTime now) {
    connection.run(
        "INSERT INTO inbox_items (platform, tenant, event_id, accepted_at_ms, open, tries, worker, lease_until_ms, "
        "conversation, from_platform, from_workspace, from_user, incoming_json) "
        "VALUES (?, ?, ?, ?, 1, 0, '', 0, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        i.platform, i.tenant, i.event_id, now, to_string(i.where), i.from.platform, i.from.workspace, i.from.user,
        to_json(i));
    if (connection.changed_rows() == 0) return std::nullopt;
    return connection.last_id();
}

std::vector<InboxStore::Item> claim_items(Connection& connection, const std::string& worker, WallTime now,
                                          WallTime lease_until, std::size_t limit) {
    std::vector<InboxStore::Item> claimed;
    for (const std::int64_t id : claimable(connection, now, limit)) {
        claimed.push_back(item(connection, id));
        connection.run("UPDATE inbox_items SET worker = ?, lease_until_ms = ?, tries = tries + 1 WHERE id = ?", worker,
                       lease_until, id);
    }
    return claimed;
}

void end_other_claims(Connection& connection, const std::string& worker) {
    connection.run(
        "UPDATE inbox_items INDEXED BY inbox_items_open SET lease_until_ms = 0 WHERE open = 1 AND worker <> ?", worker);
}

void close_item(Connection& connection, std::int64_t id) {
    connection.run("UPDATE inbox_items SET " CLOSED "WHERE id = ? AND open = 1", id);
}

std::size_t open_items(Connection& connection) {
    Query row = connection.query("SELECT count(*) FROM inbox_items INDEXED BY inbox_items_open WHERE open = 1");
    row.next();
    return static_cast<std::size_t>(row.integer());
}

int prune_inbox(Connection& connection, WallTime before, std::size_t limit) {
    connection.run(
        "DELETE FROM inbox_items WHERE id IN (SELECT id FROM inbox_items INDEXED BY inbox_items_closed "
        "WHERE open = 0 AND accepted_at_ms < ? ORDER BY accepted_at_ms, id LIMIT ?)",
        before, limit);
    return connection.changed_rows();
}

void close_items_of(Connection& connection, ReaderId reader) {
    connection.run("UPDATE inbox_items INDEXED BY inbox_items_open SET " CLOSED
                   "WHERE open = 1 AND EXISTS (SELECT 1 FROM accounts a WHERE a.reader_id = ? AND a.channel = 0 "
                   "AND a.platform = from_platform AND a.workspace = from_workspace AND a.user = from_user)",
                   reader);
}

}  // namespace podbrief::sqlite
