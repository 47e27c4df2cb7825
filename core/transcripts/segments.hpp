#pragma once
#include <vector>

#include "core/model/transcript.hpp"
#include "core/transcripts/draft.hpp"

namespace podbrief::transcripts {

// Joins cues of the same speaker into segments of some sentences. A segment ends where the speaker changes or falls
// silent, or, past half a minute or 1200 bytes, at the next end of a sentence; where none comes, between words. Long
// cues are cut in the same way, their times taken as even within them. Cues have settled times and folded text.
std::vector<Segment> segments_of(std::vector<Cue> cues);

}  // namespace podbrief::transcripts
