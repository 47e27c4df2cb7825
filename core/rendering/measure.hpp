#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

// How platforms count text, and cutting that never splits what a reader sees as one character.
namespace podbrief::rendering {

// All of valid UTF-8.
std::size_t code_points(std::string_view utf8);
std::size_t utf16_units(std::string_view utf8);
using Measure = std::size_t (*)(std::string_view);
std::size_t bytes(std::string_view utf8);

// The longest beginning of at most `limit` by that measure that ends between graphemes. A single grapheme longer than
// the limit (a letter under hundreds of marks) is left out whole.
std::string_view beginning_of(std::string_view utf8, std::size_t limit, Measure measure);

// The same text, or as much of it as leaves room for an ellipsis, which then ends it.
std::string cut(std::string_view utf8, std::size_t limit, Measure measure);

// Whole pieces of at most `limit`: broken after a line, else a sentence, else a word, else a grapheme. Joined they
// give the text, white space at the breaks aside. A grapheme longer than the limit loses its last marks.
std::vector<std::string> pieces_of(std::string_view utf8, std::size_t limit, Measure measure);

}  // namespace podbrief::rendering
