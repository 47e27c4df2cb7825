#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace podbrief::insights {

// Names of persons in show notes (HTML or text): two or three capitalised words of which the first is a common given
// name, or which follow a word that a person's name follows ("with", "guest", "author", "Dr."). Each once, in order, at
// most 100. They tell how a name is spelt, not who speaks.
std::vector<std::string> names_in_notes(std::string_view notes);

// Whether many people have this given name (folded).
bool is_given_name(std::string_view folded);

}  // namespace podbrief::insights
