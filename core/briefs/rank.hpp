#pragma once
#include <map>
#include <string>
#include <vector>

#include "core/briefs/pool.hpp"
#include "core/model/brief.hpp"
#include "core/model/reader.hpp"

namespace podbrief::briefs {

// Words of an insight the reader liked or wanted less of.
struct Taste {
    bool liked = true;
    ClaimClusterId cluster;
    std::vector<std::string> stems;  // sorted, each once
    WallTime at{};                   // when they said so
};

struct Ranked {
    double score = 0;                 // 0 or more; comparable within one ranking only
    double interest = 0;              // -3..3
    bool muted = false;               // never shown: a muted topic or show, or a claim the reader wanted less of
    bool matched = false;             // something the reader follows or likes brought it
    const std::string* by = nullptr;  // what matched best; lives as long as the ranking
    double liked = 0;                 // what likes added to the interest
    double against = 0;               // what dislikes and negative weights took from it
};

inline constexpr std::chrono::hours freshness_half_life{96};
inline constexpr double least_freshness = 0.05;  // an old claim is worth little, not nothing: libraries have a past
inline constexpr double muting_relevance = 0.6;

// 1 for what is new, half of it every four days.
double freshness(WallTime published_at, WallTime now);

// A whole pool ranked for one reader: interest x quality x freshness. Interest is the best match with topics, shows,
// persons and likes, a little more for every further one; negative weights and dislikes pull it down, below zero too.
// What the reader said of a topic holds for all that fits it, what was only learnt for insights that have it
// themselves. It is 1 for a reader who has told us nothing. What it is made of must outlive it.
class Ranking {
public:
    Ranking(const CandidatePool& pool, const TopicsFound& topics, const Profile& profile,
            const std::vector<Taste>& tastes, WallTime now);

    const Ranked& operator[](std::size_t place) const { return ranked_[place]; }
    // For being shown.
    Reason reason(std::size_t place) const;

private:
    const CandidatePool& pool_;
    WallTime now_;
    std::map<std::string, double> weights_;  // of the reader's topics, as they are now
    std::vector<Ranked> ranked_;
};

}  // namespace podbrief::briefs
