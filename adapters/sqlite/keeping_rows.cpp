#include "adapters/sqlite/keeping_rows.hpp"

#include "adapters/sqlite/insight_rows.hpp"

namespace podbrief::sqlite {
namespace {

using namespace std::chrono_literals;

OutboxStore::Withdrawal read_withdrawal(Query& row) {
    OutboxStore::Withdrawal w;
    w.insight = row.id<InsightId>();
    w.reason = row.text();
    w.at = row.time();
    return w;
}

}  // namespace

bool withdraw(Connection& connection, InsightId insight, const std::string& reason, WallTime now) {
    if (!connection.query("SELECT 1 FROM insights WHERE id = ?", insight).next()) return false;
    connection.run("INSERT OR IGNORE INTO withdrawals (insight_id, reason, at_ms, open) VALUES (?, ?, ?, 1)", insight,
                   reason, now);
    if (connection.changed_rows() == 0) return false;
    supersede_insight(connection, insight);
    return true;
}

std::vector<OutboxStore::Withdrawal> withdrawals(Connection& connection, const std::vector<InsightId>& insights) {
    std::vector<OutboxStore::Withdrawal> found;
    for (const InsightId id : insights) {
        Query row = connection.query("SELECT insight_id, reason, at_ms FROM withdrawals WHERE insight_id = ?", id);
        if (row.next()) found.push_back(read_withdrawal(row));
    }
    return found;
}

std::vector<OutboxStore::Withdrawal> open_withdrawals(Connection& connection, std::size_t limit) {
    std::vector<OutboxStore::Withdrawal> open;
    Query row = connection.query(
        "SELECT insight_id, reason, at_ms FROM withdrawals WHERE open = 1 ORDER BY at_ms, insight_id LIMIT ?", limit);
    while (row.next()) open.push_back(read_withdrawal(row));
    return open;
}

void close_withdrawal(Connection& connection, InsightId insight) {
    connection.run("UPDATE withdrawals SET open = 0 WHERE insight_id = ?", insight);
}

bool first_seen(Connection& connection, const std::string& platform, const std::string& tenant,
                const std::string& event_id, WallTime now) {
    connection.run("INSERT OR IGNORE INTO inbox (platform, tenant, event_id, at_ms) VALUES (?, ?, ?, ?)", platform,
                   tenant, event_id, now);
    return connection.changed_rows() > 0;
}

void prune_seen(Connection& connection, WallTime now) {
    connection.run("DELETE FROM inbox WHERE at_ms < ?", now - 25h);
}

std::string note(Connection& connection, const std::string& name) {
    Query row = connection.query("SELECT value FROM notes WHERE name = ?", name);
    return row.next() ? row.text() : std::string();
}

void set_note(Connection& connection, const std::string& name, const std::string& value) {
    connection.run("INSERT OR REPLACE INTO notes (name, value) VALUES (?, ?)", name, value);
}

}  // namespace podbrief::sqlite
