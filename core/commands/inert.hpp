#pragma once
#include <string>
#include <string_view>

namespace podbrief::commands {

// Text that can do nothing but be read: valid UTF-8 without control characters (tab becomes a space, line breaks stay
// when `keep_lines`, else become spaces), escape sequences, marks that turn the direction of writing, invisible tags
// and byte order marks. Everything that came from outside goes through this before it leaves.
std::string inert(std::string_view text, bool keep_lines = false);

}  // namespace podbrief::commands
