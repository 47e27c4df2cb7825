#include "core/insights/openings.hpp"

#include <algorithm>

#include "core/insights/gates.hpp"
#include "core/insights/grammar.hpp"

namespace podbrief::insights {
namespace {

using Words = std::span<const Token>;

bool has_comma(const Token& token) {
    return token.after.find(',') != std::string_view::npos;
}

bool is_joint(std::string_view word) {
    return one_of(word, {"of",    "between", "for",  "behind", "in",     "on",     "that",    "who",
                         "which", "with",    "from", "about",  "when",   "where",  "why",     "how",
                         "under", "per",     "at",   "to",     "around", "inside", "against", "toward"});
}

// "The bill regulates ...": a definite subject that only what was said before could explain.
bool definite_dangles(Words words) {
    const std::string_view second = lower_at(words, 1);
    if (one_of(second, {"same", "other", "others", "latter", "former", "second", "third", "thing", "one", "ones",
                        "next", "last"})) {
        return true;
    }
    if (one_of(second, {"way", "number", "idea", "answer", "reason", "point", "goal", "question", "fact"})) {
        const bool named = words.size() > 3 && (is_name(words, 2) || is_name(words, 3));
        return !named && !one_of(lower_at(words, 2), {"of", "that", "to", "why", "people", "behind", "for"});
    }
    if (second == "first" || second == "only") return one_of(lower_at(words, 2), {"is", "one", "was", "thing"});
    for (std::size_t i = 1; i < std::min<std::size_t>(words.size(), 5); ++i) {
        const Token& token = words[i];
        if (is_name(words, i) || has_digit(token.word) || token.is(anchor | time_noun)) return false;
        if (i >= 2 && i <= 3 && is_joint(token.lower)) return false;
        if (i >= 2 && token.is(auxiliary)) return true;
        if (token.lower.size() > 4 && token.lower.ends_with("est")) return false;
        if (has_comma(token)) return true;
    }
    return true;
}

// "The first limitation is ...", "A second level is ...": a point of a list that was begun before.
bool counts_on(Words words) {
    if (words.size() < 4 || !one_of(words[0].lower, {"the", "a"})) return false;
    if (!one_of(words[1].lower, {"first", "second", "third", "next", "final", "last", "other"})) return false;
    if (words[0].lower == "a") return words[1].lower != "first";
    for (std::size_t i = 2; i < 4; ++i) {
        if (one_of(words[i].lower, {"limitation", "challenge", "reason", "milestone", "step", "point", "issue",
                                    "problem", "level", "stage", "part", "piece", "category", "question"})) {
            return true;
        }
    }
    return false;
}

bool refers_back(Words words) {
    // "On the other side", "In that case", "To this day" is none
    for (std::size_t i = 1; i < std::min<std::size_t>(words.size(), 4); ++i) {
        if (words[i].lower == "other" && words[i - 1].lower == "the") return true;
    }
    return false;
}

}  // namespace

std::string_view opening_fault(std::span<const Token> words) {
    const Token& first = words.front();
    const std::string_view second = lower_at(words, 1);
    if (first.is(first_plural) && first.word != "US") return gate::first_person;
    if (first.is(second_person)) return gate::second_person;
    // "Justin, you made a good point"
    for (std::size_t i = 0; i < 3 && i + 1 < words.size() && (first.capital() && !first.is(common)); ++i) {
        const bool calls = words[i].capital() && has_comma(words[i]);
        if (!calls) continue;
        if (words[i + 1].is(second_person | first_plural | first_singular)) return gate::second_person;
        if (i + 2 < words.size() && words[i + 2].is(second_person)) return gate::second_person;
    }
    if (counts_on(words)) return gate::dangling_start;
    if (first.lower == "the" && second == "reason" && lower_at(words, 2) == "being") return gate::dangling_start;
    if (first.lower == "the") return definite_dangles(words) ? gate::dangling_start : gate::none;
    if (first.is(cliche_opening) || (first.lower == "all" && second == "you")) return gate::instruction;
    if (first.lower == "not" && one_of(second, {"only", "every", "all", "everyone", "everything"})) return gate::none;
    if (one_of(first.lower, {"if", "when", "while", "once", "whenever", "where", "though", "although", "since", "as",
                             "until", "unless"})) {
        return has_main_clause(words) ? gate::none : gate::dangling_start;
    }
    if (first.is(back_opening)) {
        const bool timely = first.is(demonstrative) && words.size() > 1 && words[1].is(time_noun);
        if (!timely) return gate::dangling_start;
    }
    if (first.lower == "one") {
        if (second != "of" || one_of(lower_at(words, 2), {"them", "those", "these", "my", "our", "his", "your"})) {
            return gate::dangling_start;
        }
    }
    // "Versus a team that ...", "Very rewarding for all of them"
    if (one_of(first.lower, {"versus", "very", "along", "kind"})) return gate::dangling_start;
    if (one_of(first.lower, {"to", "being", "just"}) && one_of(second, {"be", "being", "able"}) &&
        (second == "able" || one_of(lower_at(words, 2), {"able", "fair"}))) {
        return gate::dangling_start;
    }
    // "Just to quickly recap", "To summarise": about the talk
    if (one_of(first.lower, {"just", "to"})) {
        for (std::size_t i = 1; i < std::min<std::size_t>(words.size(), 5); ++i) {
            if (one_of(words[i].lower, {"recap", "summarize", "reiterate", "clarify", "rephrase", "illustrate"}))
                return gate::instruction;
        }
    }
    if (first.lower == "an" && second == "example" && has_comma(words[1])) return gate::dangling_start;
    if (first.lower == "maybe" && one_of(second, {"not", "it", "that", "this"})) return gate::dangling_start;
    if (one_of(first.lower, {"step", "number"}) || refers_back(words)) return gate::dangling_start;
    return gate::none;
}

}  // namespace podbrief::insights
