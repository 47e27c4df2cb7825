#include "core/insights/grammar.hpp"

#include <algorithm>

namespace podbrief::insights {
namespace {

using Words = std::span<const Token>;

bool plain_gap(const Token& token) {
    return token.after == " ";
}
bool has_comma(const Token& token) {
    return token.after.find(',') != std::string_view::npos;
}

bool is_article(std::string_view word) {
    return one_of(word, {"the", "a", "an", "my", "your", "our", "their", "its"});
}

// "I", "we're": the subject of a verb that follows, or holds it already. "you" and "it" can be objects.
bool is_nominative(std::string_view word) {
    return one_of(word, {"i",      "we",      "he",   "she",    "they",    "i'm",   "we're",   "he's",
                         "she's",  "they're", "it's", "that's", "there's", "i've",  "we've",   "they've",
                         "you're", "i'd",     "we'd", "they'd", "i'll",    "we'll", "they'll", "you've"});
}

bool is_to_be(std::string_view word) {
    return one_of(word, {"is", "are", "was", "were", "am", "isn't", "aren't", "wasn't", "weren't"});
}
bool is_modal(std::string_view word) {
    return one_of(word, {"can", "will", "would", "should", "could", "must", "may", "might", "can't", "won't",
                         "wouldn't", "shouldn't", "couldn't", "cannot"});
}

bool is_subordinator(std::string_view word) {
    return one_of(word, {"if", "when", "because", "while", "since", "although", "though", "unless", "until", "once",
                         "whenever", "whether", "as", "where", "whereas", "wherever"});
}

// One word cannot follow the other.
bool clash(Words words, std::size_t i) {
    const Token& a = words[i];
    const Token& b = words[i + 1];
    const std::string_view x = a.lower;
    const std::string_view y = b.lower;
    const std::string_view z = lower_at(words, i + 2);
    if (is_article(x)) {
        // "the will to win", "the may" are rare enough
        if (is_nominative(y) || is_article(y) || is_to_be(y)) return true;
        if (one_of(y, {"of", "and", "or", "because", "which", "that", "if", "with", "for", "have", "has"})) return true;
    }
    const bool strict = one_of(x, {"of", "for", "with", "from", "into", "at", "between", "against", "during", "about",
                                   "by", "on", "in", "to"});
    if (strict) {
        if (is_nominative(y) && !(x == "in" && y == "that's")) return true;
        if (one_of(x, {"of", "with", "from", "into", "at", "for"}) &&
            one_of(y, {"of", "for", "with", "to", "and", "but"})) {
            return true;
        }
        if (one_of(x, {"from", "of", "with", "into", "at"}) && y == "not" &&
            !one_of(z, {"only", "just", "being", "having"}))
            return true;
        if (x == "to" && (is_to_be(y) || is_modal(y) || one_of(y, {"and", "of", "has", "does", "did"}))) return true;
    }
    if ((is_to_be(x) || is_modal(x)) && (is_to_be(y) || is_modal(y))) return true;
    // "They are built are sold"
    const bool done = y == "built" || y == "made" || (y.size() > 4 && y.ends_with("ed"));
    const bool named =
        i > 0 && one_of(words[i - 1].lower, {"what", "that", "which", "who", "how", "whatever", "whoever"});
    if (is_to_be(x) && done && is_to_be(z) && plain_gap(b) && !named) return true;
    if (is_modal(x) && one_of(y, {"has", "had", "been", "does", "did", "goes", "makes", "is"})) return true;
    if (one_of(x, {"have", "has", "had"}) && one_of(y, {"can", "will", "have"})) return true;
    if (one_of(x, {"have", "has", "had", "is", "are"}) && y == "always" && one_of(z, {"have", "has", "is", "are"}))
        return true;
    if (is_nominative(x) && (is_nominative(y) || is_article(y) || one_of(y, {"of", "for", "you", "it"}))) {
        // "that's the point", "we're the ones", "they're it"; "why he'd the ..." is none
        return x.find('\'') == std::string_view::npos || is_nominative(y) || one_of(y, {"of"});
    }
    // "to get spend a lot of time"
    if (x == "get" && b.is(verb | full_verb) && !y.ends_with("ed") && !y.ends_with("ing") && !b.is(preposition) &&
        one_of(y, {"spend", "make", "take", "use", "see", "go", "find", "give", "build", "do", "have", "think"})) {
        return true;
    }
    if (one_of(x, {"and", "but", "or"}) && one_of(y, {"and", "but", "or", "of"})) return true;
    if (one_of(x, {"because", "if", "when", "so", "than"}) &&
        one_of(y, {"is", "are", "was", "and", "but", "or", "because"})) {
        return true;
    }
    if (x == y && !a.is(doubles) && x.size() > 1) return true;
    if (x == "what" && one_of(y, {"of", "the", "any", "a", "and"}) && i > 0 &&
        one_of(words[i - 1].lower, {"of", "any", "know"}))
        return true;
    if (one_of(x, {"what", "who", "which"}) && one_of(y, {"what", "which", "who", "and", "but"})) return true;
    if (one_of(x, {"very", "really", "quite", "so", "too", "more"}) &&
        (is_to_be(y) || is_nominative(y) || y == "of" || y == "and")) {
        return x != "more" && x != "so" && x != "really" ? true : is_to_be(y) && x == "very";
    }
    return false;
}

// "That serverless, the attempt there was", "most people, they might": a thing set before a comma without a verb, and
// then a subject of its own.
bool is_dislocated(Words words, std::size_t begin) {
    int side = 0;
    for (std::size_t i = begin; i < std::min(words.size(), begin + 16); ++i) {
        // a relative clause belongs to the thing that is set before
        if (i > begin && one_of(words[i].lower, {"that", "that's", "who", "which"}) && plain_gap(words[i - 1])) {
            ++side;
        }
        if (is_finite(words, i) && side-- <= 0) return false;
        if (words[i].lower.ends_with("ing") && i == begin) return false;
        if (i == begin &&
            (words[i].is(preposition | hedge) || is_subordinator(words[i].lower) || words[i].is(time_noun) ||
             words[i].is(back_opening) || words[i].lower.ends_with("ly") || words[i].lower == "to" ||
             one_of(words[i].lower, {"not", "no", "at", "like", "even", "just", "every", "today", "maybe", "perhaps",
                                     "overall", "right"}))) {
            return false;
        }
        const bool dash = words[i].after == " - ";
        if (!has_comma(words[i]) && !dash) continue;
        const std::string_view next = lower_at(words, i + 1);
        const std::string_view after = lower_at(words, i + 2);
        if (i == begin && begin == 0 && !dash) return false;
        if (one_of(next, {"it", "they", "it's", "they're", "he", "she", "he's", "she's", "that's", "they've"}))
            return true;
        if (next == "that" && one_of(after, {"is", "was", "will"})) return true;
        if (begin > 0 && next == "the") return true;
    }
    return false;
}

// "When you're taking something is new": an opening side clause that never ends, as no comma parts it from the main
// one.
bool runs_on(Words words) {
    if (!one_of(words[0].lower, {"when", "if", "while", "once", "because", "since"})) return false;
    int verbs = 0;
    for (std::size_t i = 1; i < words.size(); ++i) {
        if (is_finite(words, i) && (i == 1 || !is_finite(words, i - 1) || words[i - 1].after != " ")) ++verbs;
        if (has_comma(words[i])) return false;
        if (one_of(words[i].lower, {"then", "that", "who", "which", "what", "how", "where", "why", "and", "or"}))
            return false;
        if (verbs >= 2) return true;
    }
    return false;
}

bool breaks_before_dash(Words words) {
    for (const Token& token : words) {
        if (token.after != " - ") continue;
        if (token.lower == "to" || (token.lower.ends_with("ing") && token.lower.size() > 4 && !is_telling(token)))
            return true;
        if (token.lower == "helping") return true;
        if (token.is(auxiliary | preposition | number_word) &&
            !one_of(token.lower, {"it's", "in", "on", "up", "out", "off"}))
            return true;
        if (is_article(token.lower) ||
            one_of(token.lower, {"really", "and", "but", "or", "that", "because", "so", "like", "very", "which",
                                 "where", "who", "if", "when", "whether", "than"})) {
            return true;
        }
    }
    return false;
}

// A border between clauses before word i that a sentence without a verb so far cannot cross.
bool parts_clauses(Words words, std::size_t i) {
    const std::string_view gap = words[i - 1].after;
    if (gap.find(';') != std::string_view::npos || gap == " - ") return true;
    return gap.find(',') != std::string_view::npos && one_of(words[i].lower, {"but", "so", "because", "and"}) &&
           i + 1 < words.size() &&
           (is_nominative(words[i + 1].lower) || words[i + 1].is(second_person | demonstrative));
}

// "AI tools favour strict languages, because ...": nothing before the first comma is a verb that is known, and a plain
// word behind a plural can only be one.
bool opens_with_unknown_verb(Words words) {
    std::size_t end = 0;
    while (end + 1 < words.size() && !has_comma(words[end])) {
        if (is_finite(words, end) || words[end].is(preposition)) return false;
        ++end;
    }
    for (std::size_t i = 1; i < end; ++i) {
        const std::string_view word = words[i].lower;
        const bool plural =
            words[i - 1].lower.ends_with("s") && !words[i - 1].lower.ends_with("ss") && is_telling(words[i - 1]);
        const bool plain = words[i].classes == 0 && !words[i].capital() && word.size() > 3 && !word.ends_with("s") &&
                           !word.ends_with("ing") && !word.ends_with("ly") && !word.ends_with("ed");
        if (plural && plain && plain_gap(words[i - 1])) return true;
    }
    return false;
}

// ", yes.", "yes, we": an answer to somebody, in the middle of what is said.
bool answers(Words words) {
    return std::any_of(words.begin() + 1, words.end(),
                       [](const Token& token) { return one_of(token.lower, {"yes", "yeah", "yep", "nope", "okay"}); });
}

bool opens_side_clause(Words words, std::size_t i) {
    const std::string_view word = words[i].lower;
    const std::string_view next = lower_at(words, i + 1);
    const bool relative_that = word == "that" && i > 0 && plain_gap(words[i - 1]) && !words[i - 1].is(preposition) &&
                               !one_of(words[i - 1].lower, {"is", "was", "like", "do", "all", "than", "and", "but"});
    if (relative_that) return true;
    // "which means you need": the clause of "means" has no word of its own to open it
    const bool bare =
        one_of(word, {"means", "mean", "think", "thinks", "say", "says", "know", "knows", "believe", "guess"});
    if (bare && plain_gap(words[i]) && (is_nominative(next) || one_of(next, {"you", "it", "there"}))) return true;
    // "as fast as", "such as", "how to" open none
    if (next == "to") return false;
    if (word == "as") return one_of(next, {"you", "we", "they", "it"});
    return is_subordinator(word) ||
           one_of(word, {"which", "who", "whom", "whose", "what", "how", "why", "whatever", "whoever"});
}

// "People that would copy a painting, because they can": one verb, which tells who is meant, and then reasons.
bool is_only_described(Words words) {
    if (words.size() < 4) return false;
    const std::size_t relative = one_of(words[1].lower, {"that", "who"})   ? 1
                                 : one_of(words[2].lower, {"that", "who"}) ? 2
                                                                           : 0;
    if (relative == 0 || !(is_telling(words[relative - 1]) || words[relative - 1].is(common)) ||
        words[0].is(verb | auxiliary | preposition))
        return false;
    int verbs = 0;
    for (std::size_t i = relative + 1; i + 1 < words.size(); ++i) {
        verbs += is_finite(words, i) && !(is_finite(words, i - 1) && plain_gap(words[i - 1]));
        if (has_comma(words[i])) return verbs <= 1 && one_of(words[i + 1].lower, {"because", "without", "so", "which"});
    }
    return false;
}

// "If the boats are slow, like when they're old, and nobody cares": all that follows a comma goes on with the opening.
bool never_gets_to_the_point(Words words) {
    const bool opens = one_of(words[0].lower, {"if", "when", "while", "once", "whenever", "unless", "although", "to"});
    if (!opens) return false;
    bool comma = false;
    for (std::size_t i = 0; i + 3 < words.size(); ++i) {
        if (!has_comma(words[i]) && words[i].after != " - ") continue;
        comma = true;
        if (!one_of(words[i + 1].lower, {"like", "so", "and", "or", "but", "because", "which", "where", "who", "that",
                                         "especially", "dealing", "managing"})) {
            return false;
        }
    }
    return comma;
}

}  // namespace

bool is_broken(Words words) {
    if (words.empty()) return false;
    for (std::size_t i = 0; i + 1 < words.size(); ++i) {
        if (plain_gap(words[i]) && clash(words, i)) return true;
        // "I am, am": the same across a comma
        if (has_comma(words[i]) && words[i].lower == words[i + 1].lower &&
            words[i].is(auxiliary | preposition | first_plural | second_person | demonstrative))
            return true;
        const bool clause = has_comma(words[i]) || one_of(words[i].lower, {"because", "that", "if", "thinks"});
        if (clause && words[i].lower == "that" && is_dislocated(words, i + 1)) return true;
        if (one_of(words[i].lower, {"because", "thinks"}) && is_dislocated(words, i + 1)) return true;
    }
    return is_dislocated(words, 0) || runs_on(words) || breaks_before_dash(words) || answers(words);
}

bool is_finite(Words words, std::size_t i) {
    const Token& token = words[i];
    if (token.lower.ends_with("ing") || one_of(token.lower, {"be", "been"})) return false;
    const std::string_view before = i > 0 && plain_gap(words[i - 1]) ? words[i - 1].lower : std::string_view{};
    if (before == "to") return false;
    if (token.is(auxiliary)) return true;
    if (!token.is(verb | full_verb)) {
        // "if you ruin it": whatever follows a bare pronoun, unless it is an adverb
        if (i > 0 && plain_gap(words[i - 1]) && one_of(words[i - 1].lower, {"you", "we", "they", "who"}) &&
            is_telling(token) && !token.capital() && !token.lower.ends_with("ly") && !has_digit(token.word)) {
            return true;
        }
        // "controls slow the market down", "chips slow down"
        if (i > 0 && plain_gap(words[i - 1]) && plain_gap(token) && words[i - 1].lower.ends_with("s") &&
            is_telling(words[i - 1]) && token.classes == 0 && !token.capital() && token.lower.size() > 3 &&
            !token.lower.ends_with("s") && !token.lower.ends_with("ly") && !token.lower.ends_with("ed") &&
            !token.lower.ends_with("er") &&
            one_of(lower_at(words, i + 1),
                   {"the", "a", "an", "down", "up", "out", "off", "their", "its", "your", "you", "it", "them", "us"})) {
            return true;
        }
        // "an agent infers what": an ending that is a verb's before an object, not "data centers in"
        const bool third =
            token.lower.size() > 3 && token.lower.ends_with("s") && !token.lower.ends_with("ss") && !token.capital();
        if (third && i > 0 && words[i - 1].after == " " && plain_gap(token) && !words[i - 1].lower.ends_with("s") &&
            (is_telling(words[i - 1]) || words[i - 1].is(thing_pronoun | person_pronoun)) &&
            !words[i - 1].lower.ends_with("ly") &&
            one_of(lower_at(words, i + 1),
                   {"the", "a", "an", "what", "how", "you", "us", "them", "it", "its", "their", "your", "whether"})) {
            return true;
        }
        // "engineers invented", but not "getting paged", "commercially licensed"
        if (i == 0 || token.lower.size() <= 4 || !token.lower.ends_with("ed")) return false;
        const Token& last = words[i - 1];
        return last.after == " " && !last.lower.ends_with("ly") &&
               (is_telling(last) ||
                last.is(thing_pronoun | person_pronoun | first_plural | second_person | demonstrative));
    }
    if (i > 0 && token.capital()) return false;  // React, Swift
    // "this suggests", "all changes" can be verbs, "this change" not
    const bool third = token.lower.ends_with("s") && !token.lower.ends_with("ss");
    if ((third || token.lower.ends_with("ed")) && one_of(before, {"this", "all", "that"})) return true;
    // "the run", "of use", "no need", "a big change"
    if (is_article(before) ||
        one_of(before, {"of",   "for", "in",   "with",  "on",   "at",   "from", "no",   "some", "any",  "this", "more",
                        "less", "by",  "into", "every", "each", "much", "all",  "good", "best", "open", "real"})) {
        return false;
    }
    const bool noun_form =
        one_of(token.lower, {"help",  "use",    "need",  "work",   "call",  "start", "end",   "look",    "show",
                             "talk",  "run",    "set",   "change", "cost",  "play",  "move",  "design",  "support",
                             "store", "stores", "train", "trains", "scale", "share", "costs", "changes", "sets"});
    if (noun_form && i >= 2 && is_article(words[i - 2].lower) && plain_gap(words[i - 2])) return false;
    // a bare infinitive after a modal belongs to it, and counts with it
    return true;
}

bool has_main_clause(Words words) {
    if (words.empty()) return false;
    // "Store that in a database", "Is actually doing ...": a verb in front has no subject.
    const bool noun_first = words.size() > 1 && is_finite(words, 0) && !is_article(words[1].lower) &&
                            !words[1].is(preposition | thing_pronoun | demonstrative | second_person | first_plural) &&
                            !one_of(words[1].lower, {"actually", "to", "up", "out", "not", "all", "down", "back"});
    if (is_finite(words, 0) && !noun_first && words[0].lower.find('\'') == std::string_view::npos) return false;
    // "Vet its choices": a verb that is not known here
    const bool order = words.size() > 1 && words[0].classes == 0 && is_telling(words[0]) && plain_gap(words[0]) &&
                       !is_name(words, 0) &&
                       one_of(words[1].lower, {"you", "your", "yourself", "its", "their", "them", "us", "me", "my"});
    if (order) return false;
    if (is_only_described(words) || never_gets_to_the_point(words)) return false;
    const bool gerund = words[0].lower.ends_with("ing") && words[0].lower.size() > 4;
    const bool side_first = is_subordinator(words[0].lower);
    int pending = 0;
    int verbs = 0;
    std::size_t relative_since = 0;  // where a relative clause without a verb so far began
    bool subject = false;            // something that could be one was said: "Eventually settled on a name" has none
    for (std::size_t i = 0; i < words.size(); ++i) {
        const std::string_view word = words[i].lower;
        if (i > 0 && parts_clauses(words, i)) {
            // "A habit when you have it, and you need ...": what follows cannot be what the first words wait for. Only
            // an opening "When ..., and ..., " may still get its main clause.
            const bool goes_on = side_first && verbs > 0 && word == "and";
            if (!goes_on) return false;
            ++pending;
        }
        // "Having ways to do it, but they ...", "Leading to a small model, meaning it ..."
        if (gerund && i > 0 && has_comma(words[i - 1]) &&
            (one_of(word, {"but", "so", "because", "which"}) || word == "meaning")) {
            return false;
        }
        // "that 'scarcity sparks ingenuity', controls are": a relative clause with a verb that is not known here has
        // ended
        const bool after_comma = i > 0 && has_comma(words[i - 1]);
        const bool relative_over =
            relative_since > 0 && i > relative_since + 2 && !words[i].is(preposition) && !is_finite(words, i);
        // "If the harbour freezes, the islands": the verb of an opening clause is not known either
        const bool opening_over = side_first && verbs == 0 && i > 2;
        if (pending > 0 && after_comma && (relative_over || opening_over)) {
            --pending;
            relative_since = 0;
        }
        if (opens_side_clause(words, i)) {
            relative_since = i > 0 && one_of(word, {"that", "which", "who"}) ? i : 0;
            subject = subject || one_of(word, {"what", "who", "which", "whatever", "whoever", "how", "why"});
            const bool verb_too = is_finite(words, i);  // "means you need": takes a clause, and opens one
            if (verb_too && pending == 0) return true;
            verbs += verb_too;
            pending += !verb_too;
            continue;
        }
        if (!is_finite(words, i)) {
            subject =
                subject ||
                !(words[i].lower.ends_with("ly") || words[i].is(hedge | preposition | discourse | discourse_comma) ||
                  one_of(word, {"then", "even", "just", "also", "not", "still", "now", "already", "soon"}));
            continue;
        }
        // "or don't have": goes on with the verb before
        if (i > 0 && verbs > 0 && plain_gap(words[i - 1]) && one_of(words[i - 1].lower, {"and", "or"})) continue;
        ++verbs;
        relative_since = 0;
        const bool holds_subject = word.find('\'') != std::string_view::npos;
        if (!subject && !holds_subject && !noun_first) return false;
        // "the care that's needed": opens a side clause and is its verb
        const bool relative = i > 0 && plain_gap(words[i - 1]) &&
                              one_of(word, {"that's", "who's", "that'll", "that'd"}) &&
                              (is_telling(words[i - 1]) || words[i - 1].is(common));
        if (relative) continue;
        // "can be used", "has already been": one verb
        const bool goes_on =
            i > 0 && plain_gap(words[i - 1]) &&
            (is_finite(words, i - 1) || (i > 1 && words[i - 1].lower.ends_with("ly") && is_finite(words, i - 2)));
        if (goes_on) continue;
        if (pending == 0) return true;
        --pending;
    }
    return opens_with_unknown_verb(words);
}

bool is_told_in_the_past(Words words) {
    int past = 0;
    int present = 0;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const std::string_view word = words[i].lower;
        if (!is_finite(words, i)) continue;
        const bool after_auxiliary = i > 0 && plain_gap(words[i - 1]) && words[i - 1].is(auxiliary);
        const bool strong =
            one_of(word, {"was",   "were",  "had",  "did",        "didn't", "wasn't",  "weren't", "hadn't", "went",
                          "came",  "made",  "took", "gave",       "saw",    "knew",    "thought", "found",  "told",
                          "felt",  "left",  "kept", "began",      "ran",    "brought", "wrote",   "stood",  "lost",
                          "paid",  "met",   "led",  "understood", "spoke",  "spent",   "grew",    "won",    "sent",
                          "built", "fell",  "got",  "said",       "meant",  "became",  "broke",   "sold",   "held",
                          "chose", "drove", "used", "couldn't"});
        if (after_auxiliary && !strong) continue;
        if (strong || (word.size() > 4 && word.ends_with("ed") && word != "need"))
            past += after_auxiliary ? 0 : 1;
        else
            ++present;
    }
    return past > present;
}

