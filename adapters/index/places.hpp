#pragma once
#include <cstdint>
#include <vector>

#include "adapters/index/documents.hpp"
#include "adapters/index/query_plan.hpp"

namespace podbrief::index {

// Where the words of one query stand in an insight.
class PlacesOfQuery {
public:
    PlacesOfQuery(const Documents& documents, const QueryPlan& plan);

    // How near neighbours of the query stand to each other in its claim: 0..64, by the weights of the pairs.
    std::uint32_t nearness(Document document);
    // Whether each phrase stands in its claim or in its quote.
    bool holds_phrases(Document document);

private:
    const Documents& documents_;
    const QueryPlan& plan_;
    std::vector<std::vector<std::uint32_t>> of_group_;  // places in the claim
    std::vector<Places> in_claim_;                      // of the words of one phrase
    std::vector<Places> in_quote_;
};

}  // namespace podbrief::index
