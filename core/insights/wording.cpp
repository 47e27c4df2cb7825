#include "core/insights/wording.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

#include "core/insights/tokens.hpp"
#include "core/text/ascii.hpp"
#include "core/text/unicode.hpp"

namespace podbrief::insights {
namespace {

bool contains(std::string_view text, std::string_view part) {
    return text.find(part) != std::string_view::npos;
}
bool opens_with_comma(std::string_view gap) {
    return !gap.empty() && (gap[0] == ',' || gap[0] == '.');
}
bool soft(std::string_view gap) {
    return gap.find_first_not_of(" ,.") == std::string_view::npos && !gap.empty();
}
bool is_dash(std::string_view gap) {
    return contains(gap, "--");
}

// A sentence as a list of words that can be deleted one by one. Views into the tokens, which must outlive it.
class Draft {
public:
    explicit Draft(const Tokens& tokens) : list_(tokens.list), opening_(tokens.before) {}

    std::size_t size() const { return list_.size(); }
    Token& operator[](std::size_t i) { return list_[i]; }
    std::string_view lower(std::size_t i) const { return i < list_.size() ? list_[i].lower : std::string_view{}; }
    std::string_view gap_before(std::size_t i) const { return i == 0 ? opening_ : list_[i - 1].after; }

    void drop_front(std::size_t count) {
        list_.erase(list_.begin(), list_.begin() + static_cast<std::ptrdiff_t>(count));
        if (contains(opening_, "\"") || contains(opening_, "(")) return;  // an opening mark stays with its closing one
        opening_ = {};
    }

    // Deletes words [i, i + count) from inside; the punctuation around them becomes what it would be without them.
    void drop(std::size_t i, std::size_t count) {
        if (i == 0) return drop_front(count);
        const std::string_view left = list_[i - 1].after;
        const std::string_view right = list_[i + count - 1].after;
        std::string_view merged = right;
        if (i + count < list_.size() && soft(left) && soft(right)) {
            const bool both = contains(left, ",") && contains(right, ",");
            merged = both || !(contains(left, ",") || contains(left, ".")) ? std::string_view(" ") : left;
        } else if (is_dash(left)) {
            merged = is_dash(right) || soft(right) ? std::string_view(" ") : right;
        } else if (!soft(left) && soft(right)) {
            merged = left;
        }
        list_[i - 1].after = merged;
        list_.erase(list_.begin() + static_cast<std::ptrdiff_t>(i),
                    list_.begin() + static_cast<std::ptrdiff_t>(i + count));
    }

