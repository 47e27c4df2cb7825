#include "core/search/related.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <unordered_map>

#include "core/search/synonyms.hpp"
#include "core/text/words.hpp"

namespace podbrief::search {
namespace {

constexpr double label_weight = 1.3;  // topics and entities tell more than the words around them
constexpr double synonym_share = 0.8;
constexpr std::size_t looked_at = 100;

struct Telling {
    std::string stem;
    double weight;
    double worth;  // weight times rarity
};

}  // namespace

SearchQuery related_query(const SearchIndex& index, const Insight& insight, std::size_t most_words) {
    std::map<std::string, double> weights;
    for (std::string& stem : text::unique_stems(insight.text)) weights.emplace(std::move(stem), 1.0);
    const auto label = [&](const std::vector<std::string>& names) {
        for (const std::string& name : names) {
            for (std::string& stem : text::stems(name)) weights[std::move(stem)] = label_weight;
        }
    };
    label(insight.topics);
    label(insight.entities);

    const std::size_t own = index.stems_of(insight.id).empty() ? 0 : 1;
    const auto total = static_cast<double>(index.size());
    std::vector<Telling> telling;
    for (const auto& [stem, weight] : weights) {
        const std::size_t holding = index.document_frequency(stem);
        if (holding <= own) continue;  // nobody else says it
        telling.push_back({stem, weight, weight * std::log(1 + total / static_cast<double>(holding))});
    }
    std::sort(telling.begin(), telling.end(), [](const Telling& a, const Telling& b) {
        return a.worth != b.worth ? a.worth > b.worth : a.stem < b.stem;
    });
    telling.resize(std::min(telling.size(), most_words));

    SearchQuery query;
    query.exclude_episodes.push_back(insight.episode);
    query.exclude_insights.push_back(insight.id);
    int group = 0;
    for (const Telling& word : telling) {
        query.terms.push_back({word.stem, word.weight, group});
        for (const Synonym& synonym : synonyms_of(word.stem)) {
            if (synonym.weight < 0.75 || index.document_frequency(synonym.stem) == 0) continue;
            query.terms.push_back({synonym.stem, word.weight * synonym.weight * synonym_share, group});
        }
        ++group;
    }
    return query;
}

// Whole insights lie nearer to each other than a few words do to an insight.
Fusion RelatedOptions::between_insights() {
    Fusion fusion;
    fusion.least_near = 0.25;
    fusion.near_enough = 0.65;
    fusion.near_to_first = 0.5;
    fusion.near_with_first = 0.45;
    return fusion;
}

std::vector<SearchHit> related(const SearchIndex& index, const Insight& insight, const RelatedOptions& options) {
    SearchQuery query = related_query(index, insight);
    query.exclude_insights.insert(query.exclude_insights.end(), options.exclude.begin(), options.exclude.end());
    // With many words, one alone covers less than this; with few, half of them must be there.
    const double least = !query.terms.empty() && query.terms.back().group >= 5 ? 0.2 : 0.45;
    Fusion fusion = options.meaning ? options.meaning->fusion : options.fusion;
    fusion.least_coverage = least;
    std::vector<SearchHit> hits = index.search(query, looked_at);
    if (options.meaning) {
        hits = fuse(*options.meaning->vectors, query, std::move(hits), options.meaning->vector, fusion);
    } else {
        hits = fuse(index, query, std::move(hits), index.vector_of_text(insight.text), fusion);
    }
    std::set<ClaimClusterId> shown{insight.cluster};
    std::unordered_map<EpisodeId, std::size_t> taken;
    std::erase_if(hits, [&](const SearchHit& hit) {
        return (hit.cluster && !shown.insert(hit.cluster).second) || ++taken[hit.episode] > options.per_episode;
    });
    hits.resize(std::min(hits.size(), options.limit));
    return hits;
}

}  // namespace podbrief::search
