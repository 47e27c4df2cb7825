#include "tests/doubles/memory_inbox.hpp"

namespace podbrief::testing {

std::optional<std::int64_t> MemoryInbox::accept(Incoming incoming, WallTime now) {
    const std::int64_t id = last_ + 1;
    if (!keys_.emplace(Key{incoming.platform, incoming.tenant, incoming.event_id}, id).second) return std::nullopt;
    last_ = id;
    open_.insert(id);
    by_conversation_[to_string(incoming.where)].insert(id);
    Row row;
    row.item = {id, std::move(incoming), now, 0};
    rows_.emplace(id, std::move(row));
    return id;
}

std::vector<InboxStore::Item> MemoryInbox::claim(const std::string& worker, WallTime now, WallTime lease_until,
                                                 std::size_t limit) {
    std::vector<InboxStore::Item> claimed;
    for (const std::int64_t id : open_) {
        if (claimed.size() == limit) break;
        Row& row = rows_.at(id);
        if (row.lease_until > now) continue;
        if (*by_conversation_.at(to_string(row.item.incoming.where)).begin() != id) continue;
        claimed.push_back(row.item);
        row.item.tries++;
        row.worker = worker;
        row.lease_until = lease_until;
    }
    return claimed;
}

void MemoryInbox::end_other_claims(const std::string& worker) {
    for (const std::int64_t id : open_) {
        Row& row = rows_.at(id);
        if (row.worker != worker) row.lease_until = {};
    }
}

void MemoryInbox::close(std::int64_t id) {
    if (open_.erase(id) == 0) return;
    Row& row = rows_.at(id);
    const auto conversation = by_conversation_.find(to_string(row.item.incoming.where));
    conversation->second.erase(id);
    if (conversation->second.empty()) by_conversation_.erase(conversation);
    Incoming kept;
    kept.platform = row.item.incoming.platform;
    kept.tenant = row.item.incoming.tenant;
    kept.event_id = row.item.incoming.event_id;
    row.item.incoming = std::move(kept);
    row.open = false;
    closed_.emplace(row.item.accepted_at, id);
}

void MemoryInbox::close_if(const std::function<bool(const Incoming&)>& concerned) {
    for (const std::int64_t id : std::set<std::int64_t>(open_)) {
        if (concerned(rows_.at(id).item.incoming)) close(id);
    }
}

int MemoryInbox::prune(WallTime before, std::size_t limit) {
    int pruned = 0;
    while (!closed_.empty() && closed_.begin()->first < before && static_cast<std::size_t>(pruned) < limit) {
        const std::int64_t id = closed_.begin()->second;
        const Incoming& incoming = rows_.at(id).item.incoming;
        keys_.erase(Key{incoming.platform, incoming.tenant, incoming.event_id});
        rows_.erase(id);
        closed_.erase(closed_.begin());
        pruned++;
    }
    return pruned;
}

}  // namespace podbrief::testing
