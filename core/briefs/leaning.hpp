#pragma once
#include <vector>

#include "core/briefs/pool.hpp"
#include "core/briefs/rank.hpp"

namespace podbrief::briefs {

// How much likes speak for each insight of a pool and dislikes against it, 0..1 by place. An insight is near to what
// was judged when it speaks of the same, and when others of its episode do. What was said long ago counts less: half
// after `learnt_half_life`.
struct Leaning {
    std::vector<double> liked;
    std::vector<double> disliked;
};
Leaning leaning(const CandidatePool& pool, const std::vector<Taste>& tastes, WallTime now);

}  // namespace podbrief::briefs
