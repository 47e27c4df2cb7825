#include "adapters/sqlite/tenant_rows.hpp"

#include "adapters/sqlite/outbox_rows.hpp"
#include "core/ports/tenant_rules.hpp"

namespace podbrief::sqlite {
namespace {

using podbrief::tenants::Known;

#define TENANT                                                                                                       \
    "SELECT platform, workspace, installed_at_ms, revoked_at_ms, note, changed_at_ms, name, bot_user, app, scopes, " \
    "installed_by, sealed_token, sealed_refresh, token_expires_at_ms FROM tenants "

Known read_known(Query& row) {
    Known known;
    Tenant t;
    t.platform = row.text();
    t.workspace = row.text();
    const auto installed_at = row.maybe_time();
    known.revoked_at = row.maybe_time();
    known.note = row.text();
    t.changed_at = row.time();
    t.name = row.text();
    t.bot_user = row.text();
    t.app = row.text();
    t.scopes = row.text();
    t.installed_by = row.text();
    t.sealed_token = row.text();
    t.sealed_refresh = row.text();
    t.token_expires_at = row.maybe_time();
    if (!installed_at) return known;
    t.installed_at = *installed_at;
    known.installed = std::move(t);
    return known;
}

Known known(Connection& connection, const std::string& platform, const std::string& workspace) {
    Query row = connection.query(TENANT "WHERE platform = ? AND workspace = ?", platform, workspace);
    if (!row.next()) return {};
    return read_known(row);
}

void write(Connection& connection, const std::string& platform, const std::string& workspace, const Known& known) {
    const Tenant t = known.installed.value_or(Tenant{});
    std::optional<WallTime> installed_at;
    if (known.installed) installed_at = t.installed_at;
    connection.run(
        "INSERT OR REPLACE INTO tenants (platform, workspace, installed_at_ms, revoked_at_ms, note, changed_at_ms, "
        "name, bot_user, app, scopes, installed_by, sealed_token, sealed_refresh, token_expires_at_ms) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        platform, workspace, installed_at, known.revoked_at, known.note, t.changed_at, t.name, t.bot_user, t.app,
        t.scopes, t.installed_by, t.sealed_token, t.sealed_refresh, t.token_expires_at);
}

}  // namespace

std::optional<Tenant> tenant(Connection& connection, const std::string& platform, const std::string& workspace) {
    return podbrief::tenants::seen(known(connection, platform, workspace));
}

std::vector<Tenant> tenants(Connection& connection, const std::string& platform) {
    std::vector<Tenant> all;
    Query row = connection.query(TENANT "WHERE platform = ? ORDER BY workspace", platform);
    while (row.next()) {
        if (auto found = podbrief::tenants::seen(read_known(row))) all.push_back(*std::move(found));
    }
    return all;
}

Tenant save_tenant(Connection& connection, const Tenant& tenant) {
    Known stored = known(connection, tenant.platform, tenant.workspace);
    SqliteOutboxRows rows(connection);
    if (podbrief::tenants::install(stored, tenant, rows)) {
        write(connection, tenant.platform, tenant.workspace, stored);
    }
    return podbrief::tenants::seen(stored).value_or(tenant);
}

bool rotate_tenant(Connection& connection, const std::string& platform, const std::string& workspace,
                   const std::string& former, const Tenant& next) {
    Known stored = known(connection, platform, workspace);
    if (!podbrief::tenants::rotate(stored, former, next)) return false;
    write(connection, platform, workspace, stored);
    return true;
}

bool revoke_tenant(Connection& connection, const std::string& platform, const std::string& workspace,
                   const std::string& note, WallTime at) {
    Known stored = known(connection, platform, workspace);
    SqliteOutboxRows rows(connection);
    const bool was_active = podbrief::tenants::revoke(stored, platform, workspace, note, at, rows);
    write(connection, platform, workspace, stored);
    return was_active;
}

}  // namespace podbrief::sqlite
