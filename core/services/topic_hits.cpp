#include "core/services/topic_hits.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <unordered_map>

#include "core/search/understand.hpp"

namespace podbrief::services {
namespace {

constexpr double least_relevance = 0.6;  // share of the weight of a topic's words; less is chance

// A topic is spoken of in other words too. Those of the insights that were found lead to what is near them, and where
// many of an episode were found, the others of it are likely about the same.
constexpr std::size_t most_words = 25;  // of those found, the most telling
constexpr double least_near = 0.1;      // cosine, with the mean of the episode
constexpr double worth_of_near = 2;     // of each unit above that
constexpr double worth_of_episode = 0.7;
constexpr double least_worth = 0.1;  // less is not kept
constexpr double most_worth = 0.5;   // never as good as having been found
constexpr std::size_t telling = 5;   // a topic that more than a fifth is about tells nothing of what is near it

using Place = briefs::CandidatePool::Place;

std::vector<std::pair<briefs::CandidatePool::Number, float>> words_of(const briefs::TopicHits& hits,
                                                                      const briefs::CandidatePool& pool) {
    std::map<briefs::CandidatePool::Number, float> sum;
    for (const auto& [place, relevance] : hits) {
        for (const briefs::CandidatePool::Number word : pool[place].words) {
            sum[word] += static_cast<float>(relevance) * pool.rarity(word) / pool.length(place);
        }
    }
    std::vector<std::pair<briefs::CandidatePool::Number, float>> words(sum.begin(), sum.end());
    std::stable_sort(words.begin(), words.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
    words.resize(std::min(words.size(), most_words));
    float squares = 0;
    for (const auto& [word, weight] : words) squares += weight * weight;
    for (auto& [word, weight] : words) weight /= std::sqrt(std::max(squares, 1e-12f));
    return words;
}

void add_near(briefs::TopicHits& hits, const briefs::CandidatePool& pool) {
    if (hits.empty() || hits.size() * telling > pool.size()) return;
    struct OfEpisode {
        double count = 0;
        double found = 0;
        double near = 0;
    };
    std::unordered_map<EpisodeId, OfEpisode> episodes;
    for (std::size_t place = 0; place < pool.size(); ++place) ++episodes[pool[place].episode].count;
    std::vector<bool> found(pool.size(), false);
    for (const auto& [place, relevance] : hits) {
        found[place] = true;
        episodes[pool[place].episode].found += relevance;
    }
    std::vector<double> near(pool.size(), 0);
    briefs::Nearness nearness(pool);
    for (const auto& [place, cosine] : nearness.to(words_of(hits, pool), 0.01f)) {
        near[place] = cosine;
        episodes[pool[place].episode].near += cosine;
    }
    for (Place place = 0; place < pool.size(); ++place) {
        if (found[place]) continue;
        const OfEpisode& of = episodes[pool[place].episode];
        const double worth = worth_of_episode * of.found / (of.count + 1) +
                             worth_of_near * std::max(0.0, near[place] + of.near / of.count - least_near);
        if (worth >= least_worth) hits.emplace_back(place, std::min(most_worth, worth));
    }
    std::sort(hits.begin(), hits.end());
}

}  // namespace

briefs::TopicHits hits_on(const std::string& topic, const briefs::CandidatePool& pool, const SearchIndex& index) {
    briefs::TopicHits hits;
    SearchQuery query;
    // Other words find more and less well: briefs got worse by them (QUALITY.md).
    const search::Vocabularies no_others{nullptr, nullptr};
    const search::UnderstoodQuery understood = search::understand(topic, index, no_others);
    query.terms = understood.terms;
    query.phrases = understood.phrases;
    query.published_from = pool.oldest();
    if (query.terms.empty() || pool.size() == 0) return hits;
    for (const SearchHit& hit : index.search(query, pool.size())) {
        const auto place = pool.find(hit.insight);
        if (place == briefs::CandidatePool::unknown || hit.coverage < least_relevance) continue;
        hits.emplace_back(place, std::min(1.0, hit.coverage));
    }
    std::sort(hits.begin(), hits.end());
    add_near(hits, pool);
    return hits;
}

}  // namespace podbrief::services
