#include "adapters/discord/markdown.hpp"

#include <boost/url/parse.hpp>

#include "core/commands/inert.hpp"

namespace podbrief::discord {
namespace {

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

// A slash too: without it neither https:// nor an invitation (discord.gg/...) is seen as an address.
bool is_markup(char c) {
    constexpr std::string_view marks = "\\*_~`|<>[]@/";
    return marks.find(c) != std::string_view::npos;
}

// Marks that mean something only at the beginning of a line.
bool is_line_mark(char c) {
    constexpr std::string_view marks = "#-+";
    return marks.find(c) != std::string_view::npos;
}

// A link ends at the first bracket that closes.
std::string without_brackets(std::string_view url) {
    std::string out;
    for (const char c : url) {
        if (c == '(') {
            out += "%28";
        } else if (c == ')') {
            out += "%29";
        } else {
            out += c;
        }
    }
    return out;
}

}  // namespace

std::string escaped(std::string_view text, bool keep_lines) {
    const std::string plain = commands::inert(text, keep_lines);
    std::string out;
    out.reserve(plain.size() + plain.size() / 8);
    bool at_begin = true;      // of a line, blanks aside
    bool only_digits = false;  // since there: "1." begins a list
    for (const char c : plain) {
        if (c == '\n') {
            at_begin = true;
            only_digits = false;
        } else if (at_begin && c != ' ') {
            if (is_line_mark(c)) out += '\\';
            at_begin = false;
            only_digits = is_digit(c);
        } else if (only_digits && !is_digit(c)) {
            if (c == '.' || c == ')') out += '\\';
            only_digits = false;
        }
        if (is_markup(c)) out += '\\';
        out += c;
    }
    return out;
}

std::string masked_link(std::string_view label, std::string_view url) {
    return "[" + std::string(label) + "](" + bare_link(url) + ")";
}

std::string bare_link(std::string_view url) {
    return "<" + without_brackets(url) + ">";
}

std::string host_of(std::string_view url) {
    const auto parsed = boost::urls::parse_uri(url);
    return parsed ? std::string(parsed->encoded_host()) : std::string{};
}

}  // namespace podbrief::discord
