#include "core/services/indexer.hpp"

#include <boost/asio/cancellation_state.hpp>
#include <boost/asio/this_coro.hpp>
#include <utility>

namespace podbrief::services {
namespace {

constexpr std::chrono::minutes between_snapshots{10};
constexpr std::size_t page = 1000;

}  // namespace

asio::awaitable<void> Indexer::learn_titles() {
    for (auto& [podcast, poll] : co_await library_.subscriptions()) titles_[podcast.id] = std::move(podcast.title);
}

asio::awaitable<Turnstile::Turn> Indexer::enter() {
    if (!writing_) writing_.emplace(co_await asio::this_coro::executor);
    co_return co_await writing_->enter();
}

asio::awaitable<std::size_t> Indexer::catch_up() {
    const Turnstile::Turn turn = co_await enter();
    std::size_t count = 0;
    if (!begun_) count = co_await begin();
    co_return count + co_await follow();
}

asio::awaitable<std::size_t> Indexer::follow() {
    std::size_t count = 0;
    for (;;) {
        const auto changes = co_await library_.changes_since(seen_.sequence, page);
        bool stranger = false;
        for (const auto& change : changes) stranger |= !titles_.contains(change.insight.podcast);
        if (stranger) co_await learn_titles();
        for (const auto& change : changes) {
            if (change.insight.superseded) {
                index_.erase(change.insight.id);
            } else {
                index_.put(change.insight, titles_[change.insight.podcast]);
            }
            for (ChangeListener* listener : listeners_) listener->heard(change);
            seen_ = {change.sequence, change.insight.id};
            ++count;
        }
        if (changes.size() < page) co_return count;
    }
}

// Takes the snapshot over if it is one of this store, and not ahead of it: after a power cut or a restored backup the
// store may have forgotten what the snapshot knows, and gives the same numbers to other changes.
asio::awaitable<std::size_t> Indexer::begin() {
    std::optional<IndexPoint> point;
    if (snapshot_ != nullptr) point = co_await snapshot_->load();
    bool taken = false;
    if (point) taken = co_await is_of_this_store(*point);
    std::size_t count = 0;
    if (taken) {
        snapshot_->adopt();
        seen_ = saved_ = *point;
        count = co_await follow();
        if (co_await holds_what_the_store_holds()) {
            untold_ = listeners_.empty() ? 0 : point->sequence;
        } else {
            snapshot_->adopt();  // nothing is loaded any more: an empty index
            seen_ = saved_ = {};
            count = 0;
        }
    }
    begun_ = true;
    if (!tells_later_) co_await tell_past();
    co_return count;
}

// What is in the snapshot was not read from the feed, and those who listen want to hear of it too.
asio::awaitable<void> Indexer::tell_past() {
    const std::int64_t last = std::exchange(untold_, 0);
    for (std::int64_t at = 0; at < last;) {
        const auto changes = co_await library_.changes_since(at, page);
        if (changes.empty()) co_return;
        for (const InsightChange& change : changes) {
            if (change.sequence > last) co_return;  // heard of as it was read
            for (ChangeListener* listener : listeners_) listener->heard(change);
        }
        at = changes.back().sequence;
    }
}

asio::awaitable<bool> Indexer::is_of_this_store(IndexPoint point) {
    if (point.sequence <= 0) co_return false;
    const auto next = co_await library_.changes_since(point.sequence - 1, 1);
    if (next.empty()) co_return false;
    // When the insight changed once more, its later change stands for both.
    co_return next.front().sequence > point.sequence || next.front().insight.id == point.insight;
}

// A last look, for whatever was not thought of. Another process may store something between the two looks.
asio::awaitable<bool> Indexer::holds_what_the_store_holds() {
    for (int attempt = 0; attempt < 3; ++attempt) {
        const LibraryCounts counts = co_await library_.counts();
        if (counts.insights == static_cast<std::int64_t>(index_.size())) co_return true;
        const std::size_t missed = co_await follow();
        if (missed == 0 && attempt > 0) co_return false;
    }
    co_return false;
}

asio::awaitable<void> Indexer::save() {
    if (snapshot_ == nullptr) co_return;
    const Turnstile::Turn turn = co_await enter();
    if (seen_ == saved_) co_return;
    const IndexPoint point = seen_;
    const bool saved = co_await snapshot_->save(point);
    if (saved) saved_ = point;
}

asio::awaitable<void> Indexer::keep_saved(Clock& clock) {
    std::exception_ptr stopped;
    try {
        co_await tell_past();
        for (;;) {
            co_await clock.sleep_for(between_snapshots);
            co_await save();
        }
    } catch (...) {
        stopped = std::current_exception();
    }
    co_await asio::this_coro::reset_cancellation_state(asio::disable_cancellation());
    co_await save();
    std::rethrow_exception(stopped);
}

}  // namespace podbrief::services
