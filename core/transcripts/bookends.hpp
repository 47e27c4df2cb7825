#pragma once
#include <string>
#include <vector>

#include "core/model/transcript.hpp"

namespace podbrief::transcripts {

// Marks the greeting at the beginning (intro) and the farewell, thanks and credits at the end (outro). `lower` holds
// the segments' texts in lower case.
void mark_bookends(std::vector<Segment>& segments, const std::vector<std::string>& lower);

}  // namespace podbrief::transcripts
