#pragma once
#include <cstddef>

#include "core/model/transcript.hpp"

namespace podbrief::transcripts {

// When the byte at `byte_offset` of the segment's text is said, taking speech as even within the segment. Offsets
// beyond the text give the end.
Millis time_at(const Segment& segment, std::size_t byte_offset);

}  // namespace podbrief::transcripts
