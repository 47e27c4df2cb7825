#pragma once
#include <vector>

#include "adapters/index/memory_index.hpp"
#include "bot/quality/corpora.hpp"

namespace podbrief::bot::quality {

// What the pipeline makes of the episodes, in the order of their publication, without a store.
struct Library {
    std::vector<TalkEpisode> episodes;
    std::vector<Insight> insights;        // ids count from 1, so insights[id - 1]
    std::vector<std::size_t> episode_of;  // of each insight
    index::MemoryIndex known;
    ExtractionReport report;
    double hours = 0;
};

// Puts the episodes in order and fills in all the rest.
void extract_into(Library& library);

}  // namespace podbrief::bot::quality