bool gives_advice(Words words) {
    for (std::size_t i = 0; i + 1 < words.size(); ++i) {
        const std::string_view word = words[i].lower;
        const std::string_view next = words[i + 1].lower;
        const std::string_view after = lower_at(words, i + 2);
        if (word == "you" && (next == "should" || next == "must" || next == "better" || next == "shouldn't"))
            return true;
        if (word == "your" && (after == "should" || after == "must")) return true;
        const bool clause = i > 0 && one_of(words[i - 1].lower, {"if", "when", "that", "what", "where", "because",
                                                                 "how", "until", "everything"});
        if (word == "you" && (next == "need" || next == "have") && after == "to" && !clause) return true;
        // ", but don't allow them"
        if (word == "don't" && i > 1 && has_comma(words[i - 2]) && one_of(words[i - 1].lower, {"but", "and", "so"}) &&
            (is_telling(words[i + 1]) || words[i + 1].is(verb | full_verb)))
            return true;
        if (word == "make" && next == "sure" && (i == 0 || has_comma(words[i - 1]))) return true;
    }
    const std::string_view first = words.empty() ? std::string_view{} : words[0].lower;
    // "Honestly though, if you have to pick one": a recommendation
    for (std::size_t i = 0; i + 3 < words.size(); ++i) {
        if (words[i].lower == "you" && one_of(words[i + 1].lower, {"want", "might", "could"}) &&
            one_of(words[i + 2].lower, {"to", "as"}) && i == 0)
            return true;
    }
    return one_of(first, {"just", "always", "never", "don't"}) && words.size() > 1 && words[1].is(verb) &&
           !words[1].lower.ends_with("ing") && !words[1].lower.ends_with("s") && !words[1].lower.ends_with("ed");
}

}  // namespace podbrief::insights
