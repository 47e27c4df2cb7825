#pragma once
#include <optional>
#include <string_view>
#include <vector>

#include "core/text/sentences.hpp"

namespace podbrief::insights {

// Where `said` stands in `text`, word for word: case, punctuation and white space may differ, words may not. The range
// goes from its first word to its last, with the end mark behind. nullopt: it does not, or has no words.
std::optional<text::ByteRange> find_words(std::string_view text, std::string_view said);

// The parts of a text in double quotation marks, straight or curly, without the marks.
std::vector<std::string_view> quotations_in(std::string_view text);

}  // namespace podbrief::insights
