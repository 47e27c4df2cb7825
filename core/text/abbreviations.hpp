#pragma once
#include <string_view>

namespace podbrief::text {

// What the full stop of an abbreviation says about the end of a sentence.
enum class Abbreviation {
    none,
    before_more,    // Dr., e.g.: never at the end
    before_number,  // No. 5, p. 12
    either,         // U.S., Inc., p.m.: at the end when a word follows that starts sentences
};

// `word` ends with its full stop.
Abbreviation abbreviation_kind(std::string_view word);

// Words that, with a capital, mostly open a sentence: The, It, But, ...
bool starts_a_sentence(std::string_view word);

}  // namespace podbrief::text
