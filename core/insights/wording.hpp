#pragma once
#include <string>
#include <string_view>

namespace podbrief::insights {

// A sentence of talk as it may be read. Words are only deleted, or turned from "I think" into "<speaker> thinks":
// numbers, names and hedges stay.
struct CleanSentence {
    std::string text;         // empty: nothing but filler
    std::string core;         // the text without "<speaker> thinks"; empty: there is none, see `text`
    bool restarted = false;   // a false start is left in it
    bool unfinished = false;  // ends in a dash, or without an end mark
    bool question = false;
    std::string_view joint;       // "Because" or "Whereas", when that was taken off: right behind a sentence it belongs
    bool connected = false;       // a leading "and", "so", "because" or the like was taken off
    bool lost_contrast = false;   // a leading "but" was taken off
    bool unintelligible = false;  // the transcriber did not understand all of it
    bool denied = false;          // attributed by what the speaker does not think
    bool opinion = false;         // the speaker said that he thinks so, in a way that left no trace in the text
    bool trails_off = false;      // ended in "..."

    bool attributed() const { return !core.empty(); }
};

// Cleans as disfluency.hpp and attribution.hpp say. `speaker` is the name to put for "I"; empty: unknown, the sentence
// then stays in the first person.
CleanSentence clean_sentence(std::string_view raw, std::string_view speaker);

// Appends a sentence to a text. One that only goes on with the last ("Because ...", "Which ...") becomes part of it.
void append_sentence(std::string& text, std::string_view sentence);

// `name` in full where it comes first, its last word after that.
std::string with_short_repeats(std::string_view text, std::string_view name);

}  // namespace podbrief::insights
