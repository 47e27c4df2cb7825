#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace podbrief::index {

// So many values are looked at together.
inline constexpr std::size_t at_least_stride = 32;

// Appends the places of those of `values` that are `least` or more, in their order. Their number is a multiple of that.
void append_at_least(std::span<const std::int32_t> values, std::int32_t least, std::vector<std::uint32_t>& places);

}  // namespace podbrief::index
