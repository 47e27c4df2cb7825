#include "core/ports/tenant_rules.hpp"

#include <utility>

#include "core/ports/outbox_rules.hpp"

namespace podbrief::tenants {
namespace {

bool is_revoked(const Known& known) {
    return known.revoked_at && (!known.installed || *known.revoked_at >= known.installed->installed_at);
}

bool is_active(const Known& known) {
    return known.installed && !is_revoked(known);
}

void drop_tokens(Known& known) {
    if (!known.installed || !is_revoked(known)) return;
    known.installed->sealed_token.clear();
    known.installed->sealed_refresh.clear();
    known.installed->token_expires_at.reset();
}

}  // namespace

std::optional<Tenant> seen(const Known& known) {
    std::optional<Tenant> tenant = known.installed;
    if (!tenant || !is_revoked(known)) return tenant;
    tenant->state = Tenant::State::revoked;
    tenant->note = known.note;
    tenant->changed_at = *known.revoked_at;
    return tenant;
}

bool install(Known& known, Tenant tenant, OutboxRows& rows) {
    const auto time = [](const Tenant& t) { return std::pair(t.installed_at, t.changed_at); };
    // Of one installation: as it was before its tokens were rotated.
    if (known.installed && time(*known.installed) > time(tenant)) return false;
    const bool anew = !known.installed || known.installed->installed_at < tenant.installed_at;
    tenant.state = Tenant::State::active;
    tenant.note.clear();
    known.installed = std::move(tenant);
    drop_tokens(known);
    const Tenant& now = *known.installed;
    if (anew && is_active(known)) outbox::tenant_installed(rows, now.platform, now.workspace, now.installed_at);
    return true;
}

bool rotate(Known& known, const std::string& former, const Tenant& next) {
    if (!is_active(known) || known.installed->sealed_refresh != former) return false;
    known.installed->sealed_token = next.sealed_token;
    known.installed->sealed_refresh = next.sealed_refresh;
    known.installed->token_expires_at = next.token_expires_at;
    known.installed->changed_at = next.changed_at;
    return true;
}

bool revoke(Known& known, const std::string& platform, const std::string& workspace, const std::string& note,
            WallTime at, OutboxRows& rows) {
    const bool was_active = is_active(known);
    // Two at the same time: whichever is told first, the same note stays.
    if (!known.revoked_at || std::pair(at, note) > std::pair(*known.revoked_at, known.note)) {
        known.revoked_at = at;
        known.note = note;
    }
    if (!is_revoked(known)) return false;
    drop_tokens(known);
    outbox::tenant_revoked(rows, platform, workspace, note, at);
    return was_active;
}

}  // namespace podbrief::tenants
