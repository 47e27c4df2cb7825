#pragma once
#include <string>
#include <vector>

#include "core/model/ids.hpp"

namespace podbrief::search {

// Where one member of a claim cluster comes from.
struct ClaimSource {
    PodcastId podcast;
    std::string speaker;        // empty: unknown
    std::string guid;           // of the episode, as the feed has it
    std::string enclosure_key;  // its recording (core/feeds/identity.hpp)
    std::string title_key;      // its folded title
    std::string quote;          // the very words
};

// How many of them are independent: those of one podcast are one, those of one person on several (also under a
// misspelt name) are one, and so is one recording in several feeds: the same file, the same guid and title, or the
// same words to the letter. At least 1.
int independent_sources(const std::vector<ClaimSource>& members);

}  // namespace podbrief::search
