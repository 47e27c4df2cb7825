#pragma once
#include <boost/system/result.hpp>
#include <string_view>
#include <vector>

#include "core/model/episode.hpp"
#include "core/transcripts/parse.hpp"

namespace podbrief::transcripts {

// Podcasting 2.0 chapters (application/json+chapters, at most 1 MiB), ordered by start; those without a title or a
// proper start are left out. At most 10,000.
// https://github.com/Podcastindex-org/podcast-namespace/blob/main/docs/examples/chapters/jsonChapters.md
boost::system::result<std::vector<Chapter>, TranscriptError> parse_chapters(std::string_view json);

}  // namespace podbrief::transcripts
