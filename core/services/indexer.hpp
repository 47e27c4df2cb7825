#pragma once
#include <boost/asio/awaitable.hpp>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "core/ports/library_store.hpp"
#include "core/ports/search_index.hpp"

namespace podbrief::services {

namespace asio = boost::asio;

// Whoever else goes by the change feed.
class ChangeListener {
public:
    virtual ~ChangeListener() = default;
    // In the order of the feed, after the index took it. Must not wait.
    virtual void heard(const InsightChange& change) = 0;
    // A transcript was read of which no insight was made, so the feed says nothing of it. Must not wait either.
    virtual void heard_without_insights(const Episode&) {}
};

// Keeps the search index in step with the store by following its change feed: from the beginning at start, then from
// where it was.
class Indexer {
public:
    Indexer(LibraryStore& library, SearchIndex& index) : library_(library), index_(index) {}

    // Hears every change that is read from now on. Before the first catch_up; it must outlive this.
    void tell(ChangeListener& listener) { listeners_.push_back(&listener); }

    void tell_without_insights(const Episode& episode) {
        for (ChangeListener* listener : listeners_) listener->heard_without_insights(episode);
    }

    // Reads what is new; returns how many changes that were. Calls at the same time are harmless. Throws StoreFailure.
    asio::awaitable<std::size_t> catch_up();

private:
    asio::awaitable<void> learn_titles();

    LibraryStore& library_;
    SearchIndex& index_;
    std::int64_t seen_ = 0;  // sequence of the last change that is in the index
    std::map<PodcastId, std::string> titles_;
    std::vector<ChangeListener*> listeners_;
};

}  // namespace podbrief::services
