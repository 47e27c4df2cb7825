#pragma once
#include <cstddef>
#include <cstdint>

namespace podbrief::index {

// Sum of products. `a` within 8191 and at most 2048 numbers: the sum fits.
std::int32_t dot_product(const std::int16_t* a, const std::int8_t* b, std::size_t size);

}  // namespace podbrief::index
