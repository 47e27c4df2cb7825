#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "core/ports/insight_engine.hpp"

namespace podbrief::testing {

// An episode of two people who say things worth keeping, with chat and an advert between: 3 minutes.
ExtractionRequest a_talk();

// The sentences of it that make an insight as they stand, with the segment they are in.
struct GoodSentence {
    int segment = 0;
    std::string text;
};
std::vector<GoodSentence> good_sentences();

// The same talk, with that text as a segment of its own in the middle, said by `speaker`.
ExtractionRequest a_talk_with(std::string text, std::string speaker = "Mira Okonjo");

// A talk of about so many bytes: the good sentences over and over, each with numbers of its own.
ExtractionRequest a_long_talk(std::size_t bytes);

}  // namespace podbrief::testing
