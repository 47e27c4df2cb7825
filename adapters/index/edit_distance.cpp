#include "adapters/index/edit_distance.hpp"

#include <algorithm>
#include <cstdlib>

namespace podbrief::index {

Spelling::Spelling(std::string_view utf8) {
    std::size_t count = 0;
    for (std::size_t at = 0; at < utf8.size();) {
        if (count == capacity) return;
        const auto lead = static_cast<unsigned char>(utf8[at]);
        const std::size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
        if (at + length > utf8.size()) return;
        char32_t letter = length == 1 ? lead : lead & (0xFFU >> (length + 1));
        for (std::size_t i = 1; i < length; ++i) {
            letter = (letter << 6) | (static_cast<unsigned char>(utf8[at + i]) & 0x3FU);
        }
        letters[count++] = letter;
        mask |= 1U << (letter % 32);
        at += length;
    }
    size = static_cast<std::uint8_t>(count);
}

int edits_between(const Spelling& a, const Spelling& b, int limit) {
    constexpr int width = Spelling::capacity + 1;
    const int rows = a.size;
    const int columns = b.size;
    if (rows == 0 || columns == 0 || std::abs(rows - columns) > limit) return limit + 1;
    int table[3][width];  // the row at work and the two before it
    for (int j = 0; j <= columns; ++j) table[0][j] = j;
    for (int i = 1; i <= rows; ++i) {
        int* now = table[i % 3];
        const int* before = table[(i + 2) % 3];
        const int* two_before = table[(i + 1) % 3];
        // Outside this band the distance is over the limit anyway.
        const int from = std::max(1, i - limit);
        const int to = std::min(columns, i + limit);
        now[from - 1] = from == 1 ? i : limit + 1;
        int best = now[from - 1];
        for (int j = from; j <= to; ++j) {
            const bool equal = a.letters[i - 1] == b.letters[j - 1];
            const int above = j == i + limit ? limit + 1 : before[j];
            int cost = std::min({above + 1, now[j - 1] + 1, before[j - 1] + (equal ? 0 : 1)});
            if (i > 1 && j > 1 && a.letters[i - 1] == b.letters[j - 2] && a.letters[i - 2] == b.letters[j - 1]) {
                cost = std::min(cost, two_before[j - 2] + 1);
            }
            now[j] = cost;
            best = std::min(best, cost);
        }
        if (best > limit + 1) return limit + 1;
    }
    return std::min(table[rows % 3][columns], limit + 1);
}

}  // namespace podbrief::index
