#pragma once
#include <string_view>
#include <vector>

#include "core/model/episode.hpp"
#include "core/model/transcript.hpp"

namespace podbrief::transcripts {

// Marks what is no part of the talk: sponsor reads and breaks (advert), the words that open a show (intro) and those
// that close it (outro). Looks for phrases of advertisements that stand close together, for the openings and closings
// at either end, and for chapters named after sponsors, where the words agree with the chapter (its times may be off).
// Talk about advertising is not marked. Segments already marked keep their kind.
void mark_adverts(std::vector<Segment>& segments, const std::vector<Chapter>& chapters);

// "Sponsor: Acme", "Ad break", "Message from our partners".
bool is_sponsor_chapter(std::string_view title);

}  // namespace podbrief::transcripts
