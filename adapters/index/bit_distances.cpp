#include "adapters/index/bit_distances.hpp"

#include <bit>

namespace podbrief::index {
namespace {

// Inlined into the two below, which are compiled for different machines.
[[gnu::always_inline]] inline void count(std::span<const std::uint64_t> signatures,
                                         std::span<const std::uint64_t> wanted, std::span<std::uint16_t> distances) {
    const std::size_t words = wanted.size();
    const std::uint64_t* at = signatures.data();
    if (words == 2) {  // the built-in vectors
        const std::uint64_t first = wanted[0];
        const std::uint64_t second = wanted[1];
        for (std::uint16_t& distance : distances) {
            distance = static_cast<std::uint16_t>(std::popcount(at[0] ^ first) + std::popcount(at[1] ^ second));
            at += 2;
        }
        return;
    }
    for (std::uint16_t& distance : distances) {
        int differing = 0;
        for (std::size_t i = 0; i < words; ++i) differing += std::popcount(at[i] ^ wanted[i]);
        distance = static_cast<std::uint16_t>(differing);
        at += words;
    }
}

void count_anywhere(std::span<const std::uint64_t> signatures, std::span<const std::uint64_t> wanted,
                    std::span<std::uint16_t> distances) {
    count(signatures, wanted, distances);
}

#if defined(__x86_64__)
[[gnu::target("popcnt")]] void count_by_instruction(std::span<const std::uint64_t> signatures,
                                                    std::span<const std::uint64_t> wanted,
                                                    std::span<std::uint16_t> distances) {
    count(signatures, wanted, distances);
}
#endif

}  // namespace

void bit_distances(std::span<const std::uint64_t> signatures, std::span<const std::uint64_t> wanted,
                   std::span<std::uint16_t> distances) {
#if defined(__x86_64__)
    static const bool has_instruction = __builtin_cpu_supports("popcnt") != 0;
    if (has_instruction) {
        count_by_instruction(signatures, wanted, distances);
        return;
    }
#endif
    count_anywhere(signatures, wanted, distances);
}

}  // namespace podbrief::index
