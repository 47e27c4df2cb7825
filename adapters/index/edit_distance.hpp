#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace podbrief::index {

// A word of at most 24 code points, for comparing spellings.
struct Spelling {
    static constexpr std::size_t capacity = 24;
    char32_t letters[capacity];
    std::uint32_t mask = 0;  // which letters occur, one bit each (code point modulo 32)
    std::uint8_t size = 0;   // 0: too long, or not UTF-8: never near anything

    explicit Spelling(std::string_view utf8);
};

// False only where the words are surely further apart than `distance`. Cheap: to be asked of every known word.
inline bool may_be_near(std::uint32_t mask_a, int size_a, std::uint32_t mask_b, int size_b, int distance) {
    if (size_a - size_b > distance || size_b - size_a > distance) return false;
    std::uint32_t other = mask_a ^ mask_b;
    for (int i = 0; i < 2 * distance; ++i) other &= other - 1;  // an edit changes two letters at the most
    return other == 0;
}

// Edits (insert, delete, replace, swap two neighbours) between two words, or `limit` + 1 when there are more than
// `limit`, which is 0..2.
int edits_between(const Spelling& a, const Spelling& b, int limit);

}  // namespace podbrief::index
