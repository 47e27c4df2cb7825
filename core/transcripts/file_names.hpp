#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "core/model/time.hpp"
#include "core/model/transcript.hpp"

namespace podbrief::transcripts {

// By the extension of a path or URL (.json .vtt .srt .html .htm .md .markdown .txt, any case); nullopt: none of them.
std::optional<TranscriptFormat> format_of_name(std::string_view path_or_url);

// What a file name tells: "2026-03-01 - Chips and trade.md" gives the date (midnight UTC) and "Chips and trade".
struct NameFacts {
    std::string title;  // never empty for a non-empty name
    std::optional<WallTime> date;
};
NameFacts facts_from_name(std::string_view path);

}  // namespace podbrief::transcripts
