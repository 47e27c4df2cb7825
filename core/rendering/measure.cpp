#include "core/rendering/measure.hpp"

#include <array>

#include "core/text/break_iterator.hpp"
#include "core/text/code_points.hpp"

namespace podbrief::rendering {
namespace {

constexpr std::string_view ellipsis = "\u2026";

std::string_view trimmed(std::string_view text) {
    constexpr std::string_view spaces = " \t\n";
    const auto begin = text.find_first_not_of(spaces);
    if (begin == std::string_view::npos) return {};
    return text.substr(begin, text.find_last_not_of(spaces) - begin + 1);
}

// The last place within `text` after which it may be broken well; 0: nowhere.
std::size_t good_break(std::string_view text) {
    constexpr std::array<std::string_view, 6> breaks{"\n\n", "\n", ". ", "? ", "! ", " "};
    for (const std::string_view mark : breaks) {
        const auto at = text.rfind(mark);
        if (at != std::string_view::npos && at + mark.size() > text.size() / 3) return at + mark.size();
    }
    const auto space = text.rfind(' ');
    return space == std::string_view::npos ? 0 : space + 1;
}

// As many code points as fit: for a single grapheme that does not.
std::string_view torn(std::string_view utf8, std::size_t limit, Measure measure) {
    std::size_t end = 0;
    for (std::size_t at = 0; at < utf8.size();) {
        text::next_code_point(utf8, at);
        if (measure(utf8.substr(0, at)) > limit) break;
        end = at;
    }
    return utf8.substr(0, end);
}

std::size_t end_of_first_grapheme(std::string_view utf8) {
    text::BreakIterator graphemes(text::BreakIterator::Kind::grapheme, utf8);
    return graphemes.next();
}

}  // namespace

std::size_t code_points(std::string_view utf8) {
    std::size_t count = 0;
    for (std::size_t at = 0; at < utf8.size(); ++count) text::next_code_point(utf8, at);
    return count;
}

std::size_t utf16_units(std::string_view utf8) {
    std::size_t units = 0;
    for (std::size_t at = 0; at < utf8.size();) units += text::next_code_point(utf8, at) > 0xFFFF ? 2 : 1;
    return units;
}

std::size_t bytes(std::string_view utf8) {
    return utf8.size();
}

std::string_view beginning_of(std::string_view utf8, std::size_t limit, Measure measure) {
    if (measure(utf8) <= limit) return utf8;
    text::BreakIterator graphemes(text::BreakIterator::Kind::grapheme, utf8);
    std::size_t end = 0;
    std::size_t size = 0;
    for (std::size_t next = graphemes.next(); next != text::BreakIterator::done; next = graphemes.next()) {
        size += measure(utf8.substr(end, next - end));
        if (size > limit) break;
        end = next;
    }
    return utf8.substr(0, end);
}

std::string cut(std::string_view utf8, std::size_t limit, Measure measure) {
    if (measure(utf8) <= limit) return std::string(utf8);
    const std::size_t room = measure(ellipsis);
    if (limit < room) return {};
    const std::string_view begin = beginning_of(utf8, limit - room, measure);
    const auto space = begin.rfind(' ');
    const bool at_word = space != std::string_view::npos && space > begin.size() / 2;
    return std::string(trimmed(at_word ? begin.substr(0, space) : begin)) + std::string(ellipsis);
}

std::vector<std::string> pieces_of(std::string_view utf8, std::size_t limit, Measure measure) {
    std::vector<std::string> pieces;
    std::string_view rest = utf8;
    while (measure(rest) > limit) {
        std::string_view piece = beginning_of(rest, limit, measure);
        if (piece.empty()) {  // one grapheme that is longer than a whole message
            const std::size_t whole = end_of_first_grapheme(rest);
            pieces.emplace_back(torn(rest.substr(0, whole), limit, measure));
            rest.remove_prefix(whole);
            continue;
        }
        if (const std::size_t at = good_break(piece); at > 0) piece = piece.substr(0, at);
        if (const auto shown = trimmed(piece); !shown.empty()) pieces.emplace_back(shown);
        rest.remove_prefix(piece.size());
    }
    if (const auto last = trimmed(rest); !last.empty() || pieces.empty()) pieces.emplace_back(last);
    return pieces;
}

}  // namespace podbrief::rendering
