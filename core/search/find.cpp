#include "core/search/find.hpp"

#include <algorithm>
#include <cmath>
#include <set>
#include <unordered_map>

namespace podbrief::search {
namespace {

constexpr std::size_t looked_at = 100;
constexpr double recency_share = 0.15;  // the most that being new adds
constexpr double half_life_days = 60;

double recency(WallTime published, WallTime now) {
    if (now == WallTime{}) return 0;
    const double days = std::chrono::duration<double, std::ratio<86400>>(now - published).count();
    return std::exp2(-std::max(0.0, days) / half_life_days);
}

}  // namespace

Found find(const SearchIndex& index, const UnderstoodQuery& query, const FindOptions& options) {
    if (query.terms.empty()) return {};
    SearchQuery search;
    search.terms = query.terms;
    search.alternatives = query.alternatives;
    search.phrases = query.phrases;
    search.typed = true;
    search.podcast = options.podcast;
    search.speaker = options.speaker;
    search.published_from = options.published_from;
    search.published_until = options.published_until;
    std::vector<SearchHit> hits = index.search(search, std::max(looked_at, 4 * options.limit) + options.exclude.size());
    if (options.meaning) {
        const Meaning& meaning = *options.meaning;
        hits = fuse(*meaning.vectors, search, std::move(hits), meaning.vector, meaning.fusion);
    } else {
        hits = fuse(index, search, std::move(hits), index.vector_of_text(query.topic), options.fusion);
    }
    std::set<ClaimClusterId> shown(options.exclude_clusters.begin(), options.exclude_clusters.end());
    const auto was_shown = [&](const SearchHit& hit) {
        return std::find(options.exclude.begin(), options.exclude.end(), hit.insight) != options.exclude.end();
    };
    for (const SearchHit& hit : hits) {
        if (hit.cluster && was_shown(hit)) shown.insert(hit.cluster);
    }
    std::erase_if(hits, was_shown);
    for (SearchHit& hit : hits) hit.score *= 1 + recency_share * recency(hit.published_at, options.now);
    std::sort(hits.begin(), hits.end(), [](const SearchHit& a, const SearchHit& b) {
        return a.score != b.score ? a.score > b.score : a.insight > b.insight;
    });
    std::erase_if(hits, [&](const SearchHit& hit) { return hit.cluster && !shown.insert(hit.cluster).second; });

    // What an episode has beyond its share goes behind the others.
    std::unordered_map<EpisodeId, std::size_t> taken;
    std::vector<SearchHit> behind;
    std::erase_if(hits, [&](const SearchHit& hit) {
        if (++taken[hit.episode] <= options.per_episode) return false;
        behind.push_back(hit);
        return true;
    });
    hits.insert(hits.end(), behind.begin(), behind.end());
    Found found;
    found.more = hits.size() > options.limit ? hits.size() - options.limit : 0;
    hits.resize(std::min(hits.size(), options.limit));
    found.hits = std::move(hits);
    return found;
}

}  // namespace podbrief::search
