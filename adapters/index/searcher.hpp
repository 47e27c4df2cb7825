#pragma once
#include <vector>

#include "adapters/index/documents.hpp"
#include "adapters/index/vocabulary.hpp"
#include "core/ports/search_index.hpp"

namespace podbrief::index {

// SearchIndex::search over an inverted index. Reads at most 64 terms of the query.
//
// Documents are scored in windows small enough for the first-level cache: within one, the groups of the query one
// after the other, the words of a group competing for each document; then the window's documents go to a heap of the
// best. Filters are asked only of documents that would enter the heap.
std::vector<SearchHit> search(const Vocabulary& vocabulary, const Documents& documents, const SearchQuery& query,
                              std::size_t limit);

}  // namespace podbrief::index
