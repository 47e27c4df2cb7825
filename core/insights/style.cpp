#include "core/insights/style.hpp"

#include <algorithm>

#include "core/insights/chatter.hpp"
#include "core/insights/claim_markers.hpp"
#include "core/insights/openings.hpp"
#include "core/insights/references.hpp"
#include "core/text/sentences.hpp"
#include "core/text/unicode.hpp"

namespace podbrief::insights {
namespace {

using Words = std::span<const Token>;

bool any_gap(Words words, std::string_view mark) {
    return std::any_of(words.begin(), words.end(),
                       [&](const Token& token) { return token.after.find(mark) != std::string_view::npos; });
}

std::size_t count_marks(const Tokens& tokens, char mark) {
    std::ptrdiff_t count = std::count(tokens.before.begin(), tokens.before.end(), mark);
    for (const Token& token : tokens.list) count += std::count(token.after.begin(), token.after.end(), mark);
    return static_cast<std::size_t>(count);
}

bool marks_pair_up(const Tokens& tokens) {
    return count_marks(tokens, '"') % 2 == 0 && count_marks(tokens, '(') == count_marks(tokens, ')');
}

bool is_verb(Words words, std::size_t i) {
    if (words[i].is(auxiliary | verb)) return true;
    // "engineers invented", but not "getting paged", "commercially licensed"
    if (i == 0 || words[i].lower.size() <= 4 || !words[i].lower.ends_with("ed")) return false;
    const Token& before = words[i - 1];
    return before.after == " " && !before.lower.ends_with("ly") &&
           (is_telling(before) || before.is(thing_pronoun | person_pronoun | first_plural | second_person));
}

// Of the clauses that belong to a noun; "because", "if" and the like follow a main clause or are looked at in
// opening_fault.
bool opens_clause(Words words, std::size_t i) {
    if (words[i].lower == "that") {
        return i == 0 || !(words[i - 1].is(preposition) || one_of(words[i - 1].lower, {"is", "was", "like"}));
    }
    return one_of(words[i].lower, {"which", "who", "whom", "whose", "what", "how", "where", "why", "whether"});
}

bool is_finite(Words words, std::size_t i) {
    const Token& token = words[i];
    const bool infinitive = i > 0 && words[i - 1].lower == "to";
    return !infinitive && !token.lower.ends_with("ing") && is_verb(words, i);
}

// "The fact that we can do it." has no main clause: where a side clause comes before the first verb, one verb more than
// side clauses is needed. A guess, as verbs are told by a list and by their ending.
bool has_main_verb(Words words) {
    int verbs = 0;
    int side_clauses = 0;
    bool side_first = false;
    bool copula = false;
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (opens_clause(words, i)) {
            side_first = side_first || (verbs == 0 && i > 0);
            ++side_clauses;
        } else if (is_finite(words, i)) {
            // "can be used" is one verb
            if (i == 0 || words[i - 1].after != " " || !is_finite(words, i - 1)) ++verbs;
            copula = copula || (i > 0 && one_of(words[i].lower, {"is", "are", "was", "were"}) &&
                                !opens_clause(words, i - 1) && !words[i - 1].is(thing_pronoun | demonstrative));
        }
    }
    if (verbs == 0) return false;
    return !side_first || verbs > side_clauses || (copula && verbs == side_clauses);
}

bool breaks_off(const Token& last) {
    const bool open_end =
        !last.after.empty() && std::string_view(",;:").find(last.after.front()) != std::string_view::npos;
    return open_end ||
           one_of(last.lower, {"the", "a", "an", "and", "but", "or", "because", "which", "if", "my", "your", "than"});
}

bool is_question(Words words) {
    // "The test is the counterfactual: where would it be without?" is a claim.
    if (words.back().after.find('?') != std::string_view::npos) return !any_gap(words, ":");
    if (words.size() < 2) return false;
    if (words[0].lower == "why") return true;
    return one_of(words[0].lower, {"how", "why", "where", "who", "what", "when", "do", "does", "did"}) &&
           one_of(words[1].lower, {"do", "does", "did", "is", "are", "can", "would", "should", "will", "could", "about",
                                   "if", "you", "we", "they"});
}

std::string_view fault_of(const Tokens& tokens, bool first_singular_word, bool has_verb) {
    const Words words = tokens.list;
    if (is_question(words)) return gate::question;
    if (first_singular_word) return gate::first_person;
    if (!marks_pair_up(tokens) || breaks_off(words.back())) return gate::unfinished;
    if (const std::string_view fault = chatter_in(words); !fault.empty()) return fault;
    return has_verb || words.size() <= 3 ? gate::none : gate::no_verb;
}

std::string_view first_fault_of(const SentenceFacts& facts, Words words, bool has_verb) {
    if (const std::string_view fault = opening_fault(words); !fault.empty()) return fault;
    if (!has_verb || !facts.whole) return gate::no_verb;
    if (facts.needs_name || facts.loose_references > 0) return gate::dangling_reference;
    return facts.names == 0 && facts.telling_words < 2 ? gate::thin : gate::none;
}

}  // namespace

SentenceFacts facts_of(const Tokens& tokens) {
    SentenceFacts facts;
    const Words words = tokens.list;
    facts.words = static_cast<int>(words.size());
    if (words.empty()) {
        facts.fault = gate::thin;
        return facts;
    }
    bool has_verb = false;
    bool first_singular_word = false;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const Token& token = words[i];
        has_verb = has_verb || is_finite(words, i);
        first_singular_word = first_singular_word || token.is(first_singular);
        facts.we += token.is(first_plural) && token.word != "US";
        facts.you += token.is(second_person);
        facts.names += is_name(words, i);
        facts.numbers += has_digit(token.word) || token.is(number_word);
        facts.telling_words += is_telling(token);
        facts.colloquial += one_of(
            token.lower, {"like",      "really",     "just", "basically", "actually", "kind",      "sort",  "thing",
                          "things",    "stuff",      "lot",  "got",       "pretty",   "literally", "super", "maybe",
                          "something", "everything", "gets", "obviously", "guess",    "there"});
        if (i < 5) facts.names_subject = facts.names_subject || is_telling(token) || is_name(words, i);
    }
    facts.opens_with_you = words.front().is(second_person);
    facts.whole = has_main_verb(words);
    facts.claim = claim_weight(words);
    const References references = references_in(words);
    facts.loose_references = references.loose;
    facts.needs_name = references.needs_name;
    facts.fault = fault_of(tokens, first_singular_word, has_verb);
    facts.first_fault = first_fault_of(facts, words, has_verb);
    return facts;
}

std::string_view style_fault(std::string_view text, const EngineSettings& settings) {
    if (text::code_point_count(text) > settings.text_limit) return gate::too_long;
    const std::string plain = plain_punctuation(text);
    const std::vector<text::ByteRange> sentences = text::sentences(plain);
    int words = 0;
    int names = 0;
    for (std::size_t i = 0; i < sentences.size(); ++i) {
        const Tokens tokens(sentences[i].in(plain));
        const SentenceFacts facts = facts_of(tokens);
        if (!facts.fault.empty()) return facts.fault;
        if (i == 0 && !facts.first_fault.empty()) return facts.first_fault;
        if (i > 0 && facts.needs_name && names == 0) return gate::dangling_reference;
        words += facts.words;
        names += facts.names;
    }
    return static_cast<std::size_t>(words) < settings.least_words ? gate::too_short : gate::none;
}

}  // namespace podbrief::insights
