#include "core/feeds/encoding.hpp"

#include <array>
#include <cstdint>
#include <cstring>

#include "core/feeds/trim.hpp"
#include "core/text/unicode.hpp"

namespace podbrief::feeds {
namespace {

using Byte = unsigned char;

// Sixteen bytes at a time, in the vector registers that every machine has. Signed: what is not ASCII is below zero.
using Sixteen = signed char __attribute__((vector_size(16)));

// No control characters, and nothing but ASCII.
bool all_plain_ascii(const Byte* sixteen_bytes) {
    Sixteen x;
    std::memcpy(&x, sixteen_bytes, sizeof x);
    const auto bad = ((x < 0x20) & (x != '\t') & (x != '\n') & (x != '\r')) | (x == 0x7F);
    std::uint64_t halves[2];
    std::memcpy(halves, &bad, sizeof halves);
    return (halves[0] | halves[1]) == 0;
}

bool is_control(Byte c) {
    return (c < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0x7F;
}

// Length of the well-formed sequence of two to four bytes at `p`; 0: there is none (Unicode, table 3-7).
std::size_t sequence_length(const Byte* p, const Byte* end) {
    const auto tail = [&](int i, Byte low = 0x80, Byte high = 0xBF) {
        return p + i < end && p[i] >= low && p[i] <= high;
    };
    const Byte c = *p;
    if (c < 0xC2 || c > 0xF4) return 0;
    if (c < 0xE0) return tail(1) ? 2 : 0;
    if (c < 0xF0) return tail(1, c == 0xE0 ? 0xA0 : 0x80, c == 0xED ? 0x9F : 0xBF) && tail(2) ? 3 : 0;
    return tail(1, c == 0xF0 ? 0x90 : 0x80, c == 0xF4 ? 0x8F : 0xBF) && tail(2) && tail(3) ? 4 : 0;
}

bool is_c1(const Byte* p) {
    return p[0] == 0xC2 && p[1] < 0xA0;
}

void append_windows_1252(std::string& out, Byte c) {
    constexpr std::array<char16_t, 32> high = {0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                               0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0xFFFD, 0x017D, 0xFFFD,
                                               0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                               0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0xFFFD, 0x017E, 0x0178};
    const char16_t u = c < 0xA0 ? high[c - 0x80u] : c;
    if (u < 0x800) {
        out += static_cast<char>(0xC0 | u >> 6);
    } else {
        out += static_cast<char>(0xE0 | u >> 12);
        out += static_cast<char>(0x80 | (u >> 6 & 0x3F));
    }
    out += static_cast<char>(0x80 | (u & 0x3F));
}

const Byte* bytes_of(std::string_view s) {
    return reinterpret_cast<const Byte*>(s.data());
}

// "utf-16le" and the like when the bytes look so; empty otherwise.
std::string_view wide_charset(std::string_view body) {
    const auto begins = [&](std::string_view with) { return body.substr(0, with.size()) == with; };
    using namespace std::string_view_literals;
    if (begins("\xFF\xFE\0\0"sv) || begins("<\0\0\0"sv)) return "utf-32le";
    if (begins("\0\0\xFE\xFF"sv) || begins("\0\0\0<"sv)) return "utf-32be";
    if (begins("\xFF\xFE"sv) || begins("<\0"sv)) return "utf-16le";
    if (begins("\xFE\xFF"sv) || begins("\0<"sv)) return "utf-16be";
    return {};
}

std::string_view until_any(std::string_view s, std::string_view stops) {
    return s.substr(0, s.find_first_of(stops));
}

std::string_view charset_of_header(std::string_view content_type) {
    for (std::size_t at = 0; (at = content_type.find(';', at)) != std::string_view::npos;) {
        const std::string_view parameter = trimmed(content_type.substr(++at));
        if (!begins_ignoring_case(parameter, "charset")) continue;
        std::string_view value = trimmed(parameter.substr(7));
        if (value.empty() || value.front() != '=') continue;
        value = trimmed(value.substr(1));
        if (!value.empty() && (value.front() == '"' || value.front() == '\'')) value.remove_prefix(1);
        return trimmed(until_any(value, ";\"', "));
    }
    return {};
}

std::string_view charset_of_declaration(std::string_view body) {
    body = trimmed(body.substr(0, 1024));
    if (!body.starts_with("<?xml")) return {};
    body = body.substr(0, body.find("?>"));
    const std::size_t at = body.find("encoding");
    if (at == std::string_view::npos) return {};
    std::string_view value = trimmed(body.substr(at + 8));
    if (value.empty() || value.front() != '=') return {};
    value = trimmed(value.substr(1));
    if (value.empty()) return {};
    if (value.front() == '"' || value.front() == '\'') value.remove_prefix(1);
    return until_any(value, "\"' ?>");
}

// A charset that tells more than "some kind of ASCII", and that the converter knows.
bool is_telling(std::string_view charset) {
    for (const std::string_view vague :
         {"", "utf-8", "utf8", "iso-8859-1", "latin1", "latin-1", "iso8859-1", "us-ascii", "ascii", "windows-1252",
          "utf-16", "utf-16le", "utf-16be", "unicode"}) {
        if (equal_ignoring_case(charset, vague)) return false;
    }
    const std::string_view e_acute = "\xC3\xA9";
    return text::decode(e_acute, charset) != e_acute;  // decode() takes bytes of unknown charsets for UTF-8
}

// ISO-2022-JP and its kin are made of ASCII bytes: valid UTF-8 proves nothing.
bool is_seven_bit(std::string_view charset) {
    return begins_ignoring_case(charset, "iso-2022") || begins_ignoring_case(charset, "hz-gb");
}

std::string decoded(std::string_view body, std::string_view charset) {
    std::string text = text::decode(body, charset);
    return is_clean(text) ? text : cleaned(text);
}

}  // namespace

bool is_clean(std::string_view bytes) {
    const Byte* p = bytes_of(bytes);
    const Byte* const end = p + bytes.size();
    while (p < end) {
        if (end - p >= 16 && all_plain_ascii(p)) {
            p += 16;
        } else if (*p < 0x80) {
            if (is_control(*p)) return false;
            ++p;
        } else {
            const std::size_t length = sequence_length(p, end);
            if (length == 0 || is_c1(p)) return false;
            p += length;
        }
    }
    return true;
}

std::string cleaned(std::string_view bytes) {
    std::string out;
    out.reserve(bytes.size() + bytes.size() / 16);
    const Byte* p = bytes_of(bytes);
    const Byte* const end = p + bytes.size();
    while (p < end) {
        if (*p < 0x80) {
            if (!is_control(*p)) out += static_cast<char>(*p);
            ++p;
            continue;
        }
        const std::size_t length = sequence_length(p, end);
        if (length == 0) {
            append_windows_1252(out, *p++);
        } else {
            if (is_c1(p))
                append_windows_1252(out, p[1]);
            else
                out.append(reinterpret_cast<const char*>(p), length);
            p += length;
        }
    }
    return out;
}

std::string to_clean_utf8(std::string body, std::string_view content_type) {
    constexpr std::string_view mark = "\xEF\xBB\xBF";
    if (const std::string_view wide = wide_charset(body); !wide.empty()) body = decoded(body, wide);
    std::size_t marks = 0;
    while (std::string_view(body).substr(marks).starts_with(mark)) marks += mark.size();
    body.erase(0, marks);

    const std::string_view candidates[] = {charset_of_header(content_type), charset_of_declaration(body)};
    const bool clean = is_clean(body);
    for (const std::string_view charset : candidates) {
        if (is_seven_bit(charset) && body.find('\x1B') != std::string::npos) return decoded(body, charset);
    }
    if (clean) return body;
    if (!text::is_valid_utf8(body)) {
        for (const std::string_view charset : candidates) {
            if (is_telling(charset)) return decoded(body, charset);
        }
    }
    return cleaned(body);
}

std::string_view cut(std::string_view text, std::size_t limit) {
    if (text.size() <= limit) return text;
    while (limit > 0 && (static_cast<Byte>(text[limit]) & 0xC0) == 0x80) --limit;
    return text.substr(0, limit);
}

}  // namespace podbrief::feeds
