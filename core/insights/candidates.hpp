#pragma once
#include <span>
#include <string_view>
#include <vector>

#include "core/insights/settings.hpp"
#include "core/insights/statements.hpp"
#include "core/ports/insight_engine.hpp"

namespace podbrief::insights {

// One to three neighbouring sentences of one speaker that may become an insight.
struct Candidate {
    std::size_t first = 0;  // index of a statement
    std::size_t last = 0;   // inclusive
    int words = 0;
    int attributions = 0;
    std::vector<StemId> stems;  // sorted, each once
    InsightScores scores;
};

// All that pass the gates, scored (novelty 0, quality without it). What fails is counted in the report.
std::vector<Candidate> candidates_of(std::span<const Statement> statements, const Vocabulary& vocabulary,
                                     const EngineSettings& settings, ExtractionReport& report);

// Shared over united, of sorted lists.
double overlap(const std::vector<StemId>& a, const std::vector<StemId>& b);

}  // namespace podbrief::insights
