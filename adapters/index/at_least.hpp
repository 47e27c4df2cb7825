#pragma once
#include <cstdint>
#include <span>
#include <vector>

namespace podbrief::index {

// Appends the places of those of `values` that are `least` or more, in their order. Their number is a multiple of 32.
void append_at_least(std::span<const std::int32_t> values, std::int32_t least, std::vector<std::uint32_t>& places);

}  // namespace podbrief::index
