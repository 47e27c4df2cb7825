#pragma once
#include <vector>

#include "adapters/index/memory_index.hpp"
#include "adapters/index/query_plan.hpp"

namespace podbrief::index {

// SearchIndex::search over an inverted index.
//
// Insights are looked at in windows small enough for the first-level cache, the newest window first: so what comes
// later loses where scores are equal. In each window the highest worth noted for each stretch of each list bounds what
// a group of words adds there (the best of a group counts, so its bound is the greatest of theirs). Groups that
// together cannot lift an insight among the best are not walked through: they are asked only about insights that hold
// another one (MaxScore, by blocks: Chakrabarti, Chaudhuri, Ganti, "Interval-based pruning for top-k processing over
// compressed lists", 2011; Dimopoulos, Nepomnyachiy, Suel, "Optimizing top-k document retrieval strategies for
// block-max indexes", 2013). Scores are whole numbers, so the result is that of scoring everything, to the last bit.
// A query with phrases goes through the rarest word of them instead. Filters are asked only of insights that would
// get in.
std::vector<SearchHit> search(const Library& library, const SearchQuery& query, std::size_t limit, Scoring scoring);

}  // namespace podbrief::index
