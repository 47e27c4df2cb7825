#pragma once
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "core/insights/stance.hpp"
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

// What relation_to_topic goes by; none where it goes by other things. For learning.
std::vector<insights::cues::Saying> sayings_towards(const Insight& insight, std::string_view topic);

// Towards another insight: supports = the same side of the same issue, disputes = the other side, adds_context = the
// same issue without taking a side. nullopt where the two do not share an issue.
RelationGuess relation_to(const Insight& insight, const Insight& head);

// An insight read once, to be compared with many: reading is most of the work. The insight must outlive it, unchanged.
// For one thread at a time.
class ReadInsight {
public:
    explicit ReadInsight(const Insight& insight);
    ~ReadInsight();
    ReadInsight(const ReadInsight&) = delete;
    ReadInsight& operator=(const ReadInsight&) = delete;

private:
    friend class TopicJudge;
    friend RelationGuess relation_to(const ReadInsight& insight, const ReadInsight& head);
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

// As of the insights themselves.
RelationGuess relation_to(const ReadInsight& insight, const ReadInsight& head);

}  // namespace podbrief::search
