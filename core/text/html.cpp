#include "core/text/html.hpp"

#include <algorithm>
#include <array>

#include "core/text/html_entities.hpp"
#include "core/text/html_events.hpp"
#include "core/text/unicode.hpp"

namespace podbrief::text {
namespace {

constexpr std::size_t size_limit = 8 * 1024 * 1024;
constexpr char32_t replacement = 0xFFFD;

bool is_alpha(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

void append_code_point(std::string& out, char32_t c) {
    if (c < 0x80) {
        out += static_cast<char>(c);
    } else if (c < 0x800) {
        out += static_cast<char>(0xC0 | (c >> 6));
        out += static_cast<char>(0x80 | (c & 0x3F));
    } else if (c < 0x10000) {
        out += static_cast<char>(0xE0 | (c >> 12));
        out += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
        out += static_cast<char>(0x80 | (c & 0x3F));
    } else {
        out += static_cast<char>(0xF0 | (c >> 18));
        out += static_cast<char>(0x80 | ((c >> 12) & 0x3F));
        out += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
        out += static_cast<char>(0x80 | (c & 0x3F));
    }
}

// As browsers read numbers: 128..159 are windows-1252, and what is no character is replaced.
char32_t meant_by_number(std::uint32_t number) {
    static constexpr std::array<char16_t, 32> windows_1252 = {
        0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
        0x2039, 0x0152, 0x8D,   0x017D, 0x8F,   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
        0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178};
    if (number >= 128 && number < 160) return windows_1252[number - 128];
    const bool control = number < 32 && number != '\t' && number != '\n' && number != '\r';
    if (control || number > 0x10FFFF || (number >= 0xD800 && number <= 0xDFFF)) return replacement;
    return number;
}

struct Reference {
    char32_t code_point = 0;  // 0: not a reference
    std::size_t size = 0;     // bytes of it, the ampersand included
};

// "&#39;" and "&#x27;"; the semicolon may be missing, as browsers allow.
Reference numeric_reference(std::string_view text) {
    std::size_t at = 2;
    const bool hex = at < text.size() && (text[at] == 'x' || text[at] == 'X');
    if (hex) ++at;
    const std::size_t first = at;
    std::uint32_t number = 0;
    for (; at < text.size(); ++at) {
        const char c = text[at];
        std::uint32_t digit = 0;
        if (is_digit(c)) {
            digit = static_cast<std::uint32_t>(c - '0');
        } else if (hex && is_alpha(c) && (c | 32) <= 'f') {
            digit = static_cast<std::uint32_t>((c | 32) - 'a') + 10;
        } else {
            break;
        }
        number = std::min<std::uint32_t>(number * (hex ? 16 : 10) + digit, 0x110000);
    }
    if (at == first) return {};
    if (at < text.size() && text[at] == ';') ++at;
    return {meant_by_number(number), at};
}

// "&eacute;". Without a semicolon only the five that are often written so, and only where a word ends.
Reference named_reference(std::string_view text) {
    std::size_t end = 1;
    while (end < text.size() && end <= longest_entity_name + 1 && (is_alpha(text[end]) || is_digit(text[end]))) ++end;
    const std::string_view name = text.substr(1, end - 1);
    if (end < text.size() && text[end] == ';') return {code_point_of_entity(name), end + 1};
    for (const std::string_view lenient : {"amp", "lt", "gt", "quot", "nbsp"}) {
        if (name == lenient) return {code_point_of_entity(name), end};
    }
    return {};
}

Reference reference_at(std::string_view text) {
    if (text.size() < 3) return {};
    return text[1] == '#' ? numeric_reference(text) : named_reference(text);
}

// Each line folded, empty ones dropped.
std::string folded_lines(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        const auto end = std::min(text.find_first_of("\r\n"), text.size());
        const std::string line = collapse_white_space(text.substr(0, end));
        if (!line.empty()) {
            if (!out.empty()) out += '\n';
            out += line;
        }
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return out;
}

class TextGatherer final : public HtmlVisitor {
public:
    std::string out;

    void open(std::string_view element) override {
        if (hidden_depth_ > 0 || is_hidden_element(element)) ++hidden_depth_;
        if (element == "pre") ++pre_depth_;
        if (breaks_line(element)) out += '\n';
    }
    void close(std::string_view element) override {
        if (hidden_depth_ > 0) --hidden_depth_;
        if (element == "pre") --pre_depth_;
        if (breaks_line(element)) out += '\n';
    }
    void text(std::string_view piece) override {
        if (hidden_depth_ > 0) return;
        const auto from = static_cast<std::ptrdiff_t>(out.size());
        out += piece;
        if (pre_depth_ > 0) return;
        std::replace(out.begin() + from, out.end(), '\n', ' ');
        std::replace(out.begin() + from, out.end(), '\r', ' ');
    }

private:
    int hidden_depth_ = 0;  // open elements that are not shown, and all inside them
    int pre_depth_ = 0;
};

}  // namespace

std::string decode_references(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    while (!text.empty()) {
        const auto plain = std::min(text.find('&'), text.size());
        out.append(text.substr(0, plain));
        text.remove_prefix(plain);
        if (text.empty()) break;
        const Reference reference = reference_at(text);
        if (reference.code_point == 0) {
            out += '&';
            text.remove_prefix(1);
        } else {
            append_code_point(out, reference.code_point);
            text.remove_prefix(reference.size);
        }
    }
    return out;
}

std::string html_to_text(std::string_view html) {
    if (!has_markup(html)) return folded_lines(decode_references(to_valid_utf8(html.substr(0, size_limit))));
    TextGatherer gatherer;
    read_html(html, gatherer);
    return folded_lines(gatherer.out);
}

}  // namespace podbrief::text
