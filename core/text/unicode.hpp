#pragma once
#include <cstddef>
#include <string>
#include <string_view>

namespace podbrief::text {

// All text inside podbrief is valid UTF-8; offsets and sizes are bytes unless a name says otherwise.

bool is_valid_utf8(std::string_view bytes);

// Invalid sequences and NUL become U+FFFD; control characters other than tab, LF and CR are dropped.
std::string to_valid_utf8(std::string_view bytes);

// From a named charset ("iso-8859-1" is read as windows-1252, as browsers do). Unknown names: as to_valid_utf8.
std::string decode(std::string_view bytes, std::string_view charset);

// For comparing: NFKC, case folded, accents dropped ("Émile" and "EMILE" are equal).
std::string fold(std::string_view utf8);

std::string to_lower(std::string_view utf8);

// Runs of white space (Unicode's, no-break space too) become one space; none at either end.
std::string collapse_white_space(std::string_view utf8);

std::size_t code_point_count(std::string_view utf8);

// The longest prefix of at most `limit` code points that does not split a grapheme.
std::string_view prefix_of(std::string_view utf8, std::size_t limit_code_points);

// As prefix_of, but ends at a word and adds an ellipsis when something was cut; the ellipsis counts.
std::string shortened(std::string_view utf8, std::size_t limit_code_points);

// Columns in a terminal: wide East Asian characters and emoji count two, combining marks none.
std::size_t display_width(std::string_view utf8);

}  // namespace podbrief::text
