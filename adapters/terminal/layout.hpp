#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace podbrief::terminal {

// Text in one style. `sgr` is the inside of a Select Graphic Rendition sequence ("1", "1;31"); empty: plain.
struct Run {
    std::string text;
    std::string sgr;
    std::string link;       // OSC 8 target; empty: none
    bool unbroken = false;  // stays on one line where it fits on one
    bool follows = false;   // its first word stays on the line of the word before
};

struct Indent {
    std::string first;      // what the first line begins with (styled already)
    std::size_t width = 0;  // its columns; the other lines are indented by as many spaces
};

// Lays runs out in lines of at most `width` columns, broken at white space; what is wider than a line is broken
// anywhere. Lines end in "\n". Styles never reach over a line's end.
std::string wrap(const std::vector<Run>& runs, std::size_t width, const Indent& indent);

// `text` between the sequences that switch `sgr` on and off; as it is when `sgr` is empty.
std::string styled(std::string_view text, std::string_view sgr);

}  // namespace podbrief::terminal
