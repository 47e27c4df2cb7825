#include "core/services/topic_hits.hpp"

#include <algorithm>

#include "core/search/understand.hpp"

namespace podbrief::services {
namespace {

constexpr double least_relevance = 0.6;  // share of the weight of a topic's words; less is chance

}  // namespace

briefs::TopicHits hits_on(const std::string& topic, const briefs::CandidatePool& pool, const SearchIndex& index) {
    briefs::TopicHits hits;
    SearchQuery query;
    query.terms = search::understand(topic, index).terms;
    query.published_from = pool.oldest();
    if (query.terms.empty() || pool.size() == 0) return hits;
    for (const SearchHit& hit : index.search(query, pool.size())) {
        const auto place = pool.find(hit.insight);
        if (place == briefs::CandidatePool::unknown || hit.coverage < least_relevance) continue;
        hits.emplace_back(place, std::min(1.0, hit.coverage));
    }
    std::sort(hits.begin(), hits.end());
    return hits;
}

}  // namespace podbrief::services
