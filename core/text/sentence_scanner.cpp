#include "core/text/sentence_scanner.hpp"

#include <array>
#include <cstdint>

#include "core/text/ascii.hpp"

namespace podbrief::text {
namespace {

// Values of the property Sentence_Break that ASCII characters have (https://www.unicode.org/reports/tr29/).
enum Class : std::uint8_t { other, space, lower, upper, digit, stop, mark, close, goes_on };

constexpr std::array<Class, 128> classes = [] {
    std::array<Class, 128> table{};
    for (int c = 'a'; c <= 'z'; ++c) table[static_cast<std::size_t>(c)] = lower;
    for (int c = 'A'; c <= 'Z'; ++c) table[static_cast<std::size_t>(c)] = upper;
    for (int c = '0'; c <= '9'; ++c) table[static_cast<std::size_t>(c)] = digit;
    for (const char c : {' ', '\t', '\v', '\f'}) table[static_cast<std::size_t>(c)] = space;
    for (const char c : {'"', '\'', '(', ')', '[', ']', '{', '}'}) table[static_cast<std::size_t>(c)] = close;
    for (const char c : {',', '-', ':'}) table[static_cast<std::size_t>(c)] = goes_on;
    table['.'] = stop;
    table['!'] = mark;
    table['?'] = mark;
    return table;
}();

Class class_of(char c) {
    return classes[static_cast<unsigned char>(c) & 0x7F];
}

}  // namespace

void scan_ascii_sentences(std::string_view line, std::vector<ByteRange>& out) {
    const std::size_t size = line.size();
    std::size_t begin = 0;
    std::size_t at = 0;
    while (at < size) {
        const Class now = class_of(line[at]);
        if (now != stop && now != mark) {
            ++at;
            continue;
        }
        const Class before = at == 0 ? other : class_of(line[at - 1]);
        ++at;
        if (at == size) break;
        if (now == stop) {
            const Class after = class_of(line[at]);
            if (after == digit) continue;                                          // SB6: 3.5
            if (after == upper && (before == upper || before == lower)) continue;  // SB7: U.S
        }
        while (at < size && class_of(line[at]) == close) ++at;  // SB9
        while (at < size && class_of(line[at]) == space) ++at;  // SB9, SB10
        if (at == size) break;
        const Class after = class_of(line[at]);
        if (after == goes_on || after == stop || after == mark) continue;  // SB8a
        if (now == stop) {                                                 // SB8: then a lower-case letter
            std::size_t ahead = at;
            while (ahead < size) {
                const Class c = class_of(line[ahead]);
                if (c == lower || c == upper || c == stop || c == mark) break;
                ++ahead;
            }
            if (ahead < size && class_of(line[ahead]) == lower) continue;
        }
        out.push_back({begin, at});  // SB11
        begin = at;
    }
    if (begin < size) out.push_back({begin, size});
}

}  // namespace podbrief::text
