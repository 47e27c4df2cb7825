#pragma once
#include <cstdint>
#include <vector>

#include "adapters/index/postings.hpp"
#include "adapters/index/vocabulary.hpp"
#include "core/model/ids.hpp"
#include "core/model/time.hpp"

namespace podbrief::index {

// One episode in the index of talk: a run of units, a unit a segment. Its first unit stands for title and notes.
struct TalkRecord {
    EpisodeId episode;
    PodcastId podcast;
    WallTime published_at{};
    Document first_unit = 0;  // the one of title and notes
    Document past_units = 0;
    float words = 0;  // said in all
    bool erased = false;
};

struct TalkUnit {
    std::uint32_t record = 0;
    std::uint32_t segment = 0;  // of the transcript
    float middle = 0;           // words said in the episode before the middle of this one
};

}  // namespace podbrief::index
