#pragma once
#include <boost/asio/awaitable.hpp>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/async/turnstile.hpp"
#include "core/ports/clock.hpp"
#include "core/ports/index_snapshot.hpp"
#include "core/ports/library_store.hpp"
#include "core/ports/search_index.hpp"

namespace podbrief::services {

namespace asio = boost::asio;

// Whoever else goes by the change feed.
class ChangeListener {
public:
    virtual ~ChangeListener() = default;
    // After the index took it, in the order of the feed; but what a snapshot held may be told later than what is newer.
    // Must not wait.
    virtual void heard(const InsightChange& change) = 0;
    // A transcript was read of which no insight was made, so the feed says nothing of it. Must not wait either.
    virtual void heard_without_insights(const Episode&) {}
};

// Keeps the search index in step with the store by following its change feed: from the beginning at start, or from
// where the snapshot was, then from where it was itself.
class Indexer {
public:
    // `snapshot` may be null: then every start reads the whole library.
    Indexer(LibraryStore& library, SearchIndex& index, IndexSnapshot* snapshot = nullptr)
        : library_(library), index_(index), snapshot_(snapshot) {}

    // Hears all changes, those that a snapshot saved us from reading too. Before the first catch_up; it must outlive
    // this.
    void tell(ChangeListener& listener) { listeners_.push_back(&listener); }
    // What was in the snapshot is told by keep_saved, not before the first catch_up is done: a server begins at once.
    void tell_later() { tells_later_ = true; }

    void tell_without_insights(const Episode& episode) {
        for (ChangeListener* listener : listeners_) listener->heard_without_insights(episode);
    }

    // Reads what is new; returns how many changes that were. Calls at the same time are harmless, and wait while a
    // snapshot is being saved. Throws StoreFailure.
    asio::awaitable<std::size_t> catch_up();

    // Saves a snapshot if the index has changed since the last one. Searching goes on meanwhile. A disk that does not
    // take it is no failure: the next start is slower.
    asio::awaitable<void> save();
    // Tells what was put off, then saves every ten minutes, and once more when it is stopped, which is how it ends.
    asio::awaitable<void> keep_saved(Clock& clock);

private:
    asio::awaitable<Turnstile::Turn> enter();
    asio::awaitable<std::size_t> begin();
    asio::awaitable<bool> is_of_this_store(IndexPoint point);
    asio::awaitable<bool> holds_what_the_store_holds();
    asio::awaitable<std::size_t> follow();
    asio::awaitable<void> tell_past();
    asio::awaitable<void> learn_titles();

    LibraryStore& library_;
    SearchIndex& index_;
    IndexSnapshot* snapshot_;
    std::optional<Turnstile> writing_;  // whoever is in may change the index, or needs it to stay as it is
    bool begun_ = false;
    IndexPoint seen_;   // the last change that is in the index
    IndexPoint saved_;  // the last that is in the snapshot
    std::map<PodcastId, std::string> titles_;
    std::vector<ChangeListener*> listeners_;
    bool tells_later_ = false;
    std::int64_t untold_ = 0;  // up to which change the listeners have heard nothing; 0: all was told
};

}  // namespace podbrief::services
