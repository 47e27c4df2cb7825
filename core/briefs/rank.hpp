#pragma once
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/model/brief.hpp"
#include "core/model/insight.hpp"
#include "core/model/reader.hpp"

namespace podbrief::briefs {

// An insight that could be in a brief, with what the index knows of it.
struct Candidate {
    Insight insight;
    std::string show;                               // title
    std::vector<std::string> stems;                 // of the text: sorted, each once
    int sources = 1;                                // independent ones
    std::map<std::string, double> topic_relevance;  // of the reader's topics, learnt and muted ones too: 0..1
};

// Words of an insight the reader liked or wanted less of.
struct Taste {
    bool liked = true;
    ClaimClusterId cluster;
    std::vector<std::string> stems;
};

struct Ranked {
    double score = 0;      // 0 or more; comparable within one ranking only
    bool muted = false;    // never shown: a muted topic or show, or a claim the reader wanted less of
    bool matched = false;  // something the reader follows or likes brought it
    Reason reason;
};

inline constexpr std::chrono::hours freshness_half_life{96};
inline constexpr double least_freshness = 0.05;  // an old claim is worth little, not nothing: libraries have a past
inline constexpr double muting_relevance = 0.6;

// 1 for what is new, half of it every four days.
double freshness(WallTime published_at, WallTime now);

// interest x quality x freshness. Interest is the best match with topics, shows, persons and likes, a little more for
// every further one; negative weights and dislikes pull it down, below zero too. `liking` is 1 for a reader who has
// told us nothing.
Ranked rank(const Candidate& candidate, const Profile& profile, const std::vector<Taste>& tastes, WallTime now);

}  // namespace podbrief::briefs
