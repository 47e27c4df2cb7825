#include "core/text/spelled_out.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <span>

#include "core/text/ascii.hpp"
#include "core/text/sentences.hpp"
#include "core/text/words.hpp"

namespace podbrief::text {
namespace {

constexpr std::size_t fewest_letters = 2;
constexpr std::size_t most_letters = 8;
constexpr std::size_t reach = 200;  // bytes on either side of a short form that are looked at
constexpr std::size_t shortest_word = 2;
constexpr std::size_t most_linking = 7;  // words between a short form and what it stands for: "which, by the way, ..."

// Words and marks are told apart more simply than for the index: a word is letters and digits, hyphens part words.
bool is_letter_or_digit(char c) {
    return is_ascii_alnum(c) || !is_ascii(c);
}
bool is_inner_mark(std::string_view text, std::size_t at) {
    return (text[at] == '\'' || text[at] == '&') && at + 1 < text.size() && is_letter_or_digit(text[at + 1]);
}

// The words of a stretch; it begins and ends between words.
std::vector<ByteRange> plain_words(std::string_view text, std::size_t from, std::size_t to) {
    std::vector<ByteRange> words;
    for (std::size_t at = from; at < to; ++at) {
        if (!is_letter_or_digit(text[at])) continue;
        const std::size_t begin = at;
        while (at < to && (is_letter_or_digit(text[at]) || is_inner_mark(text, at))) ++at;
        words.push_back({begin, at});
    }
    return words;
}

// "RAG", "SaaS", "LLMs" without its s; nullopt: not written like a short form.
std::optional<std::string_view> short_form_in(std::string_view word) {
    if (word.size() > fewest_letters && word.back() == 's' && is_ascii_upper(word[word.size() - 2])) {
        word.remove_suffix(1);
    }
    if (word.size() < fewest_letters || word.size() > most_letters || !is_ascii_upper(word.front()))
        return std::nullopt;
    std::size_t capitals = 0;
    for (const char c : word) {
        if (!is_ascii_letter(c)) return std::nullopt;
        capitals += is_ascii_upper(c);
    }
    if (capitals < 2 || 2 * capitals < word.size()) return std::nullopt;
    return word;
}

std::string small(std::string_view word) {
    std::string folded(word);
    std::transform(folded.begin(), folded.end(), folded.begin(), ascii_lower);
    return folded;
}

class Matcher {
public:
    // `surely`: the text says that something is spelled out, so that it may begin with a small word ("over the air").
    Matcher(std::string_view text, const std::vector<ByteRange>& words, std::string_view letters, bool surely)
        : text_(text), words_(words), letters_(letters), surely_(surely && letters.size() > 2) {}

    // Whether the words [first, past) are what the letters stand for.
    bool matches(std::size_t first, std::size_t past) const {
        if (first >= past || past - first < 2) return false;
        if (word(first).size() < shortest_word || (is_small(first) && !surely_) || is_small(past - 1)) return false;
        if (ascii_lower(word(first).front()) != ascii_lower(letters_.front())) return false;
        for (std::size_t w = first; w + 1 < past; ++w) {
            if (!joins(w)) return false;
        }
        words_left_ = past - first + 1;
        failed_.assign(letters_.size() * words_left_, false);
        return match(0, first, past);
    }

    // The end of what begins at `first`; 0: the letters do not stand for it.
    std::size_t end_from(std::size_t first) const {
        const std::size_t most = std::min(words_.size(), first + most_words());
        for (std::size_t past = first + 2; past <= most; ++past) {
            if (matches(first, past)) return past;
        }
        return 0;
    }
    // The begin of what ends before `past`; `past`: the letters do not stand for it.
    std::size_t begin_before(std::size_t past) const {
        const std::size_t most = std::min(past, most_words());
        for (std::size_t count = 2; count <= most; ++count) {
            if (matches(past - count, past)) return past - count;
        }
        return past;
    }

private:
    // As many as Schwartz and Hearst allow.
    std::size_t most_words() const { return std::min(letters_.size() + 5, 2 * letters_.size()); }
    std::string_view word(std::size_t w) const { return words_[w].in(text_); }
    bool is_small(std::size_t w) const {
        const std::string here = small(word(w));
        return here.size() < shortest_word || (is_stop_word(here) && here != "things");  // the internet of things
    }

    // Nothing that ends a thought stands between a word and the next.
    bool joins(std::size_t w) const {
        const std::string_view gap = text_.substr(words_[w].end, words_[w + 1].begin - words_[w].end);
        return gap.size() <= 3 && std::all_of(gap.begin(), gap.end(), [](char c) {
                   return c == ' ' || c == '\n' || c == '-' || c == ',' || c == '/' || c == '&';
               });
    }

    // The letters from `l` on are those of the words from `w` on. What failed is not tried again on the way: each small
    // word may be meant or skipped.
    bool match(std::size_t l, std::size_t w, std::size_t past) const {
        if (l == letters_.size()) return w == past;
        if (w == past) return false;
        const std::size_t rest = l * words_left_ + (past - w);
        if (failed_[rest]) return false;
        if (goes_on(l, w, past)) return true;
        failed_[rest] = true;
        return false;
    }
    bool goes_on(std::size_t l, std::size_t w, std::size_t past) const {
        const std::string_view here = word(w);
        if (ascii_lower(here.front()) == ascii_lower(letters_[l])) {
            if (match(l + 1, w + 1, past)) return true;
            // A small letter behind it may be of the same word.
            const bool inside = l + 1 < letters_.size() && is_ascii_lower(letters_[l + 1]);
            if (inside && here.substr(1).find(letters_[l + 1]) != std::string_view::npos && match(l + 2, w + 1, past)) {
                return true;
            }
        }
        return is_small(w) && match(l, w + 1, past);
    }

