#pragma once
#include <optional>
#include <queue>
#include <unordered_map>
#include <vector>

#include "adapters/index/talk_records.hpp"
#include "adapters/index/talk_scorer.hpp"

namespace podbrief::index {

// In which order passages are made of segments, so that the first few tell of different things: a place counts with
// what stands around it, others of its episode count less with each passage that was taken there, and those next to one
// that was taken come after all others.
class PassageOrder {
public:
    PassageOrder(const TalkTables& tables, const TalkScorer& scorer, std::size_t limit);

    struct Next {
        Document unit;
        double score;  // never greater than that of the one before
    };
    std::optional<Next> next();
    // A passage was made of it.
    void take(Document unit);

private:
    struct Waiting {
        double score;
        Document unit;
        std::size_t taken;  // of its episode, when the score was worked out
        bool operator<(const Waiting& other) const {
            return score != other.score ? score < other.score : unit > other.unit;
        }
    };
    std::vector<Waiting> with_surroundings(const std::vector<Document>& units, const TalkScorer& scorer) const;
    bool is_near_taken(Document unit) const;

    const TalkTables& tables_;
    std::priority_queue<Waiting> waiting_;
    std::unordered_map<std::uint32_t, std::vector<Place>> taken_;  // by number of record: middles
    std::vector<Document> later_;
    std::size_t next_later_ = 0;
    double last_score_ = 0;
};

}  // namespace podbrief::index
