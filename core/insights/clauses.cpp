#include "core/insights/clauses.hpp"

#include <algorithm>
#include <string_view>

namespace podbrief::insights {
namespace {

constexpr std::size_t least_left = 10;  // words of what remains

bool has_mark(std::string_view gap) {
    return gap.find(',') != std::string_view::npos || has_dash(gap) || gap.find(';') != std::string_view::npos ||
           gap.find("...") != std::string_view::npos;
}

bool is_ending(std::string_view gap) {
    return gap.find_first_of(".?!") != std::string_view::npos;
}

// The words [begin, end) speak of the speaker, or of what the other knows or said.
bool is_personal(const Draft& d, std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end; ++i) {
        if (d[i].is(first_singular) || d.says(i, "looking forward")) return true;
        const bool you = d[i].is(second_person);
        if (you && one_of(d.lower(i + 1), {"know", "see", "mentioned", "said", "mean", "asked", "told", "guys", "were",
                                           "all", "guess", "talked"})) {
            return true;
        }
    }
    return false;
}

// "I think", "I guess" and the like with nothing else, at i: how many words.
std::size_t aside_at(const Draft& d, std::size_t i) {
    for (const std::string_view phrase :
         {"i think", "i guess", "i would say", "i'd say", "i believe", "i suspect", "i suppose", "in my opinion",
          "in my view", "in my experience", "to me", "from my perspective", "i would argue", "i feel like", "i feel",
          "for me", "i find", "i imagine"}) {
        const auto count = static_cast<std::size_t>(std::count(phrase.begin(), phrase.end(), ' ')) + 1;
        if (i + count <= d.size() && d.says(i, phrase)) return count;
    }
    return 0;
}

bool drop_asides(Draft& d) {
    bool opinion = false;
    for (std::size_t i = 0; i < d.size(); ++i) {
        const std::size_t count = aside_at(d, i);
        if (count == 0 || i + count >= d.size() + (i > 0)) continue;
        const bool opens = i == 0 || has_mark(d.gap_before(i));
        const bool closes = i + count == d.size() || has_mark(d[i + count - 1].after);
        // "the part that I think is hard"
        const bool inserted = i > 0 && i + count < d.size() && count == 2 &&
                              one_of(d.lower(i - 1), {"which", "that", "what", "who"}) &&
                              d[i + count].is(auxiliary | verb | full_verb);
        if (!(opens && closes) && !inserted) continue;
        d.drop(i, count);
        opinion = true;
        if (i > 0) --i;
    }
    return opinion;
}

// "The way they -- models need ...": few words that broke off before the sentence that was meant.
void drop_broken_opening(Draft& d) {
    constexpr std::size_t longest = 7;  // words
    for (std::size_t i = std::min(longest, d.size()); i > 0; --i) {
        if (!has_dash(d[i - 1].after) || d.size() - i < least_left) continue;
        d.drop(0, i);
        return;
    }
}

// "I was reading about it, and models need ...".
void drop_personal_opening(Draft& d) {
    for (std::size_t i = 1; i + least_left <= d.size() && i <= 40; ++i) {
        if (!has_mark(d.gap_before(i)) || !one_of(d.lower(i), {"but", "and", "so"})) continue;
        if (!is_personal(d, 0, i)) continue;
        // "What I see is that models grow, and prices fall": the first half holds a claim of its own.
        if (is_personal(d, i, d.size()) && !is_personal(d, 0, i)) continue;
        d.drop(0, i + 1);
        i = 0;
    }
}

// ", and I love that."
void drop_personal_closing(Draft& d) {
    for (std::size_t i = d.size(); i-- > least_left;) {
        if (!has_mark(d.gap_before(i))) continue;
        if (!one_of(d.lower(i), {"but", "and", "so", "which", "because", "where", "if", "like", "at", "in", "or"}) &&
            !d[i].is(first_singular)) {
            continue;
        }
        if (!is_personal(d, i, d.size()) || is_personal(d, 0, i)) continue;
        if (!is_ending(d[d.size() - 1].after)) return;
        d.drop(i, d.size() - i);
        return;
    }
}

}  // namespace

bool trim_clauses(Draft& draft) {
    const bool opinion = drop_asides(draft);
    drop_broken_opening(draft);
    drop_personal_opening(draft);
    drop_personal_closing(draft);
    return opinion;
}

}  // namespace podbrief::insights
