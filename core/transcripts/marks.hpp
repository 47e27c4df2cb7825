#pragma once
#include <optional>
#include <string_view>

#include "core/model/time.hpp"

namespace podbrief::transcripts {

// A time written in text, such as "[12:34]" or "\[1:02:03.5\]".
struct Mark {
    Millis time{};
    std::size_t begin = 0;
    std::size_t end = 0;  // past it and the white space after it
};

// The next mark in square brackets at or after `from`, anywhere in the text.
std::optional<Mark> next_mark(std::string_view text, std::size_t from);

// A mark at the very front: in square brackets, in round ones, or bare ("00:12:34 Hello").
std::optional<Mark> leading_mark(std::string_view text);

// "Ann Lee (12:34)", "Speaker 1  0:02": a name with a mark as its end, and nothing else.
struct MarkedName {
    std::string_view name;
    Millis time{};
};
std::optional<MarkedName> marked_name(std::string_view line);

}  // namespace podbrief::transcripts
