#pragma once
#include "adapters/sqlite/stores.hpp"
#include "core/ports/account_store.hpp"
#include "core/ports/inbox_store.hpp"
#include "core/ports/tenant_store.hpp"

namespace podbrief::sqlite {

class SqliteInbox final : public InboxStore {
public:
    explicit SqliteInbox(Threads threads) : threads_(std::move(threads)) {}

    asio::awaitable<std::optional<std::int64_t>> accept(Incoming incoming, WallTime now) override;
    asio::awaitable<std::vector<Item>> claim_items(std::string worker, WallTime now, WallTime lease_until,
                                                   std::size_t limit) override;
    asio::awaitable<void> end_other_claims(std::string worker) override;
    asio::awaitable<void> close_item(std::int64_t id) override;
    asio::awaitable<std::size_t> open_items() override;
    asio::awaitable<int> prune_inbox(WallTime before, std::size_t limit) override;

private:
    Threads threads_;
};

class SqliteAccounts final : public AccountStore {
public:
    explicit SqliteAccounts(Threads threads) : threads_(std::move(threads)) {}

    asio::awaitable<std::optional<AccountRecord>> account(Account account, bool channel) override;
    asio::awaitable<Known> know(AccountRecord record, Reader reader) override;
    asio::awaitable<std::vector<AccountRecord>> accounts(ReaderId reader) override;
    asio::awaitable<void> keep_link_code(ReaderId reader, std::string code_hash, WallTime until) override;
    asio::awaitable<std::optional<ReaderId>> take_link_code(std::string code_hash, WallTime now) override;
    asio::awaitable<bool> unite(ReaderId from, ReaderId into, WallTime now) override;
    asio::awaitable<std::optional<Onboarding>> onboarding(ReaderId reader) override;
    asio::awaitable<void> save(Onboarding onboarding) override;

private:
    Threads threads_;
};

class SqliteTenants final : public TenantStore {
public:
    explicit SqliteTenants(Threads threads) : threads_(std::move(threads)) {}

    asio::awaitable<std::optional<Tenant>> tenant(std::string platform, std::string workspace) override;
    asio::awaitable<std::vector<Tenant>> tenants(std::string platform) override;
    asio::awaitable<Tenant> save(Tenant tenant) override;
    asio::awaitable<bool> rotate(std::string platform, std::string workspace, std::string former, Tenant next) override;
    asio::awaitable<bool> revoke(std::string platform, std::string workspace, std::string note, WallTime at) override;

private:
    Threads threads_;
};

}  // namespace podbrief::sqlite