    std::string_view text_;
    const std::vector<ByteRange>& words_;
    std::string_view letters_;
    bool surely_;
    mutable std::vector<bool> failed_;    // by letter and words left, of one call of `matches`
    mutable std::size_t words_left_ = 0;  // at its start, and one
};

bool is_one_of(std::string_view word, std::span<const std::string_view> words) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

// How a text says that what follows, or went before, is the same by another name.
enum class Link { none, weak, strong };

constexpr auto naming = std::to_array<std::string_view>({"or", "aka", "called", "abbreviated", "shortened"});
constexpr auto standing_for = std::to_array<std::string_view>(
    {"stands", "stand", "short", "meaning", "means", "or", "aka", "acronym", "abbreviation", "e"});
constexpr auto linking = std::to_array<std::string_view>(
    {"which", "that", "it",      "is",    "just",   "basically", "really", "simply", "short", "for",     "or",
     "i",     "e",    "meaning", "means", "stands", "stand",     "an",     "a",      "the",   "acronym", "abbreviation",
     "aka",   "what", "this",    "of",    "course"});

Link link_of_gap(std::string_view gap) {
    if (gap.size() > 5) return Link::none;
    Link link = Link::none;
    for (const char c : gap) {
        if (c == '(' || c == '[') return Link::strong;
        if (c == ',' || c == '-' || c == ':') link = Link::weak;
        if (c == '.' || c == ')' || c == ']' || c == '!' || c == '?' || c == ';' || c == '/') return Link::none;
        if (!is_ascii(c)) link = Link::weak;  // a dash
    }
    return link;
}

class Finder {
public:
    explicit Finder(std::string_view text) : text_(text) {}

    std::vector<SpelledOut> run() {
        for (std::size_t at = 0; at < text_.size(); ++at) {
            if (!is_letter_or_digit(text_[at])) continue;
            const std::size_t begin = at;
            while (at < text_.size() && (is_letter_or_digit(text_[at]) || is_inner_mark(text_, at))) ++at;
            if (const auto short_form = short_form_in(text_.substr(begin, at - begin)))
                look_around(*short_form, begin, at);
        }
        return std::move(found_);
    }

private:
    void look_around(std::string_view letters, std::size_t begin, std::size_t end) {
        look_before(letters, begin) || look_behind(letters, end);
    }

    bool strong_enough(Link link, std::string_view letters) const {
        return link == Link::strong || (link == Link::weak && letters.size() > 2);
    }

    bool look_before(std::string_view letters, std::size_t begin) {
        std::size_t from = begin > reach ? begin - reach : 0;
        while (from > 0 && from < begin && is_letter_or_digit(text_[from - 1])) ++from;
        const std::vector<ByteRange> words = plain_words(text_, from, begin);
        if (words.size() < 2) return false;
        std::size_t past = words.size();
        Link link = link_of_gap(text_.substr(words.back().end, begin - words.back().end));
        // "..., or RAG"; "... (or RAG)"; "... abbreviated as RAG"
        const std::string last = small(words.back().in(text_));
        const bool as = last == "as" && words.size() > 2;
        const std::string name = as ? small(words[past - 2].in(text_)) : last;
        if (is_one_of(name, naming) && link != Link::strong) {
            past -= as ? 2 : 1;
            link = Link::strong;
        }
        if (!strong_enough(link, letters)) return false;
        const std::size_t first = Matcher(text_, words, letters, link == Link::strong).begin_before(past);
        return first != past && note(letters, words, first, past);
    }

    bool look_behind(std::string_view letters, std::size_t end) {
        std::size_t to = std::min(text_.size(), end + reach);
        while (to < text_.size() && to > end && is_letter_or_digit(text_[to])) --to;
        const std::vector<ByteRange> words = plain_words(text_, end, to);
        if (words.size() < 2) return false;
        Link link = link_of_gap(text_.substr(end, words.front().begin - end));
        for (std::size_t first = 0; first < std::min(most_linking, words.size()); ++first) {
            if (strong_enough(link, letters)) {
                const std::size_t past = Matcher(text_, words, letters, link == Link::strong).end_from(first);
                if (past > 0) return note(letters, words, first, past);
            }
            const std::string word = small(words[first].in(text_));
            if (!is_one_of(word, linking)) return false;
            if (is_one_of(word, standing_for)) link = Link::strong;
            if (word == "is" && link == Link::none) link = Link::weak;
            const std::size_t next = first + 1 < words.size() ? words[first + 1].begin : to;
            const std::string_view gap = text_.substr(words[first].end, next - words[first].end);
            const bool i_e = word == "i" || word == "e";
            if (!i_e && gap.find_first_of(".!?;)]") != std::string_view::npos) return false;
        }
        return false;
    }

    bool note(std::string_view letters, const std::vector<ByteRange>& words, std::size_t first, std::size_t past) {
        std::string long_form;
        for (std::size_t w = first; w < past; ++w) {
            if (words[w].in(text_) == letters) return false;  // "IoT things (IoT)"
            if (!long_form.empty()) long_form += ' ';
            long_form += words[w].in(text_);
        }
        found_.push_back({std::string(letters), std::move(long_form)});
        return true;
    }

    std::string_view text_;
    std::vector<SpelledOut> found_;
};

}  // namespace

std::vector<SpelledOut> spelled_out(std::string_view utf8) {
    return Finder(utf8).run();
}

}  // namespace podbrief::text
