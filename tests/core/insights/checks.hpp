#pragma once
#include "core/insights/settings.hpp"
#include "core/model/insight.hpp"
#include "core/ports/insight_engine.hpp"

namespace podbrief::insights {

// What is promised of every insight, whatever the transcript: the quote is byte-exact where it says, text and quote are
// valid UTF-8, lengths are kept, numbers and names are grounded, times lie in the segments. Fails the running test.
void check_insight(const Insight& insight, const ExtractionRequest& request, const EngineSettings& settings);

}  // namespace podbrief::insights
