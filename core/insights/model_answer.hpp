#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/model/insight.hpp"

namespace podbrief::insights {

// A claim as a model gave it: not believed yet.
struct ModelClaim {
    std::string claim;
    std::string quote;
    std::vector<int> segments;
    bool operator==(const ModelClaim&) const = default;
};

struct ModelAnswer {
    std::vector<ModelClaim> claims;  // at most 64
    std::size_t unreadable = 0;      // entries that are no claims
};

// The claims in what a model wrote: a JSON object {"insights":[{"claim","quote","segment_ids"}]}, also in a fence,
// behind thoughts in <think>, amid prose, or cut off (the entries that are whole then count). nullopt: there is no such
// object. Whatever is not of the right type, or beyond all measure, makes its entry unreadable.
std::optional<ModelAnswer> read_model_answer(std::string_view text);

// The numbers in {"best":[3,1,4]}, in order, each once, those below `count`; empty: nothing of the kind.
std::vector<std::size_t> read_model_choice(std::string_view text, std::size_t count);

// How a model says that a claim stands towards another; nullopt: they do not speak of the same thing.
struct JudgedPair {
    std::size_t pair = 0;
    std::optional<Relation> relation;
    double confidence = 0;  // 0..1
    bool operator==(const JudgedPair&) const = default;
};
// Those in {"relations":[{"pair","relation","confidence"}]} that are well formed, of pairs below `count`, the first of
// each. Confidence is told in percent.
std::vector<JudgedPair> read_model_relations(std::string_view text, std::size_t count);

// JSON schemas of the answers: plain, as every provider takes them.
std::string claims_schema();
std::string choice_schema();
std::string relations_schema();

}  // namespace podbrief::insights
