#pragma once
#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "core/model/insight.hpp"
#include "core/search/relations.hpp"

namespace podbrief::search {

// A search result with its insight loaded; `relation` is filled in by the functions below.
struct Candidate {
    Insight insight;
    double score = 0;  // higher is better; comparable among the candidates of one call
    RelationGuess relation;
    std::optional<RelationGuess> judged = {};  // towards the head, where that was judged before: then it is taken
};

struct BalancedViews {
    std::vector<Candidate> items;  // in the order to show
    bool both_sides = false;       // `items` holds a view for and one against: an opposing view exists
};

// For `more on <topic>`: judges each candidate towards the topic and orders them so that supporting, disputing and
// context views alternate as long as there are some, best first, each from another episode while others remain.
// One per claim cluster.
BalancedViews balance(std::string_view topic, std::vector<Candidate> candidates, std::size_t limit);

// The same for `more on 3`: judged towards the head insight, which never comes back itself (nor its cluster).
BalancedViews balance(const Insight& head, std::vector<Candidate> candidates, std::size_t limit);

struct Opposition {
    std::vector<Candidate> items;  // most certain first
    bool by_stance_only = false;   // none disputes the head outright: these take the opposite side of its topic
};

// For `against 3`: only what disputes the head; failing that, the opposite stance on a shared topic; else empty.
Opposition against(const Insight& head, std::vector<Candidate> candidates, std::size_t limit);

struct Disagreement {
    std::vector<Candidate> supporting;  // best first
    std::vector<Candidate> disputing;
};

// For `disagreement on <topic>`: the two sides, at most `limit_per_side` each; either may be empty.
Disagreement disagreement(std::string_view topic, std::vector<Candidate> candidates, std::size_t limit_per_side);

}  // namespace podbrief::search
