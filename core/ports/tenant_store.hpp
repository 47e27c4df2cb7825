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
    // An installation: inserts or replaces, unless a later one (by installed_at, then changed_at) is there; gives what
    // is there then. A revocation that happened at or after `installed_at` stays, also one of a workspace that was not
    // known when it was told: what came first may be told last. So `state` and `note` are the store's own. A newer
    // installation makes the workspace's destinations active again that were tenant_revoked.
    virtual asio::awaitable<Tenant> save(Tenant tenant) = 0;
    // A new pair of tokens (sealed_token, sealed_refresh, token_expires_at, changed_at of `next`), only if it is active
    // and the sealed refresh token still is `former` (single use): false otherwise.
    virtual asio::awaitable<bool> rotate(std::string platform, std::string workspace, std::string former,
                                         Tenant next) = 0;
    // The tokens are dropped and its active destinations become tenant_revoked, unless it was installed anew after
    // `at`. False: no such tenant (it is remembered, and its destinations are revoked), revoked before (the later note
    // stays), or installed since.
    virtual asio::awaitable<bool> revoke(std::string platform, std::string workspace, std::string note,
                                         WallTime at) = 0;
};

}  // namespace podbrief
