#pragma once
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

// What most text is made of, decided without tables of Unicode: the fast paths of this room.
namespace podbrief::text {

constexpr bool is_ascii(char c) {
    return static_cast<unsigned char>(c) < 0x80;
}
constexpr bool is_ascii_upper(char c) {
    return c >= 'A' && c <= 'Z';
}
constexpr bool is_ascii_lower(char c) {
    return c >= 'a' && c <= 'z';
}
constexpr bool is_ascii_letter(char c) {
    return is_ascii_lower(static_cast<char>(c | 0x20));
}
constexpr bool is_ascii_digit(char c) {
    return c >= '0' && c <= '9';
}
constexpr bool is_ascii_alnum(char c) {
    return is_ascii_letter(c) || is_ascii_digit(c);
}
constexpr bool is_ascii_space(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
}
constexpr char ascii_lower(char c) {
    return is_ascii_upper(c) ? static_cast<char>(c | 0x20) : c;
}
// Printable, or tab, LF, CR.
constexpr bool is_plain_ascii(char c) {
    return (c >= 0x20 && c < 0x7F) || c == '\n' || c == '\t' || c == '\r';
}

// How many bytes from the start are ASCII.
inline std::size_t ascii_prefix(std::string_view bytes) {
    std::size_t at = 0;
    for (; at + 8 <= bytes.size(); at += 8) {
        std::uint64_t eight;
        std::memcpy(&eight, bytes.data() + at, 8);
        if ((eight & 0x8080808080808080ull) != 0) break;
    }
    while (at < bytes.size() && is_ascii(bytes[at])) ++at;
    return at;
}

inline bool is_ascii(std::string_view bytes) {
    return ascii_prefix(bytes) == bytes.size();
}

}  // namespace podbrief::text
