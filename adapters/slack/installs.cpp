#include "adapters/slack/installs.hpp"

#include <boost/asio/this_coro.hpp>

#include "core/ports/store_failure.hpp"

namespace podbrief::slack {
namespace {

constexpr Millis early{2 * 3'600'000};  // an exchange, before the token expires
constexpr Millis believed_for{60'000};  // another process may have exchanged or dropped the token meanwhile
constexpr std::size_t most_known = 20'000;

std::string token_context(const std::string& workspace) {
    return "slack token " + workspace;
}
std::string refresh_context(const std::string& workspace) {
    return "slack refresh " + workspace;
}

}  // namespace

asio::awaitable<Installs::Loaded> Installs::load(std::string workspace) {
    std::string problem;
    try {
        std::optional<Tenant> tenant = co_await ports_.tenants.tenant("slack", workspace);
        if (!tenant) co_return NoToken{"the workspace has not installed us"};
        if (tenant->state == Tenant::State::revoked) co_return NoToken{"the workspace took its token back"};
        co_return std::move(*tenant);
    } catch (const StoreFailure& failure) {
        problem = failure.what();
    }
    ports_.log.error("store failed", {{"what", "slack token"}, {"error", problem}});
    co_return NotNow{"the store does not answer"};
}

AccessResult Installs::learn(const Tenant& tenant) {
    auto token = ports_.box.open(tenant.sealed_token, token_context(tenant.workspace));
    if (!token) {
        ports_.log.error("slack token cannot be opened", {{"workspace", tenant.workspace}});
        return NoToken{"its token was sealed with a key that we do not have"};
    }
    if (known_.size() >= most_known) known_.clear();
    Known known;
    known.access = {std::move(*token), tenant.bot_user};
    known.expires_at = tenant.token_expires_at;
    known.rotates = !tenant.sealed_refresh.empty();
    known.read_at = ports_.clock.steady_now();
    known_[tenant.workspace] = known;
    return known.access;
}

bool Installs::is_due(const Known& known) const {
    return known.rotates && known.expires_at && ports_.clock.wall_now() + early >= *known.expires_at;
}

asio::awaitable<AccessResult> Installs::access(std::string workspace) {
    const auto found = known_.find(workspace);
    if (found != known_.end() && found->second.read_at + believed_for > ports_.clock.steady_now() &&
        !is_due(found->second)) {
        co_return found->second.access;
    }
    Loaded loaded = co_await load(workspace);
    if (const auto* none = std::get_if<NoToken>(&loaded)) {
        known_.erase(workspace);
        co_return *none;
    }
    if (const auto* later = std::get_if<NotNow>(&loaded)) co_return *later;
    AccessResult access = learn(std::get<Tenant>(loaded));
    if (!std::holds_alternative<Access>(access) || !is_due(known_[workspace])) co_return access;
    const std::string token = std::get<Access>(access).token;
    AccessResult fresh = co_await rotate(workspace, token);
    // Where the exchange has to wait, the token is good for as long as it lives.
    if (std::holds_alternative<NotNow>(fresh)) {
        const auto known = known_.find(workspace);
        if (known != known_.end() && known->second.expires_at > ports_.clock.wall_now()) co_return access;
    }
    co_return fresh;
}

asio::awaitable<AccessResult> Installs::replacement(std::string workspace, std::string token, bool expired) {
    known_.erase(workspace);
    Loaded loaded = co_await load(workspace);
    if (const auto* none = std::get_if<NoToken>(&loaded)) co_return *none;
    if (const auto* later = std::get_if<NotNow>(&loaded)) co_return *later;
    AccessResult access = learn(std::get<Tenant>(loaded));
    if (!std::holds_alternative<Access>(access) || std::get<Access>(access).token != token) co_return access;
    if (!expired || !known_[workspace].rotates) co_return access;
    co_return co_await rotate(workspace, token);
}

asio::awaitable<std::vector<std::string>> Installs::workspaces() {
    std::vector<std::string> out;
    try {
        const std::vector<Tenant> all = co_await ports_.tenants.tenants("slack");
        for (const Tenant& tenant : all) {
            if (tenant.state == Tenant::State::active) out.push_back(tenant.workspace);
        }
    } catch (const StoreFailure& failure) {
        ports_.log.error("store failed", {{"what", "slack workspaces"}, {"error", failure.what()}});
    }
    co_return out;
}

Turnstile& Installs::turnstile(const std::string& workspace) {
    auto& one = turnstiles_[workspace];
    if (!one) one = std::make_unique<Turnstile>(ports_.executor);
    return *one;
}

// Another token than `token`: somebody else may have fetched it while we waited for our turn.
asio::awaitable<AccessResult> Installs::rotate(std::string workspace, std::string token) {
    const Turnstile::Turn turn = co_await turnstile(workspace).enter();
    Loaded loaded = co_await load(workspace);
    if (const auto* none = std::get_if<NoToken>(&loaded)) co_return *none;
    if (const auto* later = std::get_if<NotNow>(&loaded)) co_return *later;
    Tenant tenant = std::get<Tenant>(std::move(loaded));
    AccessResult access = learn(tenant);
    if (!std::holds_alternative<Access>(access) || std::get<Access>(access).token != token) co_return access;
    // A refresh token opens once: the pair it gives must reach the store.
    co_await asio::this_coro::reset_cancellation_state(asio::disable_cancellation());
    AccessResult fresh = co_await exchange(std::move(tenant));
    co_await asio::this_coro::reset_cancellation_state(asio::enable_terminal_cancellation());
    co_return fresh;
}

asio::awaitable<AccessResult> Installs::exchange(Tenant tenant) {
    const std::string workspace = tenant.workspace;
    const std::string former = tenant.sealed_refresh;
    const auto refresh = ports_.box.open(former, refresh_context(workspace));
    if (!refresh) co_return NoToken{"its refresh token was sealed with a key that we do not have"};
    std::vector<FormField> fields{{"grant_type", "refresh_token"}, {"refresh_token", *refresh}};
    const Answered answered = co_await ask_for_grant(ports_.http, ports_.clock, options_, std::move(fields));
    std::optional<Grant> grant;
    if (const Answer* answer = good(answered)) grant = grant_of(*answer);
    if (!grant || grant->refresh.empty()) {
        const std::string problem = problem_of(answered);
        ports_.metrics.count("slack_token_exchanges_total", "failed");
        ports_.log.warning("slack token was not exchanged", {{"workspace", workspace}, {"problem", problem}});
        const auto* answer = std::get_if<Answer>(&answered);
        const bool refused = answer != nullptr && answer->readable && !answer->ok && answer->status < 300 &&
                             answer->error != "internal_error" && answer->error != "fatal_error" &&
                             answer->error != "ratelimited";
        if (refused) co_return NoToken{"its token cannot be renewed: " + problem};
        co_return NotNow{"the token could not be renewed yet"};
    }
    seal(tenant, *grant);
    std::string problem;
    try {
        Tenant next = tenant;
        const bool stored = co_await ports_.tenants.rotate("slack", workspace, former, std::move(next));
        ports_.metrics.count("slack_token_exchanges_total", stored ? "done" : "overtaken");
        if (stored) co_return learn(tenant);
        Loaded loaded = co_await load(workspace);
        if (const auto* other = std::get_if<Tenant>(&loaded)) co_return learn(*other);
    } catch (const StoreFailure& failure) {
        problem = failure.what();
    }
    ports_.log.error("slack token was exchanged but not stored", {{"workspace", workspace}, {"error", problem}});
    co_return NotNow{"the new token could not be stored"};
}

void Installs::seal(Tenant& tenant, const Grant& grant) const {
    const WallTime now = ports_.clock.wall_now();
    tenant.sealed_token = ports_.box.seal(grant.token, token_context(tenant.workspace));
    tenant.sealed_refresh =
        grant.refresh.empty() ? std::string() : ports_.box.seal(grant.refresh, refresh_context(tenant.workspace));
    tenant.token_expires_at.reset();
    if (grant.lives) tenant.token_expires_at = now + *grant.lives;
    tenant.changed_at = now;
}

asio::awaitable<void> Installs::keep(Grant grant) {
    Tenant tenant;
    tenant.platform = "slack";
    tenant.workspace = grant.workspace;
    tenant.name = grant.name;
    tenant.bot_user = grant.bot_user;
    tenant.app = grant.app;
    tenant.scopes = grant.scopes;
    tenant.installed_by = grant.user;
    tenant.installed_at = ports_.clock.wall_now();
    seal(tenant, grant);
    const std::string workspace = tenant.workspace;
    co_await ports_.tenants.save(std::move(tenant));
    forget(workspace);
}

}  // namespace podbrief::slack
