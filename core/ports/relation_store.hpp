#pragma once
#include <boost/asio/awaitable.hpp>
#include <optional>
#include <string>
#include <vector>

#include "core/model/insight.hpp"

namespace podbrief {

namespace asio = boost::asio;

// How one insight stands towards another, as it was judged once.
struct InsightRelation {
    InsightId insight;
    InsightId head;                    // what it is judged towards
    std::optional<Relation> relation;  // nullopt: not sure enough, no label is shown
    double confidence = 0;             // 0..1
    std::string judge;                 // "rules", or the model's name
    bool operator==(const InsightRelation&) const = default;
};

// What was judged of pairs of insights when the newer of the two came in, so that no answer waits for it. Throws
// StoreFailure. Cancellation: a write that began is finished.
class RelationStore {
public:
    virtual ~RelationStore() = default;
    // A pair that is there already is replaced; one of which an insight is gone is left out.
    virtual asio::awaitable<void> save_relations(std::vector<InsightRelation> relations) = 0;
    // All that is known of what stands towards `head`, by insight.
    virtual asio::awaitable<std::vector<InsightRelation>> relations_to(InsightId head) = 0;
};

}  // namespace podbrief
