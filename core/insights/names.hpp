#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/model/episode.hpp"
#include "core/model/podcast.hpp"

namespace podbrief::insights {

// The names of the persons that the feed tells, of the episode and of the podcast; those of at least two words, each
// with a capital. What transcripts misspell is mended by them.
std::vector<std::string> known_names(const Podcast& podcast, const Episode& episode);

// The same, and the names in the episode's show notes: how names are spelt. They do not tell who speaks.
std::vector<std::string> spelt_names(const Podcast& podcast, const Episode& episode);

// The known name that `name` misspells, when exactly one is close enough, else `name`. Close is one letter in a name of
// six or more, two in ten or more, three where both sound alike; a part of less than five letters stands, and so do
// first letters that sound otherwise. A name of one word may be the last part of a known one. What is itself known, or
// a plural, is no misspelling.
std::string repair_name(std::string_view name, std::span<const std::string> known);

// The same for each sequence of capitalised words of a text.
std::string repair_names_in(std::string_view text, std::span<const std::string> known);

// Whether two names are one person's: the same letters, or one misspells the other (as above). Empty ones are nobody.
bool same_person(std::string_view a, std::string_view b);

// A speaker as shown: repaired; a first name alone becomes the full name when one known person bears it. Empty for
// labels that name nobody ("Speaker 2", "Unknown", "Host").
std::string speaker_name(std::string_view label, std::span<const std::string> known);

}  // namespace podbrief::insights
