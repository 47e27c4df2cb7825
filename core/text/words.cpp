#include "core/text/words.hpp"

#include <unicode/uchar.h>
#include <unicode/uscript.h>
#include <unicode/utf8.h>

#include <algorithm>

#include "core/text/ascii.hpp"
#include "core/text/break_iterator.hpp"
#include "core/text/code_points.hpp"
#include "core/text/stemmer.hpp"

namespace podbrief::text {
namespace {

struct CodePoint {
    UChar32 value;
    std::size_t size;
};

CodePoint code_point_at(std::string_view text, std::size_t at) {
    std::size_t end = at;
    const UChar32 value = next_code_point(text, end);
    return {value, end - at};
}

bool is_word_part(UChar32 c) {
    return c > 0 && (u_isalnum(c) || (U_GET_GC_MASK(c) & U_GC_M_MASK) != 0);
}

// Scripts that write words without spaces between them.
bool is_unspaced(UChar32 c) {
    UErrorCode status = U_ZERO_ERROR;
    switch (uscript_getScript(c, &status)) {
        case USCRIPT_HAN:
        case USCRIPT_HIRAGANA:
        case USCRIPT_KATAKANA:
        case USCRIPT_THAI:
        case USCRIPT_LAO:
        case USCRIPT_KHMER:
        case USCRIPT_MYANMAR:
            return true;
        default:
            return false;
    }
}

// Finds the words of one text from left to right.
class WordScanner {
public:
    explicit WordScanner(std::string_view text) : text_(text) {}

    // False: no more. `word` may hold a run of an unspaced script, see unspaced().
    bool next(ByteRange& word) {
        while (at_ < text_.size()) {
            unspaced_ = false;
            const std::size_t begin = at_;
            if (is_ascii(text_[at_]) ? !is_ascii_alnum(text_[at_]) : !starts_word()) {
                at_ += is_ascii(text_[at_]) ? 1 : code_point_at(text_, at_).size;
                continue;
            }
            run();
            while (at_ < text_.size() && mark(begin)) run();
            trailing_mark(begin);
            word = {begin, at_};
            return true;
        }
        return false;
    }

    bool unspaced() const { return unspaced_; }

private:
    char byte(std::size_t at) const { return at < text_.size() ? text_[at] : '\0'; }
    bool starts_word() const { return u_isalnum(std::max<UChar32>(0, code_point_at(text_, at_).value)); }

    void run() {
        while (at_ < text_.size()) {
            if (is_ascii(text_[at_])) {
                if (!is_ascii_alnum(text_[at_])) return;
                ++at_;
            } else {
                const CodePoint c = code_point_at(text_, at_);
                if (!is_word_part(c.value)) return;
                unspaced_ = unspaced_ || is_unspaced(c.value);
                at_ += c.size;
            }
        }
    }

    bool word_follows(std::size_t at) const {
        if (at >= text_.size()) return false;
        return is_ascii(text_[at]) ? is_ascii_alnum(text_[at]) : is_word_part(code_point_at(text_, at).value);
    }

    // At a mark that the word goes on behind: steps over it.
    bool mark(std::size_t begin) {
        const char before = text_[at_ - 1];
        const char after = byte(at_ + 1);
        std::size_t size = 1;
        bool joins = false;
        switch (text_[at_]) {
            case '\'':
                joins = is_ascii_letter(after) || !is_ascii(after);
                break;
            case '_':
                joins = true;
                break;
            case '.':  // 3.5, Node.js, U.S.; not "end.Start"
                joins = (is_ascii_digit(before) && is_ascii_digit(after)) || is_ascii_lower(after) ||
                        (is_ascii_upper(after) && single_letter_before(begin) && !is_ascii_letter(byte(at_ + 2)));
                break;
            case ',':
                joins = is_ascii_digit(before) && is_ascii_digit(after) && thousands(at_ + 1);
                break;
            case '&':
                joins = is_ascii_upper(before) && is_ascii_upper(after);
                break;
            case '-':  // GPT-4, H-1B, e-mail; "open-source" is two words, as it is without the hyphen
                joins = is_ascii_digit(after) || is_ascii_digit(before) || at_ - begin == 1 || single_letter_after();
                break;
            case '+':  // C++20
                if (after == '+' && at_ - begin == 1 && is_ascii_digit(byte(at_ + 2))) {
                    size = 2;
                    joins = true;
                }
                break;
            case '\xE2':
                joins = after == '\x80' && byte(at_ + 2) == '\x99';
                size = 3;
                break;
            default:
                break;
        }
        if (!joins || !word_follows(at_ + size)) return false;
        at_ += size;
        return true;
    }

