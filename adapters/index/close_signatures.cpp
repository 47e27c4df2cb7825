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

// As above with the counting instruction of newer processors, eight signatures at once.
[[gnu::target("avx512f,avx512vpopcntdq,popcnt")]] void append_two_words_wide(std::span<const std::uint64_t> signatures,
                                                                             std::span<const std::uint64_t> wanted,
                                                                             std::uint16_t bound, std::uint32_t begin,
                                                                             std::vector<CloseSignature>& found) {
    constexpr std::size_t at_once = 8;
    const auto first = static_cast<long long>(wanted[0]);
    const auto second = static_cast<long long>(wanted[1]);
    const __m512i pattern = _mm512_set_epi64(second, first, second, first, second, first, second, first);
    const __m512i places = _mm512_set_epi64(7, 5, 3, 1, 6, 4, 2, 0);
    const __m512i farthest = _mm512_set1_epi64(bound);
    std::size_t at = 0;
    for (; at + 2 * at_once <= signatures.size(); at += 2 * at_once, begin += at_once) {
        const std::uint64_t* words = signatures.data() + at;
        const __m512i a = _mm512_popcnt_epi64(_mm512_xor_si512(_mm512_loadu_si512(words), pattern));
        const __m512i b = _mm512_popcnt_epi64(_mm512_xor_si512(_mm512_loadu_si512(words + at_once), pattern));
        // They fall into the order 0, 4, 1, 5, 2, 6, 3, 7.
        const __m512i distances = _mm512_add_epi64(_mm512_unpacklo_epi64(a, b), _mm512_unpackhi_epi64(a, b));
        if (_mm512_cmple_epu64_mask(distances, farthest) == 0) continue;
        const __m512i in_order = _mm512_permutexvar_epi64(places, distances);
        alignas(64) std::array<std::uint64_t, at_once> each;
        _mm512_store_si512(each.data(), in_order);
        for (unsigned near = _mm512_cmple_epu64_mask(in_order, farthest); near != 0; near &= near - 1) {
            const auto i = static_cast<unsigned>(std::countr_zero(near));
            found.push_back({begin + i, static_cast<std::uint16_t>(each[i])});
        }
    }
    one_by_one(signatures.subspan(at), wanted, bound, begin, found);
}

#endif

using Append = void (*)(std::span<const std::uint64_t> signatures, std::span<const std::uint64_t> wanted,
                        std::uint16_t bound, std::uint32_t begin, std::vector<CloseSignature>& found);

// Null: this machine cannot.
Append append_in(CloseSignatureWay way, std::size_t words) {
    switch (way) {
        case CloseSignatureWay::anywhere:
            return append_anywhere;
#if defined(__x86_64__)
        case CloseSignatureWay::popcnt:
            return __builtin_cpu_supports("popcnt") != 0 ? append_by_popcnt : nullptr;
        case CloseSignatureWay::avx2:
            return words == 2 && __builtin_cpu_supports("avx2") != 0 ? append_two_words : nullptr;
        case CloseSignatureWay::avx512: {
            const bool can = __builtin_cpu_supports("avx512f") != 0 && __builtin_cpu_supports("avx512vpopcntdq") != 0;
            return words == 2 && can ? append_two_words_wide : nullptr;
        }
#endif
        default:
            return nullptr;
    }
}

Append quickest(std::size_t words) {
    for (const CloseSignatureWay way :
         {CloseSignatureWay::avx512, CloseSignatureWay::avx2, CloseSignatureWay::popcnt}) {
        if (const Append append = append_in(way, words)) return append;
    }
    return append_anywhere;
}

}  // namespace

void append_close(std::span<const std::uint64_t> signatures, std::span<const std::uint64_t> wanted, std::uint16_t bound,
                  std::uint32_t begin, std::vector<CloseSignature>& found) {
    static const Append of_two_words = quickest(2);
    static const Append of_others = quickest(0);
    (wanted.size() == 2 ? of_two_words : of_others)(signatures, wanted, bound, begin, found);
}

bool append_close_in(CloseSignatureWay way, std::span<const std::uint64_t> signatures,
                     std::span<const std::uint64_t> wanted, std::uint16_t bound, std::uint32_t begin,
                     std::vector<CloseSignature>& found) {
    const Append append = append_in(way, wanted.size());
    if (append != nullptr) append(signatures, wanted, bound, begin, found);
    return append != nullptr;
}

}  // namespace podbrief::index
