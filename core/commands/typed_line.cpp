#include "core/commands/typed_line.hpp"

#include <algorithm>
#include <charconv>

#include "core/text/unicode.hpp"

namespace podbrief::commands {
namespace {

constexpr std::string_view around_words = ".,;:!?\"'()[]<>*_`";

// Marks beyond ASCII that people's keyboards put around words.
constexpr std::array<std::string_view, 7> marks = {"\u201c", "\u201d", "\u2018", "\u2019",
                                                   "\u00ab", "\u00bb", "\u2026"};

std::string_view trimmed(std::string_view text) {
    for (bool again = true; again;) {
        again = false;
        while (!text.empty() && (around_words.find(text.front()) != std::string_view::npos || text.front() == ' ')) {
            text.remove_prefix(1);
            again = true;
        }
        while (!text.empty() && (around_words.find(text.back()) != std::string_view::npos || text.back() == ' ')) {
            text.remove_suffix(1);
            again = true;
        }
        for (const std::string_view mark : marks) {
            if (text.starts_with(mark)) {
                text.remove_prefix(mark.size());
                again = true;
            }
            if (text.ends_with(mark)) {
                text.remove_suffix(mark.size());
                again = true;
            }
        }
    }
    return text;
}

constexpr std::array<std::string_view, 21> cardinals = {
    "",         "one",     "two",     "three",     "four",     "five",     "six",
    "seven",    "eight",   "nine",    "ten",       "eleven",   "twelve",   "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty"};
constexpr std::array<std::string_view, 11> ordinals = {"",      "first",   "second", "third", "fourth", "fifth",
                                                       "sixth", "seventh", "eighth", "ninth", "tenth"};

std::optional<int> number_in(std::string_view word) {
    if (word.starts_with("#")) word.remove_prefix(1);
    for (std::size_t i = 1; i < cardinals.size(); ++i) {
        if (word == cardinals[i] || (i < ordinals.size() && word == ordinals[i])) return static_cast<int>(i);
    }
    for (const std::string_view ending : {"st", "nd", "rd", "th"}) {
        if (word.size() > 2 && word.ends_with(ending)) word.remove_suffix(2);
    }
    int value = 0;
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
    if (error != std::errc{} || end != word.data() + word.size() || value < 1 || value > 99) return std::nullopt;
    return value;
}

bool before_a_number(std::string_view word) {
    return word == "no" || word == "nr" || word == "number" || word == "num" || word == "item" || word == "insight" ||
           word == "the" || word == "#";
}

}  // namespace

TypedLine::TypedLine(std::string line) : line_(std::move(line)) {
    for (std::size_t begin = 0; begin < line_.size();) {
        const std::size_t space = std::min(line_.find(' ', begin), line_.size());
        if (space > begin) {
            const std::string_view raw = std::string_view(line_).substr(begin, space - begin);
            std::string folded = text::fold(trimmed(raw));
            for (auto at = folded.find("\u2019"); at != std::string::npos; at = folded.find("\u2019", at)) {
                folded.replace(at, 3, "'");
            }
            if (!folded.empty() || raw == "?") words_.push_back({raw == "?" ? "?" : std::move(folded), begin, space});
        }
        begin = space + 1;
    }
    // A mark that stands alone says something only when it is all there is.
    const bool has_words =
        std::any_of(words_.begin(), words_.end(), [](const Word& word) { return word.folded != "?"; });
    if (has_words) std::erase_if(words_, [](const Word& word) { return word.folded == "?"; });
}

std::size_t TypedLine::match_at(std::size_t first, std::string_view phrase) const {
    std::size_t count = 0;
    while (!phrase.empty()) {
        const std::string_view part = phrase.substr(0, phrase.find(' '));
        if (first + count >= words_.size() || words_[first + count].folded != part) return 0;
        ++count;
        phrase.remove_prefix(std::min(part.size() + 1, phrase.size()));
    }
    return count;
}

bool TypedLine::ends_with(std::string_view phrase) const {
    const std::size_t count = static_cast<std::size_t>(std::count(phrase.begin(), phrase.end(), ' ')) + 1;
    return count <= words_.size() && match_at(words_.size() - count, phrase) > 0;
}

void TypedLine::drop_front(std::size_t count) {
    words_.erase(words_.begin(), words_.begin() + static_cast<std::ptrdiff_t>(std::min(count, words_.size())));
}

void TypedLine::drop_back(std::size_t count) {
    words_.resize(words_.size() - std::min(count, words_.size()));
}

std::string TypedLine::text_from(std::size_t first) const {
    if (first >= words_.size()) return {};
    const std::size_t begin = words_[first].begin;
    return std::string(trimmed(std::string_view(line_).substr(begin, words_.back().end - begin)));
}

std::string TypedLine::topic_from(std::size_t first) const {
    std::string plain = text_from(first);
    if (plain.find(' ') == std::string::npos) return plain;
    std::string_view text = std::string_view(line_).substr(words_[first].begin);
    text = text.substr(0, words_.back().end - words_[first].begin);
    const auto quotes = std::count(text.begin(), text.end(), '"');
    std::size_t curly = 0;
    for (const std::string_view mark : {marks[0], marks[1]}) {
        for (auto at = text.find(mark); at != std::string_view::npos; at = text.find(mark, at + 1)) ++curly;
    }
    if (quotes + curly == 0 || quotes % 2 != 0 || curly % 2 != 0) return plain;
    constexpr std::string_view ends_a_sentence = ".,;:!? ";
    const std::size_t end = text.find_last_not_of(ends_a_sentence);
    return std::string(text.substr(0, end + 1));
}

std::optional<int> TypedLine::number_at(std::size_t first, std::size_t& used) const {
    std::size_t at = first;
    while (at < words_.size() && before_a_number(words_[at].folded)) ++at;
    if (at >= words_.size()) return std::nullopt;
    const auto number = number_in(words_[at].folded);
    used = at + 1 - first;
    return number;
}

std::optional<int> TypedLine::number_from(std::size_t first) const {
    std::size_t used = 0;
    const auto number = number_at(first, used);
    if (!number) return std::nullopt;
    const std::size_t rest = first + used;
    if (rest == words_.size()) return number;
    return rest + 1 == words_.size() && words_[rest].folded == "one" ? number : std::nullopt;
}

int edit_distance(std::string_view a, std::string_view b) {
    constexpr std::size_t longest = 24;
    if (a.size() > longest || b.size() > longest) return static_cast<int>(longest);
    int rows[longest + 1][longest + 1];
    for (std::size_t i = 0; i <= a.size(); ++i) rows[i][0] = static_cast<int>(i);
    for (std::size_t j = 0; j <= b.size(); ++j) rows[0][j] = static_cast<int>(j);
    for (std::size_t i = 1; i <= a.size(); ++i) {
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const int other = rows[i - 1][j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
            rows[i][j] = std::min({rows[i - 1][j] + 1, rows[i][j - 1] + 1, other});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
                rows[i][j] = std::min(rows[i][j], rows[i - 2][j - 2] + 1);
            }
        }
    }
    return rows[a.size()][b.size()];
}

}  // namespace podbrief::commands
