#pragma once
#include <vector>

#include "adapters/index/talk_index.hpp"
#include "adapters/index/talk_records.hpp"

namespace podbrief::index {

// One query against the index of talk.
class TalkScorer {
public:
    TalkScorer(const Vocabulary& vocabulary, const ListsByTerm<PostingList>& postings,
               const std::vector<TalkRecord>& records, const std::vector<TalkUnit>& units,
               const PassageWeights& weights);

    // Scores all units that have to do with the terms, in the episodes that `wanted` marks (by number of record).
    void score(const std::vector<QueryTerm>& terms, const std::vector<bool>& wanted);

    // Best first; those of title and notes left out.
    std::vector<Document> ranked() const;
    double score_of(Document unit) const { return scores_[unit]; }
    double coverage_of(Document unit) const;
    // Whether anything of the query is said in the unit itself.
    bool is_said_in(Document unit) const { return said_[unit]; }

private:
    struct Held;  // where one idea of the query is said
    void add_group(const std::vector<Held>& held, double rarity, double weight);
    void touch(Document unit);

    const Vocabulary& vocabulary_;
    const ListsByTerm<PostingList>& postings_;
    const std::vector<TalkRecord>& records_;
    const std::vector<TalkUnit>& units_;
    const PassageWeights weights_;
    std::vector<float> scores_;
    std::vector<float> covered_;
    std::vector<float> near_;  // of the idea in hand
    std::vector<float> wide_;
    std::vector<Document> touched_;
    std::vector<bool> is_touched_;
    std::vector<bool> said_;
    double all_rarity_ = 0;
};

}  // namespace podbrief::index
