#include "adapters/index/dot_product.hpp"

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace podbrief::index {

std::int32_t dot_product(const std::int16_t* a, const std::int8_t* b, std::size_t size) {
    std::int32_t sum = 0;
    std::size_t i = 0;
#if defined(__SSE2__)  // every x86-64 has it; compilers do not find this at -O2
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
    sum = parts[0] + parts[1] + parts[2] + parts[3];
#endif
    for (; i < size; ++i) sum += a[i] * b[i];
    return sum;
}

}  // namespace podbrief::index
