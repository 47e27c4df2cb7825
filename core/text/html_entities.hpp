#pragma once
#include <cstddef>
#include <string_view>

namespace podbrief::text {

// No name of an entity is longer than this many bytes.
constexpr std::size_t longest_entity_name = 21;

// The character a named reference stands for ("eacute" gives U+00E9); 0 when there is no such name.
char32_t code_point_of_entity(std::string_view name);

}  // namespace podbrief::text
