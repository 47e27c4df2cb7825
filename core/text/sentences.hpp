#pragma once
#include <cstddef>
#include <string_view>
#include <vector>

namespace podbrief::text {

struct ByteRange {
    std::size_t begin = 0;
    std::size_t end = 0;  // past the last byte; surrounding white space not included

    std::size_t size() const { return end - begin; }
    std::string_view in(std::string_view text) const { return text.substr(begin, end - begin); }
    bool operator==(const ByteRange&) const = default;
};

// Sentences by ICU's rules, joined again where those break wrongly in English talk: after abbreviations (U.S., Dr.,
// e.g., No. 5), initials, decimals, and an ellipsis before a lower-case word.
std::vector<ByteRange> sentences(std::string_view utf8);

}  // namespace podbrief::text
