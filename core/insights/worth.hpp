#pragma once
#include <array>
#include <cstddef>
#include <string_view>

#include "core/insights/settings.hpp"

namespace podbrief::insights {

// What of a finished text tells whether a busy person would find it worth reading, as numbers of about 0..1. Some say
// how it begins, some how it hangs together, and most how much of a kind of words it has. Their weights were learned
// from a reader's judgement of some thousand texts (tests/bench/worth/README.md).
inline constexpr std::size_t worth_features = 63;
using WorthFeatures = std::array<double, worth_features>;

struct WorthContext {
    std::string_view speaker;  // as shown; what "<speaker> thinks" is about does not begin the claim
    double centrality = 0.5;   // see InsightScores
};

WorthFeatures worth_features_of(std::string_view text, const WorthContext& context);
std::string_view worth_feature_name(std::size_t feature);

// The probability, 0..1, that a reader finds the text worth reading.
double worth_of(const WorthFeatures& features);

// What ranks insights, 0..1: the square root of the worth (few texts are certainly worth reading, and the root spreads
// the others), less for a text of another length than reads best.
float quality_of(std::string_view text, const WorthContext& context, const EngineSettings& settings);

}  // namespace podbrief::insights
