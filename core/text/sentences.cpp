#include "core/text/sentences.hpp"

#include <algorithm>
#include <array>

#include "core/text/abbreviations.hpp"
#include "core/text/ascii.hpp"
#include "core/text/break_iterator.hpp"

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

// Whether the break between two stretches is none: the first ends in an abbreviation and the like.
bool belong_together(std::string_view text, const ByteRange& before, const ByteRange& after) {
    const std::string_view left = before.in(text);
    const std::string_view right = after.in(text);
    if (text.substr(before.end, after.begin - before.end).find_first_of("\n\r") != std::string_view::npos) return false;
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

}  // namespace

std::vector<ByteRange> sentences(std::string_view utf8) {
    std::vector<ByteRange> found;
    found.reserve(utf8.size() / 64 + 1);
    BreakIterator breaks(BreakIterator::Kind::sentence, utf8);
    std::size_t begin = 0;
    for (std::size_t end = breaks.next(); end != BreakIterator::done; begin = end, end = breaks.next()) {
        ByteRange range{begin, end};
        while (range.begin < range.end && is_ascii_space(utf8[range.begin])) ++range.begin;
        while (range.end > range.begin && is_ascii_space(utf8[range.end - 1])) --range.end;
        if (range.begin == range.end) continue;
        if (!found.empty() && belong_together(utf8, found.back(), range)) {
            found.back().end = range.end;
        } else {
            found.push_back(range);
        }
    }
    return found;
}

}  // namespace podbrief::text
