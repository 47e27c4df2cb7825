#pragma once
#include <cstddef>
#include <cstdint>
#include <span>

namespace podbrief::index {

// In how many bits each of `signatures` (one after the other, each as long as `wanted`) differs from it, into
// `distances`, which has a place for each.
void bit_distances(std::span<const std::uint64_t> signatures, std::span<const std::uint64_t> wanted,
                   std::span<std::uint16_t> distances);

}  // namespace podbrief::index
