#pragma once
#include <optional>
#include <string_view>

#include "core/model/insight.hpp"

namespace podbrief::search {

// How an insight stands towards a topic or another insight. A wrong label is worse than none.
struct RelationGuess {
    std::optional<Relation> relation;  // nullopt: not sure enough, show no label
    double confidence = 0;             // 0..1, of the best guess, also when it was too low for a label
    bool operator==(const RelationGuess&) const = default;
};

// Towards a topic ("chip export controls"): supports = speaks in favour of it or of its working, disputes = against.
RelationGuess relation_to_topic(const Insight& insight, std::string_view topic);

// Towards another insight: supports = the same side of the same issue, disputes = the other side, adds_context = the
// same issue without taking a side. nullopt where the two do not share an issue.
RelationGuess relation_to(const Insight& insight, const Insight& head);

}  // namespace podbrief::search
