#pragma once
#include <cstdint>
#include <vector>

#include "adapters/index/postings.hpp"
#include "adapters/index/vocabulary.hpp"
#include "adapters/index/word_places.hpp"
#include "core/model/ids.hpp"
#include "core/model/time.hpp"

namespace podbrief::index {

// One episode in the index of talk: a run of units, a unit a segment. The first two stand for title and show notes.
struct TalkRecord {
    EpisodeId episode;
    PodcastId podcast;
    WallTime published_at{};
    Document title = 0;  // the unit of it; that of the notes is the next
    Document past_units = 0;
    Place first_place = 0;  // of its words
    Place past_place = 0;
    bool erased = false;

    Document notes() const { return title + 1; }
    Document first_said() const { return title + 2; }
};

struct TalkUnit {
    std::uint32_t record = 0;
    std::uint32_t segment = 0;  // of the transcript
    Place first_place = 0;      // of its words
    Place past_place = 0;

    Place middle() const { return first_place + (past_place - first_place) / 2; }
};

// Everything that is indexed, for whoever scores it.
struct TalkTables {
    Vocabulary vocabulary;
    ListsByTerm<PostingList> postings;
    WordPlaces places;
    std::vector<TalkRecord> records;
    std::vector<TalkUnit> units;
};

}  // namespace podbrief::index