    std::string text() const {
        std::string out(opening_);
        for (const Token& token : list_) {
            out += token.word;
            out += token.after;
        }
        return out;
    }

private:
    std::vector<Token> list_;
    std::string_view opening_;
};

bool is_phrase(const Draft& d, std::size_t i, std::string_view first, std::string_view second) {
    return d.lower(i) == first && d.lower(i + 1) == second;
}

// Words to take off the front, 0 when the sentence starts in earnest.
std::size_t leading(Draft& d, bool& lost_contrast) {
    if (d.size() < 2) return 0;
    const Token& token = d[0];
    const bool comma = opens_with_comma(token.after) || is_dash(token.after) || contains(token.after, " - ");
    if (is_phrase(d, 0, "you", "know") || is_phrase(d, 0, "i", "mean") || is_phrase(d, 0, "i", "guess") ||
        is_phrase(d, 0, "of", "course") || is_phrase(d, 0, "in", "fact") || is_phrase(d, 0, "at", "least") ||
        is_phrase(d, 0, "for", "sure") || is_phrase(d, 0, "by", "way")) {
        const bool after_comma = opens_with_comma(d[1].after) || is_dash(d[1].after);
        return after_comma || token.lower == "you" || (token.lower == "i" && d.lower(1) == "mean") ? 2 : 0;
    }
    if (is_phrase(d, 0, "that", "said") && opens_with_comma(d[1].after)) return 2;
    if (is_phrase(d, 0, "to", "be") && (d.lower(2) == "honest" || d.lower(2) == "fair" || d.lower(2) == "clear")) {
        return d.size() > 3 ? 3 : 0;
    }
    if (is_phrase(d, 0, "for", "example") || is_phrase(d, 0, "for", "instance")) return d.size() > 2 ? 2 : 0;
    if (token.lower == "so") {
        const std::string_view next = d.lower(1);
        if (next == "many" || next == "much" || next == "far" || next == "long" || next == "few") return 0;
    }
    if (token.is(discourse) || (token.is(discourse_comma) && comma)) {
        lost_contrast = lost_contrast || token.lower == "but";
        return 1;
    }
    return 0;
}

bool keeps_kind_of(std::string_view before) {
    static constexpr std::array<std::string_view, 16> words = {
        "a",    "the",       "this", "that",  "some",  "any",     "what",  "which",
        "same", "different", "one",  "these", "those", "another", "every", "all"};
    return std::find(words.begin(), words.end(), before) != words.end();
}

// Words at i that say nothing, inside a sentence.
std::size_t filler_at(Draft& d, std::size_t i) {
    const bool comma_before = contains(d.gap_before(i), ",") || is_dash(d.gap_before(i));
    if (d[i].is(filler)) return 1;
    if (i + 1 >= d.size()) return 0;
    const bool inner = i + 2 < d.size();
    const std::string_view after = d[i].after;
    const std::string_view after_second = d[i + 1].after;
    if (is_phrase(d, i, "you", "know") && (comma_before || opens_with_comma(after_second)) && inner) return 2;
    if (is_phrase(d, i, "i", "mean") && (comma_before || opens_with_comma(after_second)) && inner) return 2;
    if ((is_phrase(d, i, "kind", "of") || is_phrase(d, i, "sort", "of")) && inner && i > 0 && after_second == " " &&
        !keeps_kind_of(d.lower(i - 1)) && d.lower(i + 2) != "a" && d.lower(i + 2) != "the" &&
        d.lower(i + 2) != "thing" && d.lower(i + 2) != "stuff") {
        return 2;
    }
    if (d.lower(i) == "like" && comma_before && opens_with_comma(after)) return 1;
    if (comma_before && opens_with_comma(after) && inner &&
        (d[i].lower == "right" || d[i].lower == "okay" || d[i].lower == "yeah" || d[i].lower == "basically")) {
        return 1;
    }
    return 0;
}

// How many words before the gap after i were a false start, said again after it.
std::size_t false_start(Draft& d, std::size_t i) {
    if (i + 1 >= d.size()) return 0;
    const std::string_view gap = d[i].after;
    const bool dash = is_dash(gap) || gap == "- ";
    if (dash) {
        const std::string_view again = d.lower(i + 1);
        for (std::size_t back = 1; back <= 5 && back <= i + 1; ++back) {
            const std::string_view before = d.lower(i + 1 - back);
            if (before == again) return back;
            // "w- we", "it's -- it is"
            if (back == 1 && before.size() <= 3 && again.starts_with(before)) return 1;
        }
        return 0;
    }
    if (d.lower(i) != d.lower(i + 1) || !(gap == " " || gap == ", " || gap == "... ")) return 0;
    const bool slip =
        !d[i].is(doubles) && (d[i].classes & (auxiliary | preposition | first_singular | first_plural | second_person |
                                              thing_pronoun | demonstrative | discourse)) != 0;
    const bool article = d.lower(i) == "the" || d.lower(i) == "a" || d.lower(i) == "an" || d.lower(i) == "if" ||
                         d.lower(i) == "because" || d.lower(i) == "when" || d.lower(i) == "to";
    return slip || article ? 1 : 0;
}

struct Frame {
    std::string_view first;
    std::string_view second;  // empty: one word
    std::string_view said;    // instead
};
constexpr Frame frames[] = {
    {"think", "", "thinks"},
    {"believe", "", "believes"},
    {"suspect", "", "suspects"},
    {"hope", "", "hopes"},
    {"argue", "", "argues"},
    {"bet", "", "bets"},
    {"assume", "", "assumes"},
    {"imagine", "", "imagines"},
    {"don't", "think", "does not think"},
    {"don't", "believe", "does not believe"},
    {"feel", "like", "feels like"},
    {"would", "say", "would say"},
    {"would", "argue", "would argue"},
    {"would", "guess", "would guess"},
    {"agree", "that", "agrees that"},
    {"guess", "", "guesses"},
};

bool is_adverb(std::string_view word) {
    return word == "really" || word == "also" || word == "personally" || word == "still" || word == "do" ||
           word == "just" || word == "always" || word == "definitely" || word == "honestly" || word == "certainly";
}

struct Attribution {
    std::size_t at;     // of "I"
    std::size_t words;  // "I", an adverb, the verb
    const Frame* frame;
};

std::optional<Attribution> next_attribution(Draft& d, std::size_t from) {
    for (std::size_t i = from; i + 1 < d.size(); ++i) {
        const bool contracted = d.lower(i) == "i'd";
        if (d.lower(i) != "i" && !contracted) continue;
        std::size_t verb_at = i + 1;
        if (!contracted && is_adverb(d.lower(verb_at)) && d[i].after == " ") ++verb_at;
        for (const Frame& frame : frames) {
            if (contracted) {
                if (frame.first == "would" && d.lower(i + 1) == frame.second) return Attribution{i, 2, &frame};
            } else if (d.lower(verb_at) == frame.first &&
                       (frame.second.empty() || d.lower(verb_at + 1) == frame.second)) {
                return Attribution{i, verb_at - i + (frame.second.empty() ? 1u : 2u), &frame};
            }
        }
    }
    return std::nullopt;
}

// "I think" -> "<speaker> thinks".
int attribute(Draft& d, std::string_view speaker) {
    int count = 0;
    for (auto found = next_attribution(d, 0); found; found = next_attribution(d, found->at + 1)) {
        d[found->at].word = speaker;
        d[found->at].lower = speaker;
        d[found->at].after = " ";
        d[found->at + 1].word = found->frame->said;
        if (found->words > 2) {
            d[found->at + 1].after = d[found->at + found->words - 1].after;
            d.drop(found->at + 2, found->words - 2);
        }
        ++count;
    }
    return count;
}

// Without "I think (that)".
std::string core_of(Draft d) {
    for (auto found = next_attribution(d, 0); found; found = next_attribution(d, found->at)) {
        const bool that = d.lower(found->at + found->words) == "that";
        d.drop(found->at, std::min(found->words + (that ? 1u : 0u), d.size() - found->at));
    }
    return d.text();
}

// ", right?" and the like at the end: a statement, not a question.
bool take_off_tag(Draft& d) {
    static constexpr std::array<std::string_view, 8> tags = {"right", "okay", "ok",  "yeah",
                                                             "no",    "huh",  "see", "correct"};
    const std::size_t n = d.size();
    if (n >= 4 && is_phrase(d, n - 2, "you", "know") && contains(d.gap_before(n - 2), ",")) {
        d.drop(n - 2, 2);
        return true;
    }
    if (n >= 3 && contains(d.gap_before(n - 1), ",") && contains(d[n - 1].after, "?") &&
        std::find(tags.begin(), tags.end(), d.lower(n - 1)) != tags.end()) {
        d.drop(n - 1, 1);
        return true;
    }
    return false;
}

// Spaces and punctuation as they are written: no doubled commas, one end mark.
std::string tidy(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '.' && text.substr(i, 3) == "...") {
            while (i + 1 < text.size() && (text[i + 1] == '.' || text[i + 1] == ' ')) ++i;
            while (!out.empty() && (out.back() == ' ' || out.back() == ',')) out.pop_back();
            out += i + 1 < text.size() ? ", " : ".";
            continue;
        }
        if (c == ' ' && (out.empty() || out.back() == ' ')) continue;
        if (c == ',' || c == '.' || c == '?' || c == '!' || c == ';') {
            while (!out.empty() && (out.back() == ' ' || (out.back() == ',' && c != '.'))) out.pop_back();
            if (c != ',' && !out.empty() && out.back() == ',') out.pop_back();
            if (out.empty()) continue;
        }
        out += c;
    }
    while (!out.empty() && (out.back() == ' ' || out.back() == ',' || out.back() == '-')) out.pop_back();
    return out;
}

