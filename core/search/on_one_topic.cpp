#include "core/search/on_one_topic.hpp"

#include <algorithm>
#include <iterator>
#include <set>
#include <unordered_map>

#include "core/search/related.hpp"
#include "core/search/synonyms.hpp"
#include "core/text/words.hpp"

namespace podbrief::search {
namespace {

constexpr std::size_t asked_words = 8;  // the commonest ones cost the most and tell the least
constexpr std::size_t by_words = 40;    // looked at
constexpr std::size_t by_meaning = 20;  // the same
constexpr std::size_t per_episode = 2;

// Found by a look at some 700 pairs of a sample library, of real talk (changelog) and of the seed page.
constexpr double near_with_topics = 0.40;  // where two stems of topics or entities are shared, or more
constexpr double near_with_topic = 0.50;   // where one is ...
constexpr double close_with_topic = 0.65;  // ... and with the coverage of words
constexpr double near_without = 0.60;      // where none is ...
constexpr double words_without = 0.30;     // ... coverage
constexpr double words_unmeasured = 0.20;  // coverage where no vector tells

// Canonical stems of topics that say what kind of thing is spoken of, not which.
const std::set<std::string, std::less<>>& weak_labels() {
    static const std::set<std::string, std::less<>> weak = [] {
        std::set<std::string, std::less<>> built;
        for (const std::string& stem : text::stems(
                 "american answer approach area billion case change choice code company concern concept cost country "
                 "customer data day development developer engineer environment error example firm goal group hour idea "
                 "industry information issue job kind level line list local market member million minute model money "
                 "month number organization output part people percent percentage person place plan platform "
                 "point price problem process product purpose program project question rate reason research result "
                 "risk room rule sense service share size software staff stage step study system task team "
                 "technology test thing time tool user value view way week word work world year")) {
            built.emplace(canonical(stem));
        }
        return built;
    }();
    return weak;
}

// Those of the hits that may be on its topic, with how near they are.
void append_close(const SearchIndex& index, const Insight& insight, const std::vector<float>& meaning,
                  const std::vector<SearchHit>& hits, std::vector<CloseHit>& close) {
    std::vector<InsightId> ids;
    for (const SearchHit& hit : hits) ids.push_back(hit.insight);
    std::vector<float> near(hits.size());
    if (!meaning.empty()) near = index.similarities(meaning, ids);
    for (std::size_t i = 0; i < hits.size(); ++i) {
        if (hits[i].episode == insight.episode || hits[i].insight == insight.id) continue;
        const bool measured = near[i] != 0;
        if (measured ? near[i] < near_with_topics : hits[i].coverage < words_unmeasured) continue;
        close.push_back({hits[i], near[i], measured});
        close.back().hit.score += near[i];
    }
}

}  // namespace

std::vector<CloseHit> close_to(const SearchIndex& index, const Insight& insight, std::size_t limit) {
    const SearchQuery query = related_query(index, insight, asked_words);
    std::vector<SearchHit> hits = index.search(query, by_words);
    const double best = hits.empty() || hits.front().score <= 0 ? 1 : hits.front().score;
    for (SearchHit& hit : hits) hit.score /= best;
    std::vector<float> meaning = index.vector_of(insight.id);
    if (meaning.empty()) meaning = index.vector_of_text(insight.text);
    std::vector<CloseHit> close;
    append_close(index, insight, meaning, hits, close);
    // Where words find enough, which is so in a large library, what is near without them would not be shown.
    if (!meaning.empty() && close.size() < limit) {
        std::set<InsightId> known;
        for (const SearchHit& hit : hits) known.insert(hit.insight);
        // Without filters, as those cost more than leaving out a few afterwards.
        std::vector<SearchHit> others = index.nearest(meaning, SearchQuery(), by_meaning);
        std::erase_if(others, [&](const SearchHit& hit) { return known.contains(hit.insight); });
        for (SearchHit& hit : others) hit.score = 0;
        append_close(index, insight, meaning, others, close);
    }
    std::sort(close.begin(), close.end(), [](const CloseHit& a, const CloseHit& b) {
        return a.hit.score != b.hit.score ? a.hit.score > b.hit.score : a.hit.insight > b.hit.insight;
    });
    std::set<ClaimClusterId> shown{insight.cluster};
    std::unordered_map<EpisodeId, std::size_t> taken;
    std::erase_if(close, [&](const CloseHit& one) {
        return (one.hit.cluster && !shown.insert(one.hit.cluster).second) || ++taken[one.hit.episode] > per_episode;
    });
    close.resize(std::min(close.size(), limit));
    return close;
}

std::vector<std::string> telling_labels(const Insight& insight) {
    std::vector<std::string> labels;
    for (const auto* names : {&insight.topics, &insight.entities}) {
        for (const std::string& name : *names) {
            for (const std::string& stem : text::stems(name)) {
                const std::string_view word = canonical(stem);
                if (!weak_labels().contains(word)) labels.emplace_back(word);
            }
        }
    }
    std::sort(labels.begin(), labels.end());
    labels.erase(std::unique(labels.begin(), labels.end()), labels.end());
    return labels;
}

bool are_on_one_topic(const std::vector<std::string>& labels, const Insight& other, const CloseHit& how_close) {
    const std::vector<std::string> theirs = telling_labels(other);
    std::vector<std::string_view> shared;
    std::set_intersection(labels.begin(), labels.end(), theirs.begin(), theirs.end(), std::back_inserter(shared));
    const double coverage = how_close.hit.coverage;
    if (!how_close.measured) return !shared.empty() && coverage >= words_unmeasured;
    if (shared.size() >= 2) return how_close.near >= near_with_topics;
    if (shared.size() == 1) {
        return how_close.near >= near_with_topic && how_close.near + coverage >= close_with_topic;
    }
    return how_close.near >= near_without && coverage >= words_without;
}

}  // namespace podbrief::search
