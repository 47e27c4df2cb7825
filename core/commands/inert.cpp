#include "core/commands/inert.hpp"

#include "core/text/unicode.hpp"

namespace podbrief::commands {
namespace {

struct Decoded {
    char32_t code = 0;
    std::size_t size = 1;
};

// Of valid UTF-8.
Decoded decode_at(std::string_view text, std::size_t at) {
    const auto lead = static_cast<unsigned char>(text[at]);
    const std::size_t size = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
    char32_t code = size == 1 ? lead : lead & (0xFFu >> (size + 1));
    for (std::size_t i = 1; i < size && at + i < text.size(); ++i) {
        code = (code << 6) | (static_cast<unsigned char>(text[at + i]) & 0x3Fu);
    }
    return {code, std::min(size, text.size() - at)};
}

bool is_line_break(char32_t c) {
    return c == '\n' || c == 0x0B || c == 0x0C || c == 0x85 || c == 0x2028 || c == 0x2029;
}

bool is_dropped(char32_t c) {
    if (c < 0x20 || (c >= 0x7F && c <= 0x9F)) return true;                          // C0, DEL, C1
    if (c == 0x061C || c == 0x200E || c == 0x200F) return true;                     // direction marks
    if ((c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069)) return true;  // overrides, isolates
    if (c == 0x200B || c == 0x2060 || c == 0xFEFF || c == 0x00AD) return true;      // invisible
    if (c >= 0x206A && c <= 0x206F) return true;                                    // deprecated format characters
    if (c >= 0xFFF9 && c <= 0xFFFB) return true;                                    // interlinear annotation
    return c >= 0xE0000 && c <= 0xE0FFF;                                            // tags
}

}  // namespace

std::string inert(std::string_view text, bool keep_lines) {
    const std::string valid = text::to_valid_utf8(text);
    std::string out;
    out.reserve(valid.size());
    for (std::size_t at = 0; at < valid.size();) {
        const auto [code, size] = decode_at(valid, at);
        if (is_line_break(code)) {
            out += keep_lines ? '\n' : ' ';
        } else if (code == '\t') {
            out += ' ';
        } else if (!is_dropped(code)) {
            out.append(valid, at, size);
        }
        at += size;
    }
    return out;
}

}  // namespace podbrief::commands
