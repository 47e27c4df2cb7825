#pragma once
#include <cstddef>
#include <string_view>
#include <vector>

#include "core/insights/settings.hpp"
#include "core/ports/insight_engine.hpp"

namespace podbrief::insights {

// A stretch of a transcript: segments, first and last, both inside.
struct Passage {
    int first_segment = 0;
    int last_segment = 0;
};

// The insights that a passage has on `query`, for questions on which the library has passages but no insight: made by
// the same rules and gates, best first, at most `most`, each with a word of the query in it (an empty query asks for
// any). They refer to the segments of the whole transcript. What is weaker than a brief would take is taken here too:
// somebody asked. Segments outside of the transcript are left out. Pure; a passage of ten minutes takes milliseconds.
std::vector<Insight> insights_from_passage(const ExtractionRequest& request, Passage passage, std::string_view query,
                                           std::size_t most, const EngineSettings& settings);

}  // namespace podbrief::insights
