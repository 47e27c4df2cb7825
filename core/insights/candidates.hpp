#pragma once
#include <span>
#include <string_view>
#include <vector>

#include "core/insights/settings.hpp"
#include "core/insights/statements.hpp"
#include "core/ports/insight_engine.hpp"

namespace podbrief::insights {

// One to three sentences of one speaker that may become an insight: neighbours, or with a sentence or two between them
// that say nothing to the point.
struct Candidate {
    std::size_t first = 0;           // index of a statement
    std::size_t last = 0;            // inclusive
    std::vector<std::size_t> parts;  // of first to last, the statements that make the text
    std::size_t quoted_from = 0;     // where the quote begins: `first`, or what names its subject (Lead)
    int words = 0;
    bool attributed = false;    // "<speaker> thinks" is in it
    std::vector<StemId> stems;  // sorted, each once
    InsightScores scores;
};

// All that pass the gates, scored (novelty 0, quality without it). What fails is counted in the report.
std::vector<Candidate> candidates_of(std::span<const Statement> statements, const Vocabulary& vocabulary,
                                     const EngineSettings& settings, ExtractionReport& report);

}  // namespace podbrief::insights
