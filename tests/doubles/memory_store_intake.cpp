// What comes in, who is who, and the workspaces that gave us a token.
#include "core/ports/account_rules.hpp"
#include "core/ports/outbox_rules.hpp"
#include "tests/doubles/memory_store.hpp"

namespace podbrief::testing {

asio::awaitable<std::optional<std::int64_t>> MemoryStore::accept(Incoming incoming, WallTime now) {
    co_return inbound_.accept(std::move(incoming), now);
}

asio::awaitable<std::vector<InboxStore::Item>> MemoryStore::claim_items(std::string worker, WallTime now,
                                                                        WallTime lease_until, std::size_t limit) {
    co_return inbound_.claim(worker, now, lease_until, limit);
}

asio::awaitable<void> MemoryStore::end_other_claims(std::string worker) {
    inbound_.end_other_claims(worker);
    co_return;
}

asio::awaitable<void> MemoryStore::close_item(std::int64_t id) {
    inbound_.close(id);
    co_return;
}

asio::awaitable<std::size_t> MemoryStore::open_items() {
    co_return inbound_.open_items();
}

asio::awaitable<int> MemoryStore::prune_inbox(WallTime before, std::size_t limit) {
    co_return inbound_.prune(before, limit);
}

asio::awaitable<std::optional<AccountRecord>> MemoryStore::account(Account account, bool channel) {
    co_return accounts_.find(account, channel);
}

asio::awaitable<AccountStore::Known> MemoryStore::know(AccountRecord record, Reader reader) {
    if (auto stored = accounts_.find(record.account, record.channel)) {
        Reader of = readers_.at(stored->reader);
        co_return Known{*std::move(stored), std::move(of), false};
    }
    reader.name = accounts::free_name(reader.name, [&](const std::string& n) { return reader_names_.contains(n); });
    reader = insert(std::move(reader));
    record.reader = reader.id;
    accounts_.insert(record);
    co_return Known{std::move(record), std::move(reader), true};
}

asio::awaitable<std::vector<AccountRecord>> MemoryStore::accounts(ReaderId reader) {
    co_return accounts_.of(reader);
}

asio::awaitable<void> MemoryStore::keep_link_code(ReaderId reader, std::string code_hash, WallTime until) {
    if (readers_.contains(reader)) accounts_.keep_code(reader, std::move(code_hash), until);
    co_return;
}

asio::awaitable<std::optional<ReaderId>> MemoryStore::take_link_code(std::string code_hash, WallTime now) {
    co_return accounts_.take_code(code_hash, now);
}

asio::awaitable<bool> MemoryStore::unite(ReaderId from, ReaderId into, WallTime now) {
    const auto ends = readers_.find(from);
    const auto stays = readers_.find(into);
    if (from == into || ends == readers_.end() || stays == readers_.end()) co_return false;
    outbox::hand_over(outbox_, from, into, now);
    accounts_.hand_over(from, into);
    keys_.hand_over(from, into);
    std::map<FeedbackKey, WallTime> said;
    for (const auto& [key, at] : feedback_) {
        const auto& [of, insight, kind] = key;
        WallTime& newest = said[FeedbackKey{of == from ? into : of, insight, kind}];
        newest = std::max(newest, at);
    }
    feedback_ = std::move(said);
    for (auto& [key, conversation] : conversations_) {
        if (conversation.reader == from) conversation.reader = into;
    }
    stays->second.profile = accounts::united(std::move(stays->second.profile), ends->second.profile);
    end(from);
    co_return true;
}

asio::awaitable<std::optional<Onboarding>> MemoryStore::onboarding(ReaderId reader) {
    co_return accounts_.onboarding(reader);
}

asio::awaitable<void> MemoryStore::save(Onboarding onboarding) {
    if (readers_.contains(onboarding.reader)) accounts_.save(std::move(onboarding));
    co_return;
}

asio::awaitable<std::optional<Tenant>> MemoryStore::tenant(std::string platform, std::string workspace) {
    const auto found = tenants_.find({platform, workspace});
    if (found == tenants_.end()) co_return std::nullopt;
    co_return tenants::seen(found->second);
}

asio::awaitable<std::vector<Tenant>> MemoryStore::tenants(std::string platform) {
    std::vector<Tenant> all;
    for (const auto& [key, known] : tenants_) {
        if (key.first != platform) continue;
        if (auto tenant = tenants::seen(known)) all.push_back(*std::move(tenant));
    }
    co_return all;
}

asio::awaitable<Tenant> MemoryStore::save(Tenant tenant) {
    tenants::Known& known = tenants_[{tenant.platform, tenant.workspace}];
    tenants::install(known, std::move(tenant), outbox_);
    co_return *tenants::seen(known);
}

asio::awaitable<bool> MemoryStore::rotate(std::string platform, std::string workspace, std::string former,
                                          Tenant next) {
    const auto found = tenants_.find({platform, workspace});
    co_return found != tenants_.end() && tenants::rotate(found->second, former, next);
}

asio::awaitable<bool> MemoryStore::revoke(std::string platform, std::string workspace, std::string note, WallTime at) {
    co_return tenants::revoke(tenants_[{platform, workspace}], platform, workspace, note, at, outbox_);
}

}  // namespace podbrief::testing
