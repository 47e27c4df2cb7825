#pragma once
#include <vector>

#include "core/transcripts/draft.hpp"

namespace podbrief::transcripts {

// Rolling captions show each line two or three times, in cue after cue. Where a file does so throughout, what a cue
// repeats of the one before it is removed (its text may become empty). Cues that repeat the one before them exactly,
// times included, are emptied always. Texts have their white space folded.
void remove_repeats(std::vector<Cue>& cues);

}  // namespace podbrief::transcripts
