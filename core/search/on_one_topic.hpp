#pragma once
#include <cstddef>
#include <string>
#include <vector>

#include "core/model/insight.hpp"
#include "core/ports/search_index.hpp"

namespace podbrief::search {

// What may be on the topic of an insight, found at less cost and more strictly than `related` does: for pages, where
// nothing is better than something else.
struct CloseHit {
    SearchHit hit;
    double near = 0;        // cosine of the two claims
    bool measured = false;  // false: one of them has no vector, `near` says nothing
};

// In other episodes, two of each at most, best first, one per claim cluster and none of the insight's own. What
// `are_on_one_topic` cannot be true of is left out.
std::vector<CloseHit> close_to(const SearchIndex& index, const Insight& insight, std::size_t limit);

// Stems of its topics and entities that tell which thing is spoken of, not what kind of thing; in order, each once.
std::vector<std::string> telling_labels(const Insight& insight);

// Whether a reader would say so. Being near in words or in meaning alone is not enough: talk of costs is near to talk
// of other costs. Two that share topics or entities which tell something must be somewhat near, others very near and
// hold the same words.
// `labels` are the telling ones of the one insight.
bool are_on_one_topic(const std::vector<std::string>& labels, const Insight& other, const CloseHit& how_close);

}  // namespace podbrief::search
