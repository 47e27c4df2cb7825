#pragma once
#include <initializer_list>
#include <string_view>

namespace podbrief::transcripts {

// Finding phrases in text whose ASCII letters are lower case.

// Whether any of the phrases stands in the text, beginning and ending at word boundaries.
bool has_phrase(std::string_view lower, std::initializer_list<std::string_view> phrases);

// Where a phrase begins, at word boundaries; npos: nowhere.
std::size_t find_phrase(std::string_view lower, std::string_view phrase, std::size_t from = 0);

}  // namespace podbrief::transcripts