    bool single_letter_before(std::size_t begin) const {
        return is_ascii_letter(text_[at_ - 1]) && (at_ - begin == 1 || text_[at_ - 2] == '.');
    }
    bool single_letter_after() const { return !word_follows(at_ + 2) && is_ascii_alnum(byte(at_ + 1)); }
    bool thousands(std::size_t at) const {
        return is_ascii_digit(byte(at + 1)) && is_ascii_digit(byte(at + 2)) && !is_ascii_digit(byte(at + 3));
    }

    // C++, C#, U.S.
    void trailing_mark(std::size_t begin) {
        const std::size_t size = at_ - begin;
        if (byte(at_) == '+' && byte(at_ + 1) == '+' && size == 1)
            at_ += 2;
        else if (byte(at_) == '#' && size == 1 && is_ascii_letter(text_[begin]))
            ++at_;
        else if (byte(at_) == '.' && size >= 3 && text_[at_ - 2] == '.' && is_ascii_letter(text_[at_ - 1]))
            ++at_;
    }

    std::string_view text_;
    std::size_t at_ = 0;
    bool unspaced_ = false;
};

template <class Take>
void for_each_word(std::string_view text, Take take) {
    WordScanner scanner(text);
    ByteRange word;
    while (scanner.next(word)) {
        if (!scanner.unspaced()) {
            take(word);
            continue;
        }
        BreakIterator breaks(BreakIterator::Kind::word, word.in(text));
        std::size_t begin = 0;
        for (std::size_t end = breaks.next(); end != BreakIterator::done; begin = end, end = breaks.next()) {
            if (breaks.was_word()) take(ByteRange{word.begin + begin, word.begin + end});
        }
    }
}

}  // namespace

std::vector<ByteRange> words(std::string_view utf8) {
    std::vector<ByteRange> found;
    found.reserve(utf8.size() / 5 + 1);
    for_each_word(utf8, [&](const ByteRange& word) { found.push_back(word); });
    return found;
}

std::string stem(std::string_view word) {
    return std::string(Stemmer::of_this_thread().look_up(word).stem);
}

std::vector<std::string> stems(std::string_view utf8) {
    std::vector<std::string> found;
    found.reserve(utf8.size() / 12 + 1);
    Stemmer& stemmer = Stemmer::of_this_thread();
    for_each_word(utf8, [&](const ByteRange& word) {
        const auto [stem, stop] = stemmer.look_up(word.in(utf8));
        if (!stop && (stem.size() > 1 || (stem.size() == 1 && is_ascii_digit(stem[0])))) found.emplace_back(stem);
    });
    return found;
}

std::vector<std::string> unique_stems(std::string_view utf8) {
    std::vector<std::string> found = stems(utf8);
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    return found;
}

double jaccard(const std::vector<std::string>& a, const std::vector<std::string>& b) {
    if (a.empty() && b.empty()) return 0;
    std::size_t shared = 0;
    auto i = a.begin();
    auto j = b.begin();
    while (i != a.end() && j != b.end()) {
        const int order = i->compare(*j);
        shared += order == 0;
        i += order <= 0;
        j += order >= 0;
    }
    return static_cast<double>(shared) / static_cast<double>(a.size() + b.size() - shared);
}

}  // namespace podbrief::text
