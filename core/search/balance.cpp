#include "core/search/balance.hpp"

#include <algorithm>
#include <array>
#include <set>
#include "core/text/topic_words.hpp"

namespace podbrief::search {
namespace {

bool is_better(const Candidate& a, const Candidate& b) {
    return a.score != b.score ? a.score > b.score : a.insight.id > b.insight.id;
}

void keep_one_per_cluster(std::vector<Candidate>& candidates) {
    std::sort(candidates.begin(), candidates.end(), is_better);
    std::set<ClaimClusterId> seen;
    std::erase_if(candidates,
                  [&](const Candidate& c) { return c.insight.cluster && !seen.insert(c.insight.cluster).second; });
}

bool is(const Candidate& candidate, Relation relation) {
    return candidate.relation.relation == relation;
}

// What is left of one side, best first.
using Side = std::vector<Candidate>;

std::size_t side_of(const Candidate& candidate) {
    if (is(candidate, Relation::supports)) return 0;
    if (is(candidate, Relation::disputes)) return 1;
    return 2;  // context, and what has no label
}

// Takes the best of a side, by preference from an episode that has not spoken yet.
bool take(Side& side, std::set<EpisodeId>& heard, bool any_episode, std::vector<Candidate>& items) {
    const auto next = std::find_if(side.begin(), side.end(), [&](const Candidate& c) {
        return any_episode || !c.insight.episode || !heard.contains(c.insight.episode);
    });
    if (next == side.end()) return false;
    heard.insert(next->insight.episode);
    items.push_back(std::move(*next));
    side.erase(next);
    return true;
}

BalancedViews alternate(std::vector<Candidate> candidates, std::size_t limit) {
    keep_one_per_cluster(candidates);
    std::array<Side, 3> sides;
    for (Candidate& candidate : candidates) {
        Side& side = sides[side_of(candidate)];
        side.push_back(std::move(candidate));
    }
    // The side whose best is the better one opens, the other answers, context comes third.
    std::array<std::size_t, 3> order{0, 1, 2};
    if (!sides[1].empty() && (sides[0].empty() || is_better(sides[1].front(), sides[0].front()))) order = {1, 0, 2};

    BalancedViews views;
    std::set<EpisodeId> heard;
    for (const bool any_episode : {false, true}) {
        for (bool took = true; took && views.items.size() < limit;) {
            took = false;
            for (const std::size_t side : order) {
                if (views.items.size() < limit) took = take(sides[side], heard, any_episode, views.items) || took;
            }
        }
    }
    const auto shows = [&](Relation relation) {
        return std::any_of(views.items.begin(), views.items.end(), [&](const Candidate& c) { return is(c, relation); });
    };
    views.both_sides = shows(Relation::supports) && shows(Relation::disputes);
    return views;
}

void leave_out(const Insight& head, std::vector<Candidate>& candidates) {
    std::erase_if(candidates, [&](const Candidate& c) {
        return c.insight.id == head.id || (head.cluster && c.insight.cluster == head.cluster);
    });
}

void judge(std::vector<Candidate>& candidates, const Insight& head) {
    const ReadInsight read(head);
    for (Candidate& candidate : candidates) {
        if (candidate.judged) {
            candidate.relation = *candidate.judged;
        } else {
            candidate.relation = relation_to(ReadInsight(candidate.insight), read);
        }
    }
}

bool is_more_certain(const Candidate& a, const Candidate& b) {
    return a.relation.confidence != b.relation.confidence ? a.relation.confidence > b.relation.confidence
                                                          : is_better(a, b);
}

bool share_a_topic(const Insight& a, const Insight& b) {
    return std::any_of(a.topics.begin(), a.topics.end(), [&](const std::string& topic) {
        return std::any_of(b.topics.begin(), b.topics.end(),
                           [&](const std::string& other) { return text::is_same_topic(topic, other); });
    });
}

bool are_opposite(Stance a, Stance b) {
    return a != Stance::neutral && b != Stance::neutral && a != b;
}

}  // namespace

BalancedViews balance(std::string_view topic, std::vector<Candidate> candidates, std::size_t limit) {
    for (Candidate& candidate : candidates) candidate.relation = relation_to_topic(candidate.insight, topic);
    return alternate(std::move(candidates), limit);
}

BalancedViews balance(const Insight& head, std::vector<Candidate> candidates, std::size_t limit) {
    leave_out(head, candidates);
    judge(candidates, head);
    return alternate(std::move(candidates), limit);
}

Opposition against(const Insight& head, std::vector<Candidate> candidates, std::size_t limit) {
    leave_out(head, candidates);
    judge(candidates, head);
    keep_one_per_cluster(candidates);
    Opposition opposition;
    for (const Candidate& candidate : candidates) {
        if (is(candidate, Relation::disputes)) opposition.items.push_back(candidate);
    }
    if (opposition.items.empty()) {
        for (const Candidate& candidate : candidates) {
            if (is(candidate, Relation::supports)) continue;
            if (!are_opposite(candidate.insight.stance, head.stance) || !share_a_topic(candidate.insight, head))
                continue;
            opposition.items.push_back(candidate);
        }
        opposition.by_stance_only = !opposition.items.empty();
    }
    std::sort(opposition.items.begin(), opposition.items.end(), is_more_certain);
    opposition.items.resize(std::min(opposition.items.size(), limit));
    return opposition;
}

Disagreement disagreement(std::string_view topic, std::vector<Candidate> candidates, std::size_t limit_per_side) {
    for (Candidate& candidate : candidates) candidate.relation = relation_to_topic(candidate.insight, topic);
    keep_one_per_cluster(candidates);
    Disagreement both;
    for (Candidate& candidate : candidates) {
        const bool supports = is(candidate, Relation::supports);
        if (!supports && !is(candidate, Relation::disputes)) continue;
        std::vector<Candidate>& side = supports ? both.supporting : both.disputing;
        if (side.size() < limit_per_side) side.push_back(std::move(candidate));
    }
    return both;
}

}  // namespace podbrief::search
