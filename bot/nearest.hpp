#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace podbrief::bot {

// What was probably meant: the candidate fewest edits away, at most `distance`; the first of equals.
std::optional<std::string> nearest(std::string_view typed, const std::vector<std::string>& candidates,
                                   std::size_t distance);

}  // namespace podbrief::bot
