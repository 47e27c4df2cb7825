#include "adapters/web/page_cache.hpp"

namespace podbrief::web {

void PageCache::weigh(Entry& entry) {
    const std::size_t now = entry.page->bytes() + 2 * entry.target.size();
    bytes_ += now - entry.bytes;
    entry.bytes = now;
}

void PageCache::drop(Entries::iterator entry) {
    bytes_ -= entry->bytes;
    by_target_.erase(entry->target);
    entries_.erase(entry);
}

std::shared_ptr<ReadyPage> PageCache::find(std::string_view target, SteadyTime now) {
    const auto found = by_target_.find(target);
    if (found == by_target_.end()) return nullptr;
    const auto entry = found->second;
    if (entry->until <= now) {
        drop(entry);
        return nullptr;
    }
    weigh(*entry);
    entries_.splice(entries_.begin(), entries_, entry);
    return entry->page;
}

void PageCache::keep(std::string target, std::shared_ptr<ReadyPage> page, SteadyTime until) {
    if (const auto known = by_target_.find(target); known != by_target_.end()) drop(known->second);
    // Compressed, it will be about half as large once more.
    if (page->bytes() + page->bytes() / 2 > most_bytes_ / 8) return;
    Entry entry;
    entry.target = std::move(target);
    entry.page = std::move(page);
    entry.until = until;
    entries_.push_front(std::move(entry));
    by_target_.emplace(entries_.front().target, entries_.begin());
    weigh(entries_.front());
    while (bytes_ > most_bytes_ && entries_.size() > 1) drop(std::prev(entries_.end()));
}

void PageCache::clear() {
    by_target_.clear();
    entries_.clear();
    bytes_ = 0;
}

}  // namespace podbrief::web
