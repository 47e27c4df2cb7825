#include "core/search/packed_vector.hpp"

#include <algorithm>
#include <cmath>

namespace podbrief::search {

PackedVector pack(std::span<const float> vector) {
    float greatest = 0;
    for (const float one : vector) greatest = std::max(greatest, std::abs(one));
    PackedVector packed;
    packed.scale = greatest > 0 ? greatest / 127 : 1;
    packed.parts.reserve(vector.size());
    for (const float one : vector) packed.parts.push_back(static_cast<std::int8_t>(std::lround(one / packed.scale)));
    return packed;
}

std::vector<float> unpack(const PackedVector& vector) {
    std::vector<float> numbers;
    numbers.reserve(vector.parts.size());
    for (const std::int8_t part : vector.parts) numbers.push_back(vector.scale * static_cast<float>(part));
    return numbers;
}

}  // namespace podbrief::search
