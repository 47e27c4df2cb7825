#pragma once
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/model/transcript.hpp"

namespace podbrief::insights {

// How sentences are weighed; the figures were found on the training part of QMSum (podbrief bench quality).
struct SummarySettings {
    std::size_t words = 70;       // of the whole
    bool speakers = false;        // leave room for the speakers' names, as text_with_speakers puts them
    std::size_t least_words = 8;  // of a sentence
    std::size_t most_words = 60;  // of a sentence
    double near = 60;             // words: how far around a place a word of the query tells of it
    double wide = 250;            // the same, more loosely
    double wide_weight = 0.5;     // of the loose against the near
    double saturation = 2;        // occurrences of a query word that count half of what endless ones would
    double itself = 0.2;          // what a query word in the sentence itself adds
    double focus = 3;             // power of the relevance: how much the best place outweighs the others
    double rarity = 0.5;          // power of the rarity of a word
    double again = 0.5;           // what a word is worth that the summary has already
    double length_penalty = 0.6;  // power of the length by which a sentence's worth is divided
    double named_speaker = 1.5;   // factor for what is said by someone whom the query names
};

struct SummarySentence {
    std::size_t segment = 0;  // where it begins
    std::string speaker;      // as the transcript labels it
    std::string text;         // cleaned as wording.hpp says
};

// The sentences of a talk that answer `query` best, or tell most of the whole when it is empty, in order of time: said
// near the words of the query, full of what is said around there, each saying something new. Pure; nothing is said
// twice; at most settings.words. Adverts, intros and outros are left out.
std::vector<SummarySentence> summarise(std::span<const Segment> segments, std::string_view query,
                                       const SummarySettings& settings);

// In one paragraph; with "Mira Okonjo: " before what she says, where somebody else spoke before.
std::string text_of(std::span<const SummarySentence> summary);
std::string text_with_speakers(std::span<const SummarySentence> summary);

}  // namespace podbrief::insights
