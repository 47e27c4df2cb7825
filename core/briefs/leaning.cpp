#include "core/briefs/leaning.hpp"

#include <unordered_map>

#include "core/briefs/profile.hpp"

namespace podbrief::briefs {
namespace {

constexpr float least_near = 0.06f;    // cosine; what is farther shares words by chance
constexpr double episode_share = 0.5;  // what the mean of an episode counts, next to the insight itself
constexpr double half_way = 0.15;      // so much nearness gives half of all there is to give

}  // namespace

Leaning leaning(const CandidatePool& pool, const std::vector<Taste>& tastes, WallTime now) {
    Leaning sum;
    sum.liked.assign(pool.size(), 0);
    sum.disliked.assign(pool.size(), 0);
    Nearness nearness(pool);
    for (const Taste& taste : tastes) {
        const double weight = faded({1, taste.at}, now);
        if (weight == 0) continue;
        std::vector<double>& side = taste.liked ? sum.liked : sum.disliked;
        for (const auto& [place, cosine] : nearness.to(taste.stems, least_near)) {
            side[place] += weight * static_cast<double>(cosine - least_near);
        }
    }
    struct OfEpisode {
        double liked = 0;
        double disliked = 0;
        double count = 0;
    };
    std::unordered_map<EpisodeId, OfEpisode> episodes;
    for (std::size_t place = 0; place < pool.size(); ++place) {
        OfEpisode& of = episodes[pool[place].episode];
        of.liked += sum.liked[place];
        of.disliked += sum.disliked[place];
        ++of.count;
    }
    for (std::size_t place = 0; place < pool.size(); ++place) {
        const OfEpisode& of = episodes[pool[place].episode];
        sum.liked[place] += episode_share * of.liked / of.count;
        sum.disliked[place] += episode_share * of.disliked / of.count;
        sum.liked[place] /= sum.liked[place] + half_way;
        sum.disliked[place] /= sum.disliked[place] + half_way;
    }
    return sum;
}

}  // namespace podbrief::briefs
