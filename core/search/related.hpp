#pragma once
#include <cstddef>
#include <optional>
#include <vector>

#include "core/ports/search_index.hpp"
#include "core/search/fuse.hpp"
#include "core/search/meaning.hpp"

namespace podbrief::search {

struct RelatedOptions {
    std::size_t limit = 20;
    std::size_t per_episode = 2;
    std::vector<InsightId> exclude;      // shown before
    Fusion fusion = between_insights();  // of words and meaning; `least_coverage` is told by the insight's words
    std::optional<Meaning> meaning;      // of the insight, in place of what is built in and of `fusion`

    static Fusion between_insights();
};

// What `related` asks the index: the insight's topics, entities and rarest stems; its own episode excluded. With fewer
// words, those go that most insights hold.
SearchQuery related_query(const SearchIndex& index, const Insight& insight, std::size_t most_words = 12);

// Insights that speak of the same thing in other episodes, best first, one per claim cluster, the insight's own
// cluster left out. Weak matches (a single common word, and not near in meaning either) are left out too.
std::vector<SearchHit> related(const SearchIndex& index, const Insight& insight, const RelatedOptions& options);

}  // namespace podbrief::search
