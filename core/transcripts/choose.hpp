#pragma once
#include <optional>
#include <string_view>
#include <vector>

#include "core/model/episode.hpp"
#include "core/model/transcript.hpp"

namespace podbrief::transcripts {

// What an offer says it is, by its media type, else by the extension of its URL.
std::optional<TranscriptFormat> offered_format(const TranscriptOffer& offer);

// The offers worth fetching, best first: JSON, WebVTT, SRT, HTML, Markdown and text, then what nothing is known of;
// within a format full transcripts come before rel="captions" (short lines for display). When any offer matches the
// podcast's language ("en" matches "en-US") or names none, those in other languages are left out. Equal ones keep their
// order; the same URL comes once.
std::vector<TranscriptOffer> ranked_offers(const std::vector<TranscriptOffer>& offers,
                                           std::string_view podcast_language);

}  // namespace podbrief::transcripts
