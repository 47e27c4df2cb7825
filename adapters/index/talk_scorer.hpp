#pragma once
#include <string_view>
#include <vector>

#include "adapters/index/talk_records.hpp"
#include "adapters/index/talk_weights.hpp"
#include "adapters/index/typed_words.hpp"

namespace podbrief::index {

// One query against the index of talk.
class TalkScorer {
public:
    TalkScorer(const TalkTables& tables, const PassageWeights& weights);

    // Scores all units that have to do with the terms, in the episodes that `wanted` marks (by number of record).
    // `text`: see PassageQuery.
    void score(std::string_view text, const std::vector<QueryTerm>& terms, const std::vector<bool>& wanted);

    // Best first; those of title and notes left out.
    std::vector<Document> ranked() const;
    double score_of(Document unit) const { return scores_[unit]; }
    double coverage_of(Document unit) const;
    // Whether anything of the query is said in the unit itself.
    bool is_said_in(Document unit) const { return said_[unit]; }

private:
    struct Held;  // where one idea of the query is said
    std::vector<Held> held_by(const std::vector<const QueryTerm*>& group, const std::vector<TypedWord>& typed,
                              const std::vector<bool>& wanted, std::size_t& commonest) const;
    void add_group(const std::vector<Held>& held, double rarity, double weight);
    void add_together(const std::vector<Together>& together, const std::vector<bool>& wanted);
    Document unit_at(Place place) const;
    void touch(Document unit);

    const TalkTables& tables_;
    const PassageWeights weights_;
    std::vector<float> scores_;
    std::vector<float> covered_;
    std::vector<float> near_;  // of the idea in hand
    std::vector<float> wide_;
    std::vector<Document> touched_;
    std::vector<bool> is_touched_;
    std::vector<bool> said_;
    std::size_t episodes_ = 0;
    double all_rarity_ = 0;
};

}  // namespace podbrief::index
