#pragma once
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace podbrief::search {

// The number in four bytes of a file of ours, the lowest first; `bytes` has them all.
inline std::uint32_t number_at(std::string_view bytes, std::size_t at) {
    const auto byte = [&](std::size_t i) { return std::uint32_t{static_cast<unsigned char>(bytes[at + i])}; };
    return byte(0) | byte(1) << 8 | byte(2) << 16 | byte(3) << 24;
}

}  // namespace podbrief::search