void capitalise(std::string& text) {
    const std::size_t at = text.find_first_not_of("\"'(");
    if (at == std::string::npos || !text::is_ascii_lower(text[at])) return;
    // "iOS", "npm" and the like keep their case when an upper-case letter or a digit follows within the word.
    for (std::size_t i = at; i < text.size() && text::is_ascii_alnum(text[i]); ++i) {
        if (text::is_ascii_upper(text[i])) return;
    }
    text[at] = static_cast<char>(text[at] - 'a' + 'A');
}

}  // namespace

CleanSentence clean_sentence(std::string_view raw, std::string_view speaker) {
    CleanSentence out;
    out.unintelligible = contains(raw, "unintelligible") || contains(raw, "inaudible") || contains(raw, "crosstalk");
    const std::string plain = plain_punctuation(raw);
    const Tokens tokens(plain);
    Draft d(tokens);
    for (std::size_t count = 0; (count = leading(d, out.lost_contrast)) > 0;) d.drop_front(count);
    for (std::size_t i = 0; i < d.size();) {
        if (const std::size_t count = filler_at(d, i); count > 0) {
            d.drop(i, count);
            i -= std::min<std::size_t>(i, 1);
            continue;
        }
        if (const std::size_t back = false_start(d, i); back > 0) {
            const std::size_t from = i + 1 - back;
            if (from == 0) {
                d.drop_front(back);
            } else {
                d[i].after = " ";
                d.drop(from, back);
            }
            i = from == 0 ? 0 : from - 1;
            continue;
        }
        ++i;
    }
    for (std::size_t count = 0; (count = leading(d, out.lost_contrast)) > 0;) d.drop_front(count);
    const bool tag = take_off_tag(d);
    if (d.size() == 0) return out;
    if (!speaker.empty() && next_attribution(d, 0)) {
        out.core = tidy(core_of(d));
        capitalise(out.core);
        out.attributions = attribute(d, speaker);
    }
    for (std::size_t i = 0; i + 1 < d.size(); ++i) out.restarted = out.restarted || is_dash(d[i].after);

    const std::string_view ending = d[d.size() - 1].after;
    out.trails_off = contains(ending, "...");
    out.question = contains(ending, "?") && !tag;
    out.unfinished = is_dash(ending) || (ending.find_first_of(".?!") == std::string_view::npos && !tag);
    std::string text = d.text();
    if (tag) {
        const std::size_t end = text.find_last_not_of(" ?,.!\"");
        text.resize(end == std::string::npos ? 0 : end + 1);
        text += '.';
    }
    out.text = tidy(text);
    if (out.text.find_first_not_of(".,!?\"' -") == std::string::npos) out.text.clear();
    capitalise(out.text);
    return out;
}

std::string with_short_repeats(std::string_view text, std::string_view name) {
    std::string out(text);
    const std::size_t space = name.find_last_of(' ');
    const std::size_t first = out.find(name);
    if (space == std::string_view::npos || first == std::string::npos) return out;
    for (std::size_t at = out.find(name, first + name.size()); at != std::string::npos; at = out.find(name, at)) {
        out.erase(at, space + 1);
    }
    return out;
}

}  // namespace podbrief::insights
