#pragma once
#include <string_view>

#include "core/transcripts/markings.hpp"

namespace podbrief::transcripts {

// Marks the greeting at the beginning (intro) and the farewell, thanks and credits at the end (outro). `show` is the
// podcast's title in lower case, or empty.
void mark_bookends(Markings& markings, std::string_view show);

}  // namespace podbrief::transcripts
