#pragma once
#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>

// How the index scores, kept apart so that an exhaustive scorer can check the fast one against it.
//
// BM25F in its simple form (Robertson & Zaragoza, "The Probabilistic Relevance Framework", 2009, section 3.6): what a
// word counts in each field of an insight is divided by that field's length, weighted and summed; the sum is saturated
// once, as if all had been said in one place. Two things are ours:
// - the length that a field usually has is a number below instead of the average of the library. Claims are made to one
//   length, so the average says little; and what a word is worth in an insight then does not change because other
//   insights come and go. It is worked out when the insight is put, once.
// - it is kept in eight bits (Anh & Moffat 2001 saw no loss by that), and a score is a sum of whole numbers: the same
// in
//   whatever order it is added up, so that whoever leaves parts out can be held against whoever does not.
namespace podbrief::index {

enum class Field : std::uint8_t { claim, quote, label, speaker, show };
constexpr std::size_t field_count = 5;

struct FieldWeight {
    float weight;        // of one occurrence
    float length_share;  // 0: length does not count; 1: twice the length, half the worth
    float usual_length;  // content words, where an insight is worth what it is without any regard to length
};

// Usual lengths are about what 30 to 60 words leave without small words. Weights and shares are chosen, not tuned:
// nobody has judged yet which insights answer a question.
constexpr std::array<FieldWeight, field_count> field_weights = {{
    {1.0F, 0.5F,
     20},  // claim: what is said. Nearly all of one length, so length counts less than in other texts (0.75)
    {0.5F, 0.4F, 22},   // quote: says the same at greater length, with the asides of talk
    {1.0F, 0.25F, 8},   // topics and entities: what it is about. As good as the claim; many labels are no fault
    {0.25F, 0.0F, 2},   // speaker: whoever asks for a name finds it, but who is spoken of goes before who speaks
    {0.25F, 0.25F, 4},  // show: the same; short names are matched by more of their words
}};

constexpr float saturation = 1.2F;

// Rarity of what occurs in `holding` of `total` insights; positive.
inline float rarity(std::size_t holding, std::size_t total) {
    const double n = static_cast<double>(std::min(holding, total));
    return static_cast<float>(std::log(1.0 + (static_cast<double>(total) - n + 0.5) / (n + 0.5)));
}

// Of one word in one insight; or of all words, for the lengths.
using FieldCounts = std::array<std::uint32_t, field_count>;

// What a word is worth in an insight: 1..255, where 255 stands for said without end.
inline std::uint8_t impact_of(const FieldCounts& counts, const FieldCounts& lengths) {
    float sum = 0;
    for (std::size_t f = 0; f < field_count; ++f) {
        if (counts[f] == 0) continue;
        const FieldWeight& field = field_weights[f];
        const float relative = static_cast<float>(lengths[f]) / field.usual_length;
        sum += field.weight * static_cast<float>(counts[f]) / (1 - field.length_share + field.length_share * relative);
    }
    return static_cast<std::uint8_t>(std::clamp(std::lround(255 * sum / (sum + saturation)), 1L, 255L));
}

// A word of the query, by its weight and the rarity of its group; with `most_terms` of them no sum overflows.
constexpr std::size_t most_terms = 64;
constexpr std::size_t most_alternatives = 8;  // beside them
constexpr float worth_unit = 2048;
inline std::uint32_t worth_of(double weight, float rarity) {
    return static_cast<std::uint32_t>(std::clamp(std::lround(weight * rarity * worth_unit), 1L, 65'535L));
}

// Of one group in one insight: worth times impact of its best word. Their sum is the score before nearness.
inline double shown_score(std::uint32_t score) {
    return static_cast<double>(score) * (saturation + 1) / (255 * static_cast<double>(worth_unit));
}

// How near two neighbours of the query stand in the claim: 0..64. `distance` is that of their places.
constexpr std::uint32_t nearest = 64;
constexpr std::uint32_t reach_of_nearness = 8;  // words; beyond that they are not said of each other
constexpr std::uint32_t closeness(std::uint32_t distance) {
    return distance > reach_of_nearness ? 0 : nearest / std::max(distance, 1U);
}

// `nearness` is 0..64. At the most an eighth more: it orders insights that hold the same words, and seldom lifts one
// above another that holds a word more. Grows with both.
constexpr std::uint32_t with_nearness(std::uint32_t score, std::uint32_t nearness) {
    return score + static_cast<std::uint32_t>((std::uint64_t{score} * nearness) >> 9);
}

}  // namespace podbrief::index
