#pragma once
#include <boost/asio/awaitable.hpp>
#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "core/async/turnstile.hpp"
#include "core/ports/clock.hpp"
#include "core/ports/index_snapshot.hpp"
#include "core/ports/library_store.hpp"
#include "core/ports/search_index.hpp"

namespace podbrief::services {

namespace asio = boost::asio;

// Keeps the search index in step with the store by following its change feed: from the beginning at start, or from
// where the snapshot was, then from where it was itself.
class Indexer {
public:
    // `snapshot` may be null: then every start reads the whole library.
    Indexer(LibraryStore& library, SearchIndex& index, IndexSnapshot* snapshot = nullptr)
        : library_(library), index_(index), snapshot_(snapshot) {}

    // Reads what is new; returns how many changes that were. Calls at the same time are harmless, and wait while a
    // snapshot is being saved. Throws StoreFailure.
    asio::awaitable<std::size_t> catch_up();

    // Saves a snapshot if the index has changed since the last one. Searching goes on meanwhile. A disk that does not
    // take it is no failure: the next start is slower.
    asio::awaitable<void> save();
    // Saves every ten minutes, and once more when it is stopped, which is how it ends.
    asio::awaitable<void> keep_saved(Clock& clock);

private:
    asio::awaitable<Turnstile::Turn> enter();
    asio::awaitable<std::size_t> begin();
    asio::awaitable<bool> is_of_this_store(IndexPoint point);
    asio::awaitable<bool> holds_what_the_store_holds();
    asio::awaitable<std::size_t> follow();
    asio::awaitable<void> learn_titles();

    LibraryStore& library_;
    SearchIndex& index_;
    IndexSnapshot* snapshot_;
    std::optional<Turnstile> writing_;  // whoever is in may change the index, or needs it to stay as it is
    bool begun_ = false;
    IndexPoint seen_;   // the last change that is in the index
    IndexPoint saved_;  // the last that is in the snapshot
    std::map<PodcastId, std::string> titles_;
};

}  // namespace podbrief::services
