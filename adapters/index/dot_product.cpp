#include "adapters/index/dot_product.hpp"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace podbrief::index {
namespace {

// Inlined into those below, which are compiled for different machines; `sum` is that of what comes before `i`.
[[gnu::always_inline]] inline std::int32_t one_by_one(const std::int16_t* a, const std::int8_t* b, std::size_t i,
                                                      std::size_t size, std::int32_t sum) {
    for (; i < size; ++i) sum += a[i] * b[i];
    return sum;
}

#if defined(__x86_64__)

// Every x86-64 has this; compilers do not find it at -O2.
std::int32_t by_sse2(const std::int16_t* a, const std::int8_t* b, std::size_t size) {
    std::size_t i = 0;
    __m128i sums = _mm_setzero_si128();
    for (; i + 16 <= size; i += 16) {
        const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(b + i));
        const __m128i signs = _mm_cmpgt_epi8(_mm_setzero_si128(), bytes);
        const __m128i first = _mm_loadu_si128(reinterpret_cast<const __m128i*>(a + i));
        const __m128i second = _mm_loadu_si128(reinterpret_cast<const __m128i*>(a + i + 8));
        sums = _mm_add_epi32(sums, _mm_madd_epi16(first, _mm_unpacklo_epi8(bytes, signs)));
        sums = _mm_add_epi32(sums, _mm_madd_epi16(second, _mm_unpackhi_epi8(bytes, signs)));
    }
    alignas(16) std::int32_t parts[4];
    _mm_store_si128(reinterpret_cast<__m128i*>(parts), sums);
    return one_by_one(a, b, i, size, parts[0] + parts[1] + parts[2] + parts[3]);
}

[[gnu::target("avx2")]] std::int32_t by_avx2(const std::int16_t* a, const std::int8_t* b, std::size_t size) {
    std::size_t i = 0;
    __m256i even = _mm256_setzero_si256();
    __m256i odd = _mm256_setzero_si256();
    for (; i + 32 <= size; i += 32) {
        const __m256i first = _mm256_cvtepi8_epi16(_mm_loadu_si128(reinterpret_cast<const __m128i*>(b + i)));
        const __m256i second = _mm256_cvtepi8_epi16(_mm_loadu_si128(reinterpret_cast<const __m128i*>(b + i + 16)));
        const __m256i of_first = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(a + i));
        const __m256i of_second = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(a + i + 16));
        even = _mm256_add_epi32(even, _mm256_madd_epi16(of_first, first));
        odd = _mm256_add_epi32(odd, _mm256_madd_epi16(of_second, second));
    }
    alignas(32) std::int32_t parts[8];
    _mm256_store_si256(reinterpret_cast<__m256i*>(parts), _mm256_add_epi32(even, odd));
    std::int32_t sum = 0;
    for (const std::int32_t part : parts) sum += part;
    return one_by_one(a, b, i, size, sum);
}

#endif

}  // namespace

std::int32_t dot_product_anywhere(const std::int16_t* a, const std::int8_t* b, std::size_t size) {
#if defined(__x86_64__)
    return by_sse2(a, b, size);
#else
    return one_by_one(a, b, 0, size, 0);
#endif
}

std::int32_t dot_product(const std::int16_t* a, const std::int8_t* b, std::size_t size) {
#if defined(__x86_64__)
    static const bool has_avx2 = __builtin_cpu_supports("avx2") != 0;
    if (has_avx2) return by_avx2(a, b, size);
#endif
    return dot_product_anywhere(a, b, size);
}

}  // namespace podbrief::index
