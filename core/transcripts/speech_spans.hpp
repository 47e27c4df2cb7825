#pragma once
#include <vector>

#include "core/ports/audio_tools.hpp"

namespace podbrief::transcripts {

// How a long recording is cut for services that take short ones.
struct SpanRules {
    Millis longest = std::chrono::minutes{10};
    Millis search = std::chrono::seconds{90};  // before that, for a silence to cut in
    Millis overlap = std::chrono::seconds{5};  // where there is none: so much is heard twice
};

// The parts of a recording, in order, that cover it. Where a silence lies near the end of a part it is cut in the
// middle of the longest; else the next part begins a little before the end of this one.
std::vector<TimeSpan> plan_spans(Millis length, const std::vector<TimeSpan>& silences, const SpanRules& rules = {});

}  // namespace podbrief::transcripts
