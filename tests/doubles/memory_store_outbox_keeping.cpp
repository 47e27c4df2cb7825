// Corrections, inbound events, looking and keeping.
#include <algorithm>

#include "core/ports/outbox_rules.hpp"
#include "tests/doubles/memory_store.hpp"

namespace podbrief::testing {
namespace {

using namespace std::chrono_literals;

}  // namespace

asio::awaitable<bool> MemoryStore::withdraw(InsightId id, std::string reason, WallTime now) {
    const auto insight = insights_.find(id);
    if (insight == insights_.end() || withdrawals_.contains(id)) co_return false;
    withdrawals_.emplace(id, Withdrawn{{id, std::move(reason), now}, true});
    if (!insight->second.superseded) {
        insight->second.superseded = true;
        note_change(id);
    }
    co_return true;
}

asio::awaitable<std::vector<Delivery>> MemoryStore::sent_with(InsightId insight, std::size_t limit) {
    co_return outbox_.sent_with(insight, limit);
}

asio::awaitable<std::vector<OutboxStore::Withdrawal>> MemoryStore::withdrawals(std::vector<InsightId> insights) {
    std::vector<Withdrawal> found;
    for (const InsightId id : insights) {
        if (const auto known = withdrawals_.find(id); known != withdrawals_.end()) found.push_back(known->second.what);
    }
    co_return found;
}

asio::awaitable<std::vector<OutboxStore::Withdrawal>> MemoryStore::open_withdrawals(std::size_t limit) {
    std::vector<Withdrawal> open;
    for (const auto& [id, withdrawn] : withdrawals_) {
        if (withdrawn.open) open.push_back(withdrawn.what);
    }
    std::stable_sort(open.begin(), open.end(), [](const Withdrawal& a, const Withdrawal& b) { return a.at < b.at; });
    if (open.size() > limit) open.resize(limit);
    co_return open;
}

asio::awaitable<void> MemoryStore::close_withdrawal(InsightId insight) {
    if (const auto known = withdrawals_.find(insight); known != withdrawals_.end()) known->second.open = false;
    co_return;
}

asio::awaitable<bool> MemoryStore::first_seen(std::string platform, std::string tenant, std::string event_id,
                                              WallTime now) {
    InboxKey key{std::move(platform), std::move(tenant), std::move(event_id)};
    if (!inbox_.insert(key).second) co_return false;
    inbox_by_time_.emplace(now, std::move(key));
    co_return true;
}

asio::awaitable<std::optional<Delivery>> MemoryStore::sent_as(Destination chat, std::string message_ref) {
    co_return outbox_.sent_as(chat, message_ref);
}

asio::awaitable<std::optional<Delivery>> MemoryStore::delivery_with(std::string key) {
    co_return outbox_.deliveries().with(key);
}

asio::awaitable<std::vector<DestinationRecord>> MemoryStore::destinations_in(Destination chat) {
    std::vector<DestinationRecord> all = outbox_.destinations_in(chat.platform, chat.workspace);
    std::erase_if(all, [&](const DestinationRecord& one) { return one.address.chat != chat.chat; });
    co_return all;
}

asio::awaitable<std::optional<SlotStory>> MemoryStore::story(ReaderId reader, std::string key) {
    co_return outbox_.story(reader, key);
}

asio::awaitable<std::vector<Slot>> MemoryStore::slots(ReaderId reader, std::size_t limit) {
    co_return outbox_.slots(reader, limit);
}

asio::awaitable<OutboxCounts> MemoryStore::outbox_counts() {
    const MemoryDeliveries& deliveries = outbox_.deliveries();
    OutboxCounts counts;
    counts.ready = deliveries.count(DeliveryState::ready) + deliveries.count(DeliveryState::claimed);
    counts.dispatching = deliveries.count(DeliveryState::dispatching);
    counts.unknown = deliveries.count(DeliveryState::unknown) + deliveries.count(DeliveryState::reconciling);
    counts.parked = deliveries.count(DeliveryState::parked);
    if (!deliveries.unfinished().empty()) counts.oldest_due = deliveries.unfinished().begin()->first;
    co_return counts;
}

asio::awaitable<std::vector<Delivery>> MemoryStore::parked(std::size_t limit) {
    std::vector<Delivery> oldest;
    for (const auto& [send_at, id] : outbox_.deliveries().parked()) {
        if (oldest.size() == limit) break;
        oldest.push_back(*outbox_.deliveries().find(id));
    }
    co_return oldest;
}

asio::awaitable<std::string> MemoryStore::note(std::string name) {
    const auto found = notes_.find(name);
    co_return found == notes_.end() ? std::string() : found->second;
}

asio::awaitable<void> MemoryStore::set_note(std::string name, std::string value) {
    notes_[std::move(name)] = std::move(value);
    co_return;
}

asio::awaitable<int> MemoryStore::doubt_all(WallTime now) {
    co_return outbox::doubt_all(outbox_, now);
}

asio::awaitable<int> MemoryStore::prune(WallTime before, WallTime now, std::size_t limit) {
    while (!inbox_by_time_.empty() && inbox_by_time_.begin()->first < now - 25h) {
        inbox_.erase(inbox_by_time_.begin()->second);
        inbox_by_time_.erase(inbox_by_time_.begin());
    }
    co_return outbox_.prune(before, limit);
}

}  // namespace podbrief::testing
