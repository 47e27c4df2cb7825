#pragma once
#include <vector>

#include "core/ports/search_index.hpp"

namespace podbrief::search {

// How words and meaning are weighed against each other, and how near is near enough. The weights were found on qmsum's
// questions and changelog's chapter titles. The floors: of 3,000 stretches of talk, one in the median passes by its
// nearness to the first hits of a chapter title; 40 queries for what is not in a library (cooking, sports ...) lie at
// 0.54 from their nearest stretch in the median, at 0.66 for the worst tenth.
struct Fusion {
    double meaning = 0.4;         // of nearness to the query; the best match of words counts 1
    double feedback = 0.9;        // of nearness to the middle of the first few hits
    std::size_t first_hits = 4;   // that make that middle; 0: no feedback
    std::size_t looked_at = 100;  // nearest ones taken in each time
    double least_coverage = 0.5;  // of the query's words: such a hit needs no nearness
    double least_near = 0.4;      // to the query, where a part of its words is held only: words of other senses
    double first_near = 0.2;      // the same for a first hit, beside others
    double near_enough = 0.72;    // to the query: such a hit needs no words
    double near_to_first = 0.55;  // to the middle of first hits that hold the query's words: such a hit needs none ...
    double near_with_first = 0.25;  // ... when it is this near to the query
    bool some_have_none = false;    // insights without a vector may be new ones: a part of the words will do for those
};

// Joins a ranking by words (SearchIndex::search, best first) with those by nearness to the middle of the first hits
// (pseudo-relevance feedback; Rocchio 1971) and, where no hit by words leads, to `meaning` (the query's vector). Each
// ranking's scores are divided by its best; their weighted sum is the `score`. What neither holds the words of the
// query nor is near enough to it is left out: nothing rather than nonsense. An empty `meaning`: by words alone, scores
// as they are.
std::vector<SearchHit> fuse(const VectorIndex& index, const SearchQuery& query, std::vector<SearchHit> by_words,
                            const std::vector<float>& meaning, const Fusion& weights);

}  // namespace podbrief::search
