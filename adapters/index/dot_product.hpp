#pragma once
#include <cstddef>
#include <cstdint>

namespace podbrief::index {

// The greatest number that `a` may have below: so the sum fits.
constexpr std::int32_t greatest_factor(std::size_t size) {
    return size <= 2048 ? 8191 : static_cast<std::int32_t>(2048 * 8191 / size);
}

// Sum of products, in the quickest way that this machine has.
std::int32_t dot_product(const std::int16_t* a, const std::int8_t* b, std::size_t size);
// The same as every machine of its kind can.
std::int32_t dot_product_anywhere(const std::int16_t* a, const std::int8_t* b, std::size_t size);

}  // namespace podbrief::index
