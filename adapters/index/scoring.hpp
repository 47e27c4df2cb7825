#pragma once
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>

// How the index scores, kept apart so that an exhaustive scorer can check the fast one against it.
namespace podbrief::index {

// What one occurrence of a word counts, in quarters of an occurrence in the claim itself. A word that is in the claim
// gains nothing more from the quote, which says the same at greater length.
constexpr int text_units = 4;
constexpr int label_units = 4;  // topics and entities: on top of the text
constexpr int quote_units = 2;
constexpr int name_units = 1;  // show and speaker
constexpr int most_units = 63;

// BM25. The claims are of much the same length, so length counts little.
constexpr float saturation = 1.2F;
constexpr float length_share = 0.4F;

// Rarity of what occurs in `holding` of `total` insights; positive.
inline float rarity(std::size_t holding, std::size_t total) {
    const double n = static_cast<double>(std::min(holding, total));
    return static_cast<float>(std::log(1.0 + (static_cast<double>(total) - n + 0.5) / (n + 0.5)));
}

// The length of an insight as it is stored: 1..255 occurrences.
inline std::uint8_t length_of(int sum_of_units) {
    return static_cast<std::uint8_t>(std::clamp((sum_of_units + 3) / 4, 1, 255));
}

inline float length_norm(std::uint8_t length, double average_length) {
    const double relative = average_length > 0 ? static_cast<double>(length) / average_length : 1.0;
    return saturation * static_cast<float>(1.0 - length_share + length_share * relative);
}

// `worth` is weight times rarity.
inline float impact(float worth, int units, float norm) {
    const float tf = static_cast<float>(units) * 0.25F;
    return worth * (tf * (saturation + 1.0F)) / (tf + norm);
}

}  // namespace podbrief::index
