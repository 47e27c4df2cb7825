#pragma once
#include <cstddef>
#include <string_view>
#include <vector>

#include "core/model/insight.hpp"
#include "core/ports/insight_engine.hpp"

// What a strict reader would find wrong with a finished insight. Written apart from the engine's gates, by the words
// alone, so that the engine is not measured with its own rules; it finds too much rather than too little.
namespace podbrief::bot::quality {

struct ReaderChecks {
    bool exact = true;            // the quote is in the transcript, byte by byte, where the insight says
    bool led_by_pronoun = false;  // the first word is a pronoun or a conjunction
    bool dangling = false;        // something is spoken of as known that the text has not named
    bool we = false;              // speaks of "we"
    bool you = false;             // speaks to "you" more than once
    bool past = false;            // tells what happened: most of its verbs are in the past
    bool broken = false;          // words that cannot stand side by side
    bool good_length = false;     // 30 to 60 words
    std::size_t words = 0;
};

ReaderChecks check_as_reader(const Insight& insight, const std::vector<Segment>& segments);

// Of texts alone.
bool dangles(std::string_view text);
bool is_broken(std::string_view text);

}  // namespace podbrief::bot::quality
