#pragma once
#include <boost/asio/any_io_executor.hpp>
#include <map>
#include <memory>
#include <string>

#include "adapters/slack/grants.hpp"
#include "adapters/slack/tokens.hpp"
#include "core/async/turnstile.hpp"
#include "core/crypto/secret_box.hpp"
#include "core/ports/log.hpp"
#include "core/ports/metrics.hpp"
#include "core/ports/tenant_store.hpp"

namespace podbrief::slack {

// The workspaces that installed us, with their tokens: sealed in the TenantStore, open only here. Tokens that rotate
// are exchanged 2 h before they expire, one exchange at a time for each workspace; the new pair is stored before it is
// used, and an exchange that has begun is not abandoned.
class Installs final : public Tokens {
public:
    struct Ports {
        asio::any_io_executor executor;
        HttpClient& http;
        Clock& clock;
        TenantStore& tenants;
        const crypto::SecretBox& box;
        Log& log;
        Metrics& metrics;
    };
    Installs(Ports ports, const Options& options) : ports_(std::move(ports)), options_(options) {}

    asio::awaitable<AccessResult> access(std::string workspace) override;
    asio::awaitable<AccessResult> replacement(std::string workspace, std::string token, bool expired) override;
    void forget(const std::string& workspace) override { known_.erase(workspace); }
    asio::awaitable<std::vector<std::string>> workspaces() override;

    // A workspace gave us a token. Throws StoreFailure.
    asio::awaitable<void> keep(Grant grant);

private:
    struct Known {
        Access access;
        std::optional<WallTime> expires_at;
        bool rotates = false;
        SteadyTime read_at{};
    };
    using Loaded = std::variant<Tenant, NoToken, NotNow>;
    asio::awaitable<Loaded> load(std::string workspace);
    AccessResult learn(const Tenant& tenant);
    asio::awaitable<AccessResult> rotate(std::string workspace, std::string token);
    asio::awaitable<AccessResult> exchange(Tenant tenant);
    Turnstile& turnstile(const std::string& workspace);
    bool is_due(const Known& known) const;
    void seal(Tenant& tenant, const Grant& grant) const;

    Ports ports_;
    const Options& options_;
    std::map<std::string, Known> known_;
    std::map<std::string, std::unique_ptr<Turnstile>> turnstiles_;
};

}  // namespace podbrief::slack
