#pragma once
#include <string_view>
#include <vector>

#include "core/model/episode.hpp"
#include "core/model/transcript.hpp"

namespace podbrief::transcripts {

// Marks what is no part of the talk: sponsor reads and breaks (advert), the words that open a show (intro) and those
// that close it (outro). Looks for phrases of advertisements that stand close together, for greetings and farewells at
// either end, and for chapters named after sponsors, where the words agree with the chapter (its times may be off).
// Segments that are only partly so are cut at the ends of sentences; those already marked stay as they are. Talk about
// advertising is not marked. `show` is the podcast's title; with it, more is certain.
void mark_adverts(std::vector<Segment>& segments, const std::vector<Chapter>& chapters, std::string_view show = {});

// "Sponsor: Acme", "Ad break", "Message from our partners".
bool is_sponsor_chapter(std::string_view title);

}  // namespace podbrief::transcripts
