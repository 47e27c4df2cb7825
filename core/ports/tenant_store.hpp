#pragma once
#include <boost/asio/awaitable.hpp>
#include <optional>
#include <string>
#include <vector>

#include "core/model/tenant.hpp"

namespace podbrief {

namespace asio = boost::asio;

// Promises as LibraryStore; every call is one transaction.
class TenantStore {
public:
    virtual ~TenantStore() = default;
    virtual asio::awaitable<std::optional<Tenant>> tenant(std::string platform, std::string workspace) = 0;
    virtual asio::awaitable<std::vector<Tenant>> tenants(std::string platform) = 0;  // by workspace
    // Inserts or replaces. A revocation that happened after `installed_at` stays: what came first may be told last.
    virtual asio::awaitable<Tenant> save(Tenant tenant) = 0;
    // A new pair of tokens, only if the sealed refresh token still is `former` (single use): false otherwise.
    virtual asio::awaitable<bool> rotate(std::string platform, std::string workspace, std::string former,
                                         Tenant next) = 0;
    // The token is dropped and its destinations become tenant_revoked, unless it was installed anew after `at`.
    // False: no such tenant, revoked before, or installed since.
    virtual asio::awaitable<bool> revoke(std::string platform, std::string workspace, std::string note,
                                         WallTime at) = 0;
};

}  // namespace podbrief
