#pragma once
#include <optional>
#include <string>

#include "core/model/tenant.hpp"
#include "core/ports/outbox_rows.hpp"

// What the calls of TenantStore do, for every store. What happened to a workspace is told late, twice and in any order;
// the latest installation and the latest revocation are kept, and the later of the two decides: so every order of
// telling ends in the same state.
namespace podbrief::tenants {

// What is kept of a workspace.
struct Known {
    std::optional<Tenant> installed;     // the latest installation; nullopt: only a revocation was told so far
    std::optional<WallTime> revoked_at;  // the latest revocation
    std::string note;                    // why
};

// As TenantStore gives it; nullopt: never installed.
std::optional<Tenant> seen(const Known& known);

// False: an installation told late; nothing changed.
bool install(Known& known, Tenant tenant, OutboxRows& rows);
bool rotate(Known& known, const std::string& former, const Tenant& next);
bool revoke(Known& known, const std::string& platform, const std::string& workspace, const std::string& note,
            WallTime at, OutboxRows& rows);

}  // namespace podbrief::tenants
