#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace podbrief::index {

// In how many bits each of `signatures` (one after the other, each as long as `wanted`) differs from it.
std::vector<std::uint16_t> bit_distances(std::span<const std::uint64_t> signatures,
                                         std::span<const std::uint64_t> wanted);

}  // namespace podbrief::index
