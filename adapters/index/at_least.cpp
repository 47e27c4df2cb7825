#include "adapters/index/at_least.hpp"

#include <bit>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace podbrief::index {
namespace {

constexpr std::size_t together = at_least_stride;

// A bit for each of 32 values, the first one lowest. Nearly all are below: what is slow is to ask one by one.
#if defined(__SSE2__)  // every x86-64 has it
std::uint32_t marks_of(const std::int32_t* values, std::int32_t least) {
    const __m128i bound = _mm_set1_epi32(least);
    const auto below = [&](std::size_t at) {
        return _mm_cmplt_epi32(_mm_loadu_si128(reinterpret_cast<const __m128i*>(values + at)), bound);
    };
    const auto sixteen = [&](std::size_t at) {
        const __m128i first = _mm_packs_epi32(below(at), below(at + 4));
        const __m128i second = _mm_packs_epi32(below(at + 8), below(at + 12));
        return static_cast<std::uint32_t>(_mm_movemask_epi8(_mm_packs_epi16(first, second)));
    };
    return ~(sixteen(0) | sixteen(16) << 16);
}
#else
std::uint32_t marks_of(const std::int32_t* values, std::int32_t least) {
    std::uint32_t marks = 0;
    for (std::size_t i = 0; i < together; ++i) marks |= std::uint32_t{values[i] >= least} << i;
    return marks;
}
#endif

}  // namespace

void append_at_least(std::span<const std::int32_t> values, std::int32_t least, std::vector<std::uint32_t>& places) {
    for (std::size_t from = 0; from + together <= values.size(); from += together) {
        for (std::uint32_t marks = marks_of(values.data() + from, least); marks != 0; marks &= marks - 1) {
            places.push_back(static_cast<std::uint32_t>(from) + static_cast<std::uint32_t>(std::countr_zero(marks)));
        }
    }
}

}  // namespace podbrief::index
