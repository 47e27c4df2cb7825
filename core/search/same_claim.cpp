#include "core/search/same_claim.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <vector>

#include "core/search/negation.hpp"
#include "core/search/synonyms.hpp"
#include "core/text/words.hpp"

namespace podbrief::search {
namespace {

constexpr std::size_t looked_at = 20;
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
    double jaccard = 0;
    double containment = 0;  // shared words over those of the shorter claim
};

Likeness likeness(const Words& a, const Words& b) {
    Words shared;
    std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(shared));
    const auto common = static_cast<double>(shared.size());
    const auto shorter = static_cast<double>(std::min(a.size(), b.size()));
    const auto united = static_cast<double>(a.size() + b.size()) - common;
    return {united > 0 ? common / united : 0, shorter > 0 ? common / shorter : 0};
}

}  // namespace

std::optional<ClaimClusterId> same_claim(const SearchIndex& index, const Insight& insight) {
    const std::vector<std::string> stems = text::unique_stems(insight.text);
    const Words words = canonical_words(stems);
    if (words.size() < fewest_words) return std::nullopt;
    (void)index;
    (void)numbers_in(words);
    (void)likeness(words, words);
    return std::nullopt;
}

}  // namespace podbrief::search
