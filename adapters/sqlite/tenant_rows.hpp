#pragma once
#include <optional>
#include <string>
#include <vector>

#include "adapters/sqlite/connection.hpp"
#include "core/ports/tenant_store.hpp"

// The statements behind TenantStore; each is called within a transaction.
namespace podbrief::sqlite {

std::optional<Tenant> tenant(Connection& connection, const std::string& platform, const std::string& workspace);
std::vector<Tenant> tenants(Connection& connection, const std::string& platform);
Tenant save_tenant(Connection& connection, const Tenant& tenant);
bool rotate_tenant(Connection& connection, const std::string& platform, const std::string& workspace,
                   const std::string& former, const Tenant& next);
bool revoke_tenant(Connection& connection, const std::string& platform, const std::string& workspace,
                   const std::string& note, WallTime at);

}  // namespace podbrief::sqlite
