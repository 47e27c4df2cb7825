#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "core/text/sentences.hpp"

namespace podbrief::text {

// Words as the index, the ranking and the engine see them. A word is a run of letters, digits and inner marks
// (don't, GPT-4, C++, U.S., 3.5).

// Byte ranges of the words of a text.
std::vector<ByteRange> words(std::string_view utf8);

// Function words of English, folded: the, of, and, ...
bool is_stop_word(std::string_view folded);

// Folded and stemmed (Snowball, English): "Exporting" and "exports" give "export". Words without ASCII letters come
// back folded.
std::string stem(std::string_view word);

// The stems of a text in order, stop words and single letters left out (single digits stay).
std::vector<std::string> stems(std::string_view utf8);

// The same, sorted, each once.
std::vector<std::string> unique_stems(std::string_view utf8);

// Shared over united, of two sorted unique lists: 0..1.
double jaccard(const std::vector<std::string>& a, const std::vector<std::string>& b);

}  // namespace podbrief::text
