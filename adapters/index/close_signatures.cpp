#include "adapters/index/close_signatures.hpp"

#include <array>
#include <bit>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace podbrief::index {
namespace {

// Inlined into those below, which are compiled for different machines.
[[gnu::always_inline]] inline void one_by_one(std::span<const std::uint64_t> signatures,
                                              std::span<const std::uint64_t> wanted, std::uint16_t bound,
                                              std::uint32_t begin, std::vector<CloseSignature>& found) {
    const std::size_t words = wanted.size();
    for (std::size_t at = 0; at < signatures.size(); at += words, ++begin) {
        int differing = 0;
        for (std::size_t i = 0; i < words; ++i) differing += std::popcount(signatures[at + i] ^ wanted[i]);
        if (differing <= bound) found.push_back({begin, static_cast<std::uint16_t>(differing)});
    }
}

void append_anywhere(std::span<const std::uint64_t> signatures, std::span<const std::uint64_t> wanted,
                     std::uint16_t bound, std::uint32_t begin, std::vector<CloseSignature>& found) {
    one_by_one(signatures, wanted, bound, begin, found);
}

#if defined(__x86_64__)

[[gnu::target("popcnt")]] void append_by_popcnt(std::span<const std::uint64_t> signatures,
                                                std::span<const std::uint64_t> wanted, std::uint16_t bound,
                                                std::uint32_t begin, std::vector<CloseSignature>& found) {
    one_by_one(signatures, wanted, bound, begin, found);
}

// The bits set in each of four words, by counting half bytes in a table (W. Mula).
[[gnu::target("avx2"), gnu::always_inline]] inline __m256i bits_set(__m256i words) {
    const __m256i counts = _mm256_setr_epi8(0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4,  //
                                            0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4);
    const __m256i half = _mm256_set1_epi8(0x0f);
    const __m256i low = _mm256_and_si256(words, half);
    const __m256i high = _mm256_and_si256(_mm256_srli_epi16(words, 4), half);
    const __m256i of_bytes = _mm256_add_epi8(_mm256_shuffle_epi8(counts, low), _mm256_shuffle_epi8(counts, high));
    return _mm256_sad_epu8(of_bytes, _mm256_setzero_si256());
}

constexpr std::size_t together = 16;

// The distances of 16 signatures of two words each, in the order that they fall into.
[[gnu::target("avx2"), gnu::always_inline]] inline __m256i distances_of(const std::uint64_t* at, __m256i wanted) {
    __m256i all = _mm256_setzero_si256();
    for (int step = 0; step < 4; ++step, at += 8) {
        const __m256i first = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(at));
        const __m256i second = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(at + 4));
        const __m256i a = bits_set(_mm256_xor_si256(first, wanted));
        const __m256i b = bits_set(_mm256_xor_si256(second, wanted));
        // Words of 64 bits: signatures 0, 2, 1, 3 of the four.
        const __m256i four = _mm256_add_epi64(_mm256_unpacklo_epi64(a, b), _mm256_unpackhi_epi64(a, b));
        all = _mm256_or_si256(all, _mm256_slli_epi64(four, 16 * step));
    }
    return all;
}

[[gnu::target("avx2,popcnt")]] void append_two_words(std::span<const std::uint64_t> signatures,
                                                     std::span<const std::uint64_t> wanted, std::uint16_t bound,
                                                     std::uint32_t begin, std::vector<CloseSignature>& found) {
    static constexpr std::uint8_t place_of[together] = {0, 4, 8, 12, 2, 6, 10, 14, 1, 5, 9, 13, 3, 7, 11, 15};
    const __m256i pattern =
        _mm256_broadcastsi128_si256(_mm_loadu_si128(reinterpret_cast<const __m128i*>(wanted.data())));
    const __m256i too_far = _mm256_set1_epi16(static_cast<short>(bound < 0x7fff ? bound + 1 : 0x7fff));
    std::size_t at = 0;
    for (; at + 2 * together <= signatures.size(); at += 2 * together, begin += together) {
        const __m256i distances = distances_of(signatures.data() + at, pattern);
        if (_mm256_movemask_epi8(_mm256_cmpgt_epi16(too_far, distances)) == 0) continue;
        alignas(32) std::array<std::uint16_t, together> fallen;
        _mm256_store_si256(reinterpret_cast<__m256i*>(fallen.data()), distances);
        std::array<std::uint16_t, together> in_order;
        for (std::size_t i = 0; i < together; ++i) in_order[place_of[i]] = fallen[i];
        for (std::size_t i = 0; i < together; ++i) {
            if (in_order[i] <= bound) found.push_back({begin + static_cast<std::uint32_t>(i), in_order[i]});
        }
    }
    one_by_one(signatures.subspan(at), wanted, bound, begin, found);
}

#endif

}  // namespace

void append_close(std::span<const std::uint64_t> signatures, std::span<const std::uint64_t> wanted, std::uint16_t bound,
                  std::uint32_t begin, std::vector<CloseSignature>& found) {
#if defined(__x86_64__)
    static const bool has_avx2 = __builtin_cpu_supports("avx2") != 0;
    static const bool has_popcnt = __builtin_cpu_supports("popcnt") != 0;
    if (has_avx2 && wanted.size() == 2) return append_two_words(signatures, wanted, bound, begin, found);
    if (has_popcnt) return append_by_popcnt(signatures, wanted, bound, begin, found);
#endif
    append_anywhere(signatures, wanted, bound, begin, found);
}

}  // namespace podbrief::index
