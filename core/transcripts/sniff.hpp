#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "core/model/transcript.hpp"
#include "core/transcripts/parse.hpp"

namespace podbrief::transcripts {

// Valid UTF-8 with LF line ends, without byte order mark: from UTF-8, UTF-16 with a mark, the charset the type names,
// or windows-1252 where nothing in it is UTF-8. nullopt: not text at all.
std::optional<std::string> readable_text(std::string_view bytes, std::string_view content_type);

// The format by the look of the text; where that leaves open what it is, by the hints.
TranscriptFormat sniff_format(std::string_view text, const ParseHints& hints);

}  // namespace podbrief::transcripts
