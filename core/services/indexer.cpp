#include "core/services/indexer.hpp"

namespace podbrief::services {

asio::awaitable<void> Indexer::learn_titles() {
    for (auto& [podcast, poll] : co_await library_.subscriptions()) titles_[podcast.id] = std::move(podcast.title);
}

asio::awaitable<std::size_t> Indexer::catch_up() {
    constexpr std::size_t page = 1000;
    std::size_t count = 0;
    for (;;) {
        const auto changes = co_await library_.changes_since(seen_, page);
        bool stranger = false;
        for (const auto& change : changes) stranger |= !titles_.contains(change.insight.podcast);
        if (stranger) co_await learn_titles();
        for (const auto& change : changes) {
            if (change.sequence <= seen_) continue;  // another call was faster
            if (change.insight.superseded) {
                index_.erase(change.insight.id);
            } else {
                index_.put(change.insight, titles_[change.insight.podcast]);
            }
            for (ChangeListener* listener : listeners_) listener->heard(change);
            seen_ = change.sequence;
            ++count;
        }
        if (changes.size() < page) co_return count;
    }
}

}  // namespace podbrief::services
