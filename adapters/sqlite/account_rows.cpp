#include "adapters/sqlite/account_rows.hpp"

#include <stdexcept>

#include "adapters/sqlite/outbox_rows.hpp"
#include "adapters/sqlite/reader_rows.hpp"
#include "core/ports/account_rules.hpp"
#include "core/ports/outbox_rules.hpp"

namespace podbrief::sqlite {
namespace {

#define ACCOUNT "SELECT platform, workspace, user, channel, reader_id, name, since_ms FROM accounts "

AccountRecord read_account(Query& row) {
    AccountRecord a;
    a.account.platform = row.text();
    a.account.workspace = row.text();
    a.account.user = row.text();
    a.channel = row.flag();
    a.reader = row.id<ReaderId>();
    a.name = row.text();
    a.since = row.time();
    return a;
}

Reader reader_of(Connection& connection, const AccountRecord& record) {
    auto found = reader(connection, record.reader);
    if (!found) throw std::logic_error("an account without its reader");  // a foreign key forbids it
    return *std::move(found);
}

}  // namespace

std::optional<AccountRecord> account(Connection& connection, const Account& a, bool channel) {
    Query row = connection.query(ACCOUNT "WHERE platform = ? AND workspace = ? AND user = ? AND channel = ?",
                                 a.platform, a.workspace, a.user, channel);
    if (!row.next()) return std::nullopt;
    return read_account(row);
}

AccountStore::Known know(Connection& connection, AccountRecord record, Reader reader) {
    if (auto stored = account(connection, record.account, record.channel)) {
        Reader of = reader_of(connection, *stored);
        return {*std::move(stored), std::move(of), false};
    }
    reader.id = {};
    reader.name = accounts::free_name(reader.name, [&](const std::string& name) {
        return connection.query("SELECT 1 FROM readers WHERE name = ?", name).next();
    });
    reader = save_reader(connection, std::move(reader));
    record.reader = reader.id;
    connection.run(
        "INSERT INTO accounts (platform, workspace, user, channel, reader_id, name, since_ms) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        record.account.platform, record.account.workspace, record.account.user, record.channel, record.reader,
        record.name, record.since);
    return {std::move(record), std::move(reader), true};
}

std::vector<AccountRecord> accounts(Connection& connection, ReaderId reader) {
    std::vector<AccountRecord> all;
    Query row = connection.query(ACCOUNT "WHERE reader_id = ? ORDER BY since_ms, id", reader);
    while (row.next()) all.push_back(read_account(row));
    return all;
}

void keep_link_code(Connection& connection, ReaderId reader, const std::string& code_hash, WallTime until) {
    if (!sqlite::reader(connection, reader)) return;  // forgotten meanwhile
    connection.run("INSERT OR REPLACE INTO link_codes (reader_id, code_hash, until_ms) VALUES (?, ?, ?)", reader,
                   code_hash, until);
}

std::optional<ReaderId> take_link_code(Connection& connection, const std::string& code_hash, WallTime now) {
    std::optional<ReaderId> reader;
    {
        Query row = connection.query("SELECT reader_id, until_ms FROM link_codes WHERE code_hash = ?", code_hash);
        if (!row.next()) return std::nullopt;
        const auto whose = row.id<ReaderId>();
        if (now < row.time()) reader = whose;
    }
    connection.run("DELETE FROM link_codes WHERE code_hash = ?", code_hash);
    return reader;
}

bool unite(Connection& connection, ReaderId from, ReaderId into, WallTime now) {
    const auto ends = reader(connection, from);
    auto stays = reader(connection, into);
    if (from == into || !ends || !stays) return false;
    SqliteOutboxRows rows(connection);
    outbox::hand_over(rows, from, into, now);
    connection.run("UPDATE accounts SET reader_id = ? WHERE reader_id = ?", into, from);
    connection.run("UPDATE conversations SET reader_id = ? WHERE reader_id = ?", into, from);
    connection.run("UPDATE page_keys SET reader_id = ? WHERE reader_id = ?", into, from);
    connection.run(
        "INSERT INTO feedback (reader_id, insight_id, kind, at_ms) "
        "SELECT ?, insight_id, kind, at_ms FROM feedback WHERE reader_id = ? "
        "ON CONFLICT DO UPDATE SET at_ms = max(at_ms, excluded.at_ms)",
        into, from);
    stays->profile = accounts::united(std::move(stays->profile), ends->profile);
    save_reader(connection, *std::move(stays));
    connection.run("DELETE FROM readers WHERE id = ?", from);  // the rest goes with it
    return true;
}

std::optional<Onboarding> onboarding(Connection& connection, ReaderId reader) {
    Query row = connection.query("SELECT step, message_ref FROM onboardings WHERE reader_id = ?", reader);
    if (!row.next()) return std::nullopt;
    Onboarding onboarding;
    onboarding.reader = reader;
    onboarding.step = onboarding_step_from(row.text()).value_or(Onboarding::Step::topics);
    onboarding.message_ref = row.text();
    return onboarding;
}

void save_onboarding(Connection& connection, const Onboarding& onboarding) {
    if (!reader(connection, onboarding.reader)) return;  // forgotten meanwhile
    connection.run("INSERT OR REPLACE INTO onboardings (reader_id, step, message_ref) VALUES (?, ?, ?)",
                   onboarding.reader, to_string(onboarding.step), onboarding.message_ref);
}

}  // namespace podbrief::sqlite
