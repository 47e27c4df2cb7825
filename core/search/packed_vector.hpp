#pragma once
#include <span>
#include <vector>

#include "core/ports/vector_store.hpp"

namespace podbrief::search {

// As the index keeps it: what is unpacked and packed again is the same.
PackedVector pack(std::span<const float> vector);
std::vector<float> unpack(const PackedVector& vector);

}  // namespace podbrief::search
