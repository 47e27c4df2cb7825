#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "core/model/ids.hpp"
#include "core/model/time.hpp"

namespace podbrief {

// How a claim stands towards the issue it speaks of, as far as its own words tell.
enum class Stance { neutral, favourable, critical };
std::string_view to_string(Stance);

// How one insight stands towards another, or towards the topic asked about.
enum class Relation { supports, disputes, adds_context };
std::string_view to_string(Relation);

// What the words rest on: kept apart in wording and in data.
enum class Modality { said, argued, alleged, inferred };
std::string_view to_string(Modality);

// asked: of a transcript too, but looked up because somebody asked; it is found from then on, and in nobody's brief.
enum class InsightOrigin { transcript, show_notes, asked };
std::string_view to_string(InsightOrigin);

// Parts of the quality of an insight, each 0..1.
struct InsightScores {
    float centrality = 0;      // how much of the episode speaks of the same thing
    float claim = 0;           // how much it reads like a claim: cause, contrast, comparison, consequence
    float specificity = 0;     // numbers, names, terms
    float self_contained = 0;  // how well it stands without what was said before
    float novelty = 0;         // how rare its words are in the library
    float quality = 0;         // the weighted whole, what ranking uses
    bool operator==(const InsightScores&) const = default;
};

// A claim of 1 to 3 sentences that stands alone, and the exact words it rests on.
struct Insight {
    InsightId id;
    EpisodeId episode;
    PodcastId podcast;
    TranscriptId transcript;
    InsightOrigin origin = InsightOrigin::transcript;
    std::string text;   // at most 350 characters (code points)
    std::string quote;  // byte-exact: segments[first..last] joined with one space, bytes [quote_begin, +quote.size())
    int first_segment = 0;  // index of the segment the quote begins in
    int last_segment = 0;   // index of the segment it ends in
    int quote_begin = 0;    // byte offset into the first segment's text
    std::string speaker;    // who says the quote; empty: unknown
    Millis start{};
    Millis end{};
    std::vector<std::string> topics;    // lower case, most telling first, at most 8
    std::vector<std::string> entities;  // names as spelt in `text`
    Stance stance = Stance::neutral;
    Modality modality = Modality::said;
    InsightScores scores;
    ClaimClusterId cluster;   // 0 until stored
    WallTime published_at{};  // the episode's ordering time
    bool superseded = false;  // a newer version of the transcript replaced it
    bool operator==(const Insight&) const = default;
};

// True of two insights of one transcript that rest on the very same words.
inline bool same_quote(const Insight& a, const Insight& b) {
    return a.first_segment == b.first_segment && a.quote_begin == b.quote_begin && a.quote == b.quote;
}

// The same claim made in several episodes: shown once, with its independent sources counted.
struct ClaimCluster {
    ClaimClusterId id;
    InsightId representative;
    std::vector<InsightId> members;  // the representative among them
    int independent_sources = 1;     // shows that carry it, one guest on several shows counting once
};

}  // namespace podbrief
