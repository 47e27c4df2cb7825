#pragma once
#include <vector>

#include "core/transcripts/draft.hpp"

namespace podbrief::transcripts {

// Gives every cue honest times: starts that never go back, start <= end. Times that cannot be (negative, against the
// order of the rest, far beyond the episode's end) are taken as unknown; cues that are mostly out of order are sorted.
// What is unknown is estimated by the characters between what is known. True when any time was known.
bool settle_times(std::vector<Cue>& cues, Millis episode_duration);

}  // namespace podbrief::transcripts
