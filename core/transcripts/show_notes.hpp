#pragma once
#include <optional>

#include "core/model/episode.hpp"
#include "core/transcripts/parse.hpp"

namespace podbrief::transcripts {

// The least prose, in characters, that makes show notes worth reading for insights.
constexpr int shortest_notes = 600;

// The prose of an episode's show notes, a segment a paragraph, all times 0, no speakers. Lists of links, chapter
// lists, sponsors, calls to subscribe and legal lines are left out; nullopt when too little is left.
std::optional<ParsedTranscript> segments_from_notes(const Episode& episode);

}  // namespace podbrief::transcripts
