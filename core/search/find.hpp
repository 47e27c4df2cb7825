#pragma once
#include <cstddef>
#include <optional>
#include <vector>

#include "core/ports/search_index.hpp"
#include "core/search/fuse.hpp"
#include "core/search/meaning.hpp"
#include "core/search/understand.hpp"

namespace podbrief::search {

struct FindOptions {
    std::size_t limit = 5;
    WallTime now{};                  // for recency, a light touch; epoch: recency does not count
    std::size_t per_episode = 2;     // more of one episode come only after all others
    Fusion fusion;                   // of words and meaning; what is far in both is nonsense: left out
    std::optional<Meaning> meaning;  // of the query's topic, in place of what is built in and of `fusion`
    std::optional<PodcastId> podcast;
    std::string speaker;  // folded; empty: any
    std::optional<WallTime> published_from;
    std::optional<WallTime> published_until;
    std::vector<InsightId> exclude;  // shown before: neither they nor others of their claim clusters come back
    std::vector<ClaimClusterId> exclude_clusters;
};

struct Found {
    std::vector<SearchHit> hits;  // best first, one per claim cluster; `score` has recency in it
    std::size_t more = 0;         // how many good ones there are beyond `limit`, among the 100 best that are looked at
};

// Insights on a topic, for `more on <topic>`: those that hold its words, and, where the index has vectors, those that
// mean much the same. Nothing rather than nonsense: empty when no insight holds or means enough of what was asked.
Found find(const SearchIndex& index, const UnderstoodQuery& query, const FindOptions& options);

}  // namespace podbrief::search
