#include "core/insights/references.hpp"

#include <algorithm>

namespace podbrief::insights {
namespace {

using Words = std::span<const Token>;

bool followed_by_stop(const Token& token) {
    return token.after.find_first_of(",.;:") != std::string_view::npos;
}

// "it is important that", "it turns out": an it that means nothing.
bool pleonastic(Words words, std::size_t i) {
    for (std::size_t ahead = i + 1; ahead < std::min(words.size(), i + 4); ++ahead) {
        if (one_of(words[ahead].lower,
                   {"hard",    "easy",      "important", "possible", "impossible", "difficult", "clear",
                    "likely",  "turns",     "takes",     "makes",    "seems",      "true",      "better",
                    "worth",   "necessary", "time",      "common",   "easier",     "harder",    "critical",
                    "crucial", "essential", "feels",     "depends",  "matters",    "matter",    "pays"})) {
            return true;
        }
    }
    return false;
}

// "a model ... that model": the noun after word i stands before it too.
bool named_before(Words words, std::size_t i) {
    for (std::size_t ahead = i + 1; ahead < std::min(words.size(), i + 4); ++ahead) {
        if (!is_telling(words[ahead])) continue;
        const std::string_view noun = words[ahead].lower;
        const std::string_view root = noun.substr(0, noun.size() > 4 ? noun.size() - 1 : noun.size());
        for (std::size_t back = 0; back < i; ++back) {
            if (words[back].lower.starts_with(root)) return true;
        }
    }
    return false;
}

// "that much cheaper": how much, and nothing that it points at.
bool tells_degree(Words words, std::size_t i) {
    return words[i].lower == "that" && words[i].after == " " &&
           one_of(lower_at(words, i + 1), {"much", "many", "hard", "easy", "simple", "long", "far", "often", "big"});
}

// "To beat the market, the only way to do that is ...": what is done was said before, in the same sentence.
bool repeats_what_is_done(Words words, std::size_t i) {
    if (i < 8 || !one_of(words[i - 1].lower, {"do", "doing", "does", "did"})) return false;
    return std::any_of(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(i) - 3,
                       [](const Token& token) { return token.is(verb | full_verb); });
}

// "There is this weird dynamic where ...", "this concept of ...": brings something in, and tells what right away.
bool brings_in(Words words, std::size_t i) {
    if (!one_of(words[i].lower, {"this", "these"}) || i == 0) return false;
    if (!one_of(words[i - 1].lower, {"there's", "is", "are", "have", "has", "had"})) return false;
    if (one_of(words[i - 1].lower, {"is", "are"}) && (i < 2 || words[i - 2].lower != "there")) return false;
    for (std::size_t ahead = i + 2; ahead < std::min(words.size(), i + 6); ++ahead) {
        if (one_of(words[ahead].lower, {"of", "where", "that", "called", "between", "which", "who"})) return true;
    }
    return false;
}

bool that_dangles(Words words, std::size_t i, int nouns_before) {
    const Token& token = words[i];
    if (tells_degree(words, i) || (token.lower == "that" && repeats_what_is_done(words, i))) return false;
    if (token.lower == "that's" || token.lower == "that'll" || token.lower == "that'd") {
        // "a model that's small" is a relative clause
        return nouns_before == 0 || words[i - 1].after != " " || words[i - 1].is(verb | auxiliary | preposition);
    }
    if (i + 1 == words.size() || followed_by_stop(token)) return true;
    // "the only way to align that is"
    if (i > 1 && words[i - 2].lower == "to" && !words[i - 1].is(auxiliary) && words[i - 1].after == " " &&
        is_telling(words[i - 1]) && words[i + 1].is(auxiliary))
        return true;
    // "Doubling that means"
    if (i > 0 && words[i - 1].lower.ends_with("ing") && words[i + 1].is(auxiliary | verb)) return true;
    if (i > 0 && one_of(words[i - 1].lower, {"do", "doing", "does", "did", "like", "than", "all"})) return true;
    if (i > 0 && words[i - 1].is(preposition) && lower_at(words, i + 1) != "of") return true;
    // "in that case", "use that model": points at something, as "that" after a verb or preposition rarely does
    // otherwise
    const bool noun_follows = i + 1 < words.size() && is_telling(words[i + 1]) && !words[i + 1].lower.ends_with("s") &&
                              !words[i + 1].lower.ends_with("ing") && token.after == " ";
    const bool object = i > 0 && words[i - 1].after == " " && words[i - 1].is(preposition);
    if (noun_follows && object && !named_before(words, i)) return true;
    const bool opens_clause = i == 0 || words[i - 1].after.find_first_of(",;:") != std::string_view::npos ||
                              one_of(words[i - 1].lower, {"and", "but", "so", "because", "if", "when"});
    return opens_clause && (words[i + 1].is(auxiliary | verb) || !words[i + 1].is(thing_pronoun | second_person));
}

bool demonstrative_dangles(Words words, std::size_t i) {
    // "..., this is no problem": the subject of a clause of its own
    const bool opens_clause = i > 0 && words[i - 1].after.find_first_of(",;:") != std::string_view::npos;
    if (opens_clause && i + 1 < words.size() && words[i + 1].is(auxiliary | verb)) return true;
    const std::string_view next = lower_at(words, i + 1);
    if (i + 1 < words.size() && words[i + 1].is(time_noun)) return false;  // this year
    return !(words[i].lower == "those" && one_of(next, {"who", "that", "of", "are", "with", "in"}));
}

// "the thing", "that one", "the others"
bool empty_noun(Words words, std::size_t i) {
    if (i == 0) return false;
    const std::string_view before = words[i - 1].lower;
    if (one_of(words[i].lower, {"thing", "things", "guy", "guys", "stuff", "former", "latter"})) {
        return before == "the" &&
               !one_of(lower_at(words, i + 1), {"that", "about", "is", "which", "you", "we", "with"});
    }
    if (one_of(words[i].lower, {"one", "ones"})) {
        // "the more interesting one is"
        const bool points = i >= 2 && i + 1 < words.size() && words[i + 1].is(auxiliary) &&
                            (words[i - 2].lower == "the" || (i >= 3 && words[i - 3].lower == "the"));
        if (points) return true;
        return one_of(before, {"this", "that", "other", "last", "first", "second", "same"});
    }
    return words[i].lower == "others" && before == "the";
}

// "Contrary to their intent, export controls ...": the owner is named right after.
bool owner_follows(Words words, std::size_t i) {
    if (i == 0 || i > 4 || !one_of(words[i].lower, {"their", "its", "his", "her"})) return false;
    for (std::size_t ahead = i + 1; ahead < std::min(words.size() - 1, i + 4); ++ahead) {
        if (words[ahead].after.find(',') == std::string_view::npos) continue;
        return !words[ahead + 1].is(person_pronoun | thing_pronoun | demonstrative | discourse);
    }
    return false;
}

// Things that a pronoun hardly means: "there's a challenge in terms of keeping them aligned".
bool is_hollow(std::string_view word) {
    return one_of(word, {"challenge", "difficulty", "terms", "chance",     "reason",      "question",   "issue",
                         "case",      "cases",      "edges", "difference", "concern",     "concerned",  "possibility",
                         "tendency",  "attempt",    "sense", "matter",     "perspective", "standpoint", "trouble",
                         "hard",      "easy",       "tough", "tricky"});
}

// Whether the first word, which has a capital anyway, may be somebody's name.
bool opens_with_name(Words words) {
    const Token& first = words.front();
    if (!first.capital() || !is_telling(first)) return false;
    return first.lower.ends_with("'s") || (words.size() > 1 && words[1].is(auxiliary | verb));
}

// Of two words with capitals, or before a verb: "Grace Hopper", "as Hopper wrote"; not "on YouTube".
bool is_person(Words words, std::size_t i) {
    if (!is_name(words, i)) return false;
    const bool pair = is_name(words, i - 1) || (i == 1 && words[0].capital() && is_telling(words[0])) ||
                      (i + 1 < words.size() && words[i].after == " " && is_name(words, i + 1));
    return pair || words[i].lower.ends_with("'s") ||
           (i + 1 < words.size() && words[i].after == " " && words[i + 1].is(verb | auxiliary));
}

// "From this side, it's a subtle matter": the subject behind an opening phrase, which does not name it.
bool follows_opening_phrase(Words words, std::size_t i) {
    if (i < 2 || i > 9 || !words[i].lower.starts_with("it") || words[i].lower.starts_with("its")) return false;
    if (words[i - 1].after.find(',') == std::string_view::npos || !(words[0].is(preposition) || words[0].lower == "as"))
        return false;
    // "As far as standards are concerned, it's not the best"
    if (words[0].lower == "as" && lower_at(words, 1) == "far") return true;
    return std::none_of(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(i) - 1, [](const Token& token) {
        return token.after.find(',') != std::string_view::npos || token.is(auxiliary | verb | full_verb);
    });
}

}  // namespace

References references_in(std::span<const Token> words) {
    References found;
    bool name_before = false;
    int nouns_before = 0;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const Token& token = words[i];
        // Late in a sentence full of things, a pronoun has something to mean.
        const bool late = i >= 8 && nouns_before >= 3;
        if (owner_follows(words, i)) {
            // named after it
        } else if (token.is(person_pronoun)) {
            found.needs_name = found.needs_name || !name_before;
        } else if (token.is(thing_pronoun)) {
            // Early in a sentence one noun is the subject itself ("Technology was part of it").
            const bool anchored = nouns_before >= 2 || (nouns_before == 1 && i >= 5);
            const bool empty = token.lower.starts_with("it") && pleonastic(words, i);
            found.loose += (!anchored || follows_opening_phrase(words, i)) && !empty;
        } else if (token.lower.starts_with("that") && token.is(demonstrative)) {
            found.loose += !late && that_dangles(words, i, nouns_before);
        } else if (brings_in(words, i)) {
            // told right after it
        } else if (token.is(demonstrative)) {
            const bool pronoun =
                i + 1 == words.size() || followed_by_stop(token) || words[i + 1].is(auxiliary | preposition);
            const bool lenient = late && pronoun && !(i > 0 && words[i - 1].is(preposition));
            found.loose += !lenient && !named_before(words, i) && demonstrative_dangles(words, i);
        } else if (one_of(token.lower, {"here", "there"})) {
            // "should be on here"; not "out there"
            const bool stops = i + 1 == words.size() || followed_by_stop(token);
            const bool place = i > 0 && one_of(words[i - 1].lower, {"on", "in", "from", "over", "of"});
            found.loose += place || (stops && i > 0 && words[i - 1].lower != "out" && words[i - 1].lower != "are");
        } else if (token.lower == "such") {
            found.loose += one_of(lower_at(words, i + 1), {"a", "an"}) && nouns_before == 0;
        } else {
            found.loose += empty_noun(words, i);
        }
        const bool adverb = token.lower.ends_with("ly") || (i == 0 && followed_by_stop(token));
        name_before = name_before || (i > 0 && is_person(words, i)) || (i == 0 && opens_with_name(words));
        nouns_before += (is_telling(token) && !adverb && !is_hollow(token.lower)) || is_name(words, i);
    }
    return found;
}

}  // namespace podbrief::insights
