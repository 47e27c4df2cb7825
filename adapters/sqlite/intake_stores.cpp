// Each call becomes one job on the thread that fits. What a job needs, it owns.
#include "adapters/sqlite/intake_stores.hpp"

#include "adapters/sqlite/account_rows.hpp"
#include "adapters/sqlite/inbox_rows.hpp"
#include "adapters/sqlite/tenant_rows.hpp"

namespace podbrief::sqlite {

asio::awaitable<std::optional<std::int64_t>> SqliteInbox::accept(Incoming incoming, WallTime now) {
    return threads_.write<std::optional<std::int64_t>>(
        [incoming = std::move(incoming), now](Connection& c) { return sqlite::accept(c, incoming, now); });
}

asio::awaitable<std::vector<InboxStore::Item>> SqliteInbox::claim_items(std::string worker, WallTime now,
                                                                        WallTime lease_until, std::size_t limit) {
    return threads_.write<std::vector<Item>>([worker = std::move(worker), now, lease_until, limit](Connection& c) {
        return sqlite::claim_items(c, worker, now, lease_until, limit);
    });
}

asio::awaitable<void> SqliteInbox::end_other_claims(std::string worker) {
    return threads_.write<void>([worker = std::move(worker)](Connection& c) { sqlite::end_other_claims(c, worker); });
}

asio::awaitable<void> SqliteInbox::close_item(std::int64_t id) {
    return threads_.write<void>([id](Connection& c) { sqlite::close_item(c, id); });
}

asio::awaitable<std::size_t> SqliteInbox::open_items() {
    return threads_.read<std::size_t>([](Connection& c) { return sqlite::open_items(c); });
}

asio::awaitable<int> SqliteInbox::prune_inbox(WallTime before, std::size_t limit) {
    return threads_.write<int>([before, limit](Connection& c) { return sqlite::prune_inbox(c, before, limit); });
}

asio::awaitable<std::optional<AccountRecord>> SqliteAccounts::account(Account account, bool channel) {
    return threads_.read<std::optional<AccountRecord>>(
        [account = std::move(account), channel](Connection& c) { return sqlite::account(c, account, channel); });
}

asio::awaitable<AccountStore::Known> SqliteAccounts::know(AccountRecord record, Reader reader) {
    return threads_.write<Known>([record = std::move(record), reader = std::move(reader)](Connection& c) {
        return sqlite::know(c, record, reader);
    });
}

asio::awaitable<std::vector<AccountRecord>> SqliteAccounts::accounts(ReaderId reader) {
    return threads_.read<std::vector<AccountRecord>>([reader](Connection& c) { return sqlite::accounts(c, reader); });
}

asio::awaitable<void> SqliteAccounts::keep_link_code(ReaderId reader, std::string code_hash, WallTime until) {
    return threads_.write<void>([reader, code_hash = std::move(code_hash), until](Connection& c) {
        sqlite::keep_link_code(c, reader, code_hash, until);
    });
}

asio::awaitable<std::optional<ReaderId>> SqliteAccounts::take_link_code(std::string code_hash, WallTime now) {
    return threads_.write<std::optional<ReaderId>>(
        [code_hash = std::move(code_hash), now](Connection& c) { return sqlite::take_link_code(c, code_hash, now); });
}

asio::awaitable<bool> SqliteAccounts::unite(ReaderId from, ReaderId into, WallTime now) {
    return threads_.write<bool>([from, into, now](Connection& c) { return sqlite::unite(c, from, into, now); });
}

asio::awaitable<std::optional<Onboarding>> SqliteAccounts::onboarding(ReaderId reader) {
    return threads_.read<std::optional<Onboarding>>([reader](Connection& c) { return sqlite::onboarding(c, reader); });
}

asio::awaitable<void> SqliteAccounts::save(Onboarding onboarding) {
    return threads_.write<void>(
        [onboarding = std::move(onboarding)](Connection& c) { save_onboarding(c, onboarding); });
}

asio::awaitable<std::optional<Tenant>> SqliteTenants::tenant(std::string platform, std::string workspace) {
    return threads_.read<std::optional<Tenant>>([platform = std::move(platform), workspace = std::move(workspace)](
                                                    Connection& c) { return sqlite::tenant(c, platform, workspace); });
}

asio::awaitable<std::vector<Tenant>> SqliteTenants::tenants(std::string platform) {
    return threads_.read<std::vector<Tenant>>(
        [platform = std::move(platform)](Connection& c) { return sqlite::tenants(c, platform); });
}

asio::awaitable<Tenant> SqliteTenants::save(Tenant tenant) {
    return threads_.write<Tenant>([tenant = std::move(tenant)](Connection& c) { return save_tenant(c, tenant); });
}

asio::awaitable<bool> SqliteTenants::rotate(std::string platform, std::string workspace, std::string former,
                                            Tenant next) {
    return threads_.write<bool>(
        [platform = std::move(platform), workspace = std::move(workspace), former = std::move(former),
         next = std::move(next)](Connection& c) { return rotate_tenant(c, platform, workspace, former, next); });
}

asio::awaitable<bool> SqliteTenants::revoke(std::string platform, std::string workspace, std::string note,
                                            WallTime at) {
    return threads_.write<bool>([platform = std::move(platform), workspace = std::move(workspace),
                                 note = std::move(note),
                                 at](Connection& c) { return revoke_tenant(c, platform, workspace, note, at); });
}

}  // namespace podbrief::sqlite
