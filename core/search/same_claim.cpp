#include "core/search/same_claim.hpp"

#include <algorithm>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "core/insights/stance.hpp"
#include "core/search/negation.hpp"
#include "core/search/synonyms.hpp"
#include "core/text/words.hpp"

namespace podbrief::search {
namespace {

constexpr std::size_t looked_at = 20;
constexpr std::size_t most_words_asked = 20;
constexpr std::size_t fewest_words = 5;  // a claim of fewer words says too little to be told apart

using Words = std::vector<std::string>;  // canonical stems, sorted, each once

Words canonical_words(const std::vector<std::string>& stems) {
    Words words;
    for (const std::string& stem : stems) words.emplace_back(canonical(stem));
    std::sort(words.begin(), words.end());
    words.erase(std::unique(words.begin(), words.end()), words.end());
    return words;
}

bool is_number(const std::string& word) {
    return std::any_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
}

Words numbers_in(const Words& words) {
    Words numbers;
    std::copy_if(words.begin(), words.end(), std::back_inserter(numbers), is_number);
    return numbers;
}

struct Likeness {
    Words shared;
    double jaccard = 0;
    double containment = 0;  // shared words over those of the shorter claim
};

Likeness likeness(const Words& a, const Words& b) {
    Likeness like;
    std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(like.shared));
    const auto common = static_cast<double>(like.shared.size());
    const auto shorter = static_cast<double>(std::min(a.size(), b.size()));
    const auto united = static_cast<double>(a.size() + b.size()) - common;
    if (united > 0) like.jaccard = common / united;
    if (shorter > 0) like.containment = common / shorter;
    return like;
}

// Two claims that both give numbers must share one: "cut costs by 20%" is not "cut costs by 60%".
bool numbers_agree(const Words& a, const Words& b) {
    const Words of_a = numbers_in(a);
    const Words of_b = numbers_in(b);
    if (of_a.empty() || of_b.empty()) return true;
    return std::includes(of_a.begin(), of_a.end(), of_b.begin(), of_b.end()) ||
           std::includes(of_b.begin(), of_b.end(), of_a.begin(), of_a.end());
}

// A different wording of the same verdict on the same thing: both verdict and effect are shared, and much of the rest.
bool says_the_same_of_it(const Likeness& like) {
    std::size_t verdicts = 0;
    std::size_t effects = 0;
    for (const std::string& word : like.shared) {
        const insights::EffectWord kind = insights::effect_word(word);
        verdicts += kind == insights::EffectWord::verdict;
        effects += kind == insights::EffectWord::effect;
    }
    if (verdicts > 0 && effects > 0) return like.containment >= 0.38 && like.shared.size() >= 8;
    return verdicts + effects > 0 && like.containment >= 0.65 && like.jaccard >= 0.45;
}

bool shares_a_name(const Insight& insight, const Words& other) {
    if (insight.entities.empty()) return true;  // nothing to go by
    return std::any_of(insight.entities.begin(), insight.entities.end(), [&](const std::string& name) {
        const Words words = canonical_words(text::unique_stems(name));
        return !words.empty() && std::includes(other.begin(), other.end(), words.begin(), words.end());
    });
}

// The rarest words lead to the few insights worth comparing.
SearchQuery candidates_query(const SearchIndex& index, const Insight& insight, const std::vector<std::string>& stems) {
    std::vector<std::pair<std::size_t, std::string>> by_rarity;
    for (const std::string& stem : stems) {
        if (const std::size_t holding = index.document_frequency(stem); holding > 0)
            by_rarity.emplace_back(holding, stem);
    }
    std::sort(by_rarity.begin(), by_rarity.end());
    SearchQuery query;
    query.exclude_episodes.push_back(insight.episode);
    if (insight.id) query.exclude_insights.push_back(insight.id);
    for (std::size_t i = 0; i < std::min(by_rarity.size(), most_words_asked); ++i) {
        query.terms.push_back({by_rarity[i].second, 1, static_cast<int>(i)});
    }
    return query;
}

}  // namespace

std::optional<ClaimClusterId> same_claim(const SearchIndex& index, const Insight& insight) {
    const std::vector<std::string> stems = text::unique_stems(insight.text);
    const Words words = canonical_words(stems);
    if (words.size() < fewest_words) return std::nullopt;
    const bool negated = is_negated(insight.text);

    std::optional<ClaimClusterId> best;
    double best_likeness = 0;
    for (const SearchHit& hit : index.search(candidates_query(index, insight, stems), looked_at)) {
        if (!hit.cluster || hit.stance != insight.stance) continue;
        const Words other = canonical_words(index.stems_of(hit.insight));
        if (other.size() < fewest_words || !numbers_agree(words, other)) continue;
        const Likeness like = likeness(words, other);
        if (like.jaccard <= best_likeness) continue;
        const bool takes_side = insight.stance != Stance::neutral;
        const bool nearly_equal = takes_side ? like.jaccard >= 0.6 : like.jaccard >= 0.7 && hit.negated == negated;
        const bool paraphrase =
            takes_side && hit.negated == negated && says_the_same_of_it(like) && shares_a_name(insight, other);
        if (!nearly_equal && !paraphrase) continue;
        best = hit.cluster;
        best_likeness = like.jaccard;
    }
    return best;
}

}  // namespace podbrief::search
