#include "core/text/sentences.hpp"

#include <algorithm>
#include <array>

#include "core/text/abbreviations.hpp"
#include "core/text/ascii.hpp"
#include "core/text/break_iterator.hpp"
#include "core/text/sentence_scanner.hpp"

namespace podbrief::text {
namespace {

bool is_close(char c) {
    return c == '"' || c == '\'' || c == ')' || c == ']';
}

std::string_view last_word(std::string_view text) {
    const std::size_t space = text.find_last_of(" \t\n");
    std::string_view word = space == std::string_view::npos ? text : text.substr(space + 1);
    while (!word.empty() && (word.front() == '(' || word.front() == '"' || word.front() == '\'')) word.remove_prefix(1);
    return word;
}

std::string_view first_word(std::string_view text) {
    std::size_t end = 0;
    while (end < text.size() && (is_ascii_letter(text[end]) || text[end] == '\'')) ++end;
    return text.substr(0, end);
}

// Whether the break between two stretches of one line is none: the first ends in an abbreviation and the like.
bool belong_together(std::string_view line, const ByteRange& before, const ByteRange& after) {
    const std::string_view left = before.in(line);
    const std::string_view right = after.in(line);
    if (left.empty() || right.empty()) return false;
    // ".NET": a full stop that opens a word.
    if (left.back() == '.' && before.end == after.begin && (left.size() == 1 || left[left.size() - 2] == ' ')) {
        return is_ascii_letter(right.front());
    }
    // "Really?" she asked.
    if (is_close(left.back()) && left.back() != ')' && is_ascii_lower(right.front())) return true;
    if (left.back() != '.') return false;
    const std::string_view word = last_word(left);
    if (word.size() < 2 || word.size() > 12) return false;
    switch (abbreviation_kind(word)) {
        case Abbreviation::before_more:
            return true;
        case Abbreviation::before_number:
            return is_ascii_digit(right.front());
        case Abbreviation::either:
            return !starts_a_sentence(first_word(right));
        case Abbreviation::none:
            break;
    }
    // An initial: John F. Kennedy, J. K. Rowling. Not "Plan B. Then", nor "you and I. Sarah".
    if (word.size() == 2 && is_ascii_upper(word[0])) {
        if (!is_ascii_upper(right.front()) || starts_a_sentence(first_word(right))) return false;
        if (word.size() == left.size()) return true;
        const std::string_view name = last_word(left.substr(0, left.size() - 3));
        return word[0] != 'I' && !name.empty() && is_ascii_upper(name[0]) && name.size() > 1;
    }
    return false;
}

void add_line(std::string_view text, std::size_t offset, std::vector<ByteRange>& out) {
    const std::size_t first = out.size();
    if (is_ascii(text)) {
        scan_ascii_sentences(text, out);
    } else {
        BreakIterator breaks(BreakIterator::Kind::sentence, text);
        std::size_t begin = 0;
        for (std::size_t end = breaks.next(); end != BreakIterator::done; begin = end, end = breaks.next()) {
            out.push_back({begin, end});
        }
    }
    // Trims, joins and moves in place.
    std::size_t kept = first;
    for (std::size_t i = first; i < out.size(); ++i) {
        ByteRange range = out[i];
        while (range.begin < range.end && is_ascii_space(text[range.begin])) ++range.begin;
        while (range.end > range.begin && is_ascii_space(text[range.end - 1])) --range.end;
        if (range.begin == range.end) continue;
        if (kept > first && belong_together(text, out[kept - 1], range)) {
            out[kept - 1].end = range.end;
        } else {
            out[kept++] = range;
        }
    }
    out.resize(kept);
    for (std::size_t i = first; i < kept; ++i) {
        out[i].begin += offset;
        out[i].end += offset;
    }
}

}  // namespace

std::vector<ByteRange> sentences(std::string_view utf8) {
    std::vector<ByteRange> found;
    found.reserve(utf8.size() / 64 + 1);
    // Line breaks always end a sentence (rule SB4), so each line takes the way that suits its letters.
    std::size_t begin = 0;
    while (begin < utf8.size()) {
        std::size_t end = utf8.find_first_of("\n\r", begin);
        if (end == std::string_view::npos) end = utf8.size();
        if (end > begin) add_line(utf8.substr(begin, end - begin), begin, found);
        begin = end + 1;
    }
    return found;
}

}  // namespace podbrief::text
