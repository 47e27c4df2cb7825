#include "core/insights/style.hpp"

#include <algorithm>

#include "core/insights/chatter.hpp"
#include "core/insights/claim_markers.hpp"
#include "core/insights/grammar.hpp"
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

bool breaks_off(Words words) {
    const Token& last = words.back();
    const bool open_end =
        !last.after.empty() && std::string_view(",;:").find(last.after.front()) != std::string_view::npos;
    return open_end || one_of(last.lower, {"the",  "a",      "an",   "and",  "but",  "or",     "because", "which",
                                           "if",   "my",     "your", "than", "when", "where",  "who",     "whether",
                                           "very", "really", "so",   "is",   "was",  "that's", "it's",    "are",
                                           "were", "like",   "just", "kind", "i",    "they",   "to"});
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

bool is_past_verb(const Token& token) {
    return (token.lower.size() > 4 && token.lower.ends_with("ed")) ||
           one_of(token.lower, {"were",    "had",   "did",  "didn't", "was",      "went",    "came",  "made",
                                "took",    "gave",  "saw",  "got",    "built",    "thought", "found", "started",
                                "weren't", "wrote", "said", "ran",    "couldn't", "kept",    "met"});
}

// "We built", "we've been", "our customers": a company or a group of people, and not everybody.
bool is_own_group(Words words, std::size_t i) {
    const std::string_view word = words[i].lower;
    const std::string_view next = lower_at(words, i + 1);
    if (word == "we've" || word == "ourselves" || word == "ours" || word == "we'd") return true;
    if (word == "we") {
        const std::size_t at =
            one_of(next, {"also", "just", "actually", "really", "then", "first", "always", "basically", "all"}) ? i + 2
                                                                                                                : i + 1;
        return at < words.size() &&
               (is_past_verb(words[at]) ||
                one_of(words[at].lower, {"have",    "offer", "want",    "support", "provide", "ship",     "think",
                                         "believe", "view",  "feel",    "charge",  "aim",     "hope",     "recommend",
                                         "felt",    "do",    "decided", "picture", "release", "integrate"}) ||
                (one_of(words[at].lower, {"will", "can"}) &&
                 one_of(lower_at(words, at + 1), {"provide", "release", "integrate", "support", "offer"})));
    }
    if (word == "we'll") {
        return one_of(next, {"have", "be", "release", "provide", "put", "add", "include", "let", "definitely", "also"});
    }
    if (word == "we're") {
        return one_of(next, {"building", "working",   "trying",  "using",    "doing",  "excited", "hiring", "launching",
                             "happy",    "releasing", "not",     "still",    "also",   "very",    "a",      "the",
                             "looking",  "adding",    "running", "actually", "really", "just"});
    }
    if (word == "our") {
        return !one_of(next, {"lives", "life", "brain", "brains", "world", "society", "planet", "minds", "daily",
                              "phones", "industry", "history", "economy", "children", "attention"});
    }
    return word == "us" && words[i].word != "US" && i > 0 && one_of(words[i - 1].lower, {"for", "to", "at"});
}

// "You've built", "when you started": somebody in the room is meant, not anybody.
bool is_you_in_person(Words words, std::size_t i) {
    if (!words[i].is(second_person)) return false;
    const bool condition = i > 0 && one_of(words[i - 1].lower, {"if", "once", "when", "unless"});
    if (!condition && one_of(words[i].lower, {"you've", "you"}) && lower_at(words, i + 1) == "just" &&
        i + 2 < words.size() && (is_past_verb(words[i + 2]) || words[i + 2].lower == "described")) {
        return true;
    }
    if (words[i].lower == "you've") {
        return !(i > 0 && one_of(words[i - 1].lower, {"if", "once", "when", "unless", "that", "what"})) &&
               !one_of(lower_at(words, i + 1), {"got", "ever"});
    }
    const std::size_t at =
        one_of(lower_at(words, i + 1), {"first", "just", "originally", "also", "actually", "recently"}) ? i + 2 : i + 1;
    return words[i].lower == "you" && at < words.size() && is_past_verb(words[at]) &&
           !(i > 0 && at == i + 1 && one_of(words[i - 1].lower, {"if", "what", "that", "as"}));
}

// "The final thing is ...", "Another one ...", "Secondly, ...": a point in a list of them.
bool lists(Words words) {
    const std::string_view first = words[0].lower;
    const std::string_view second = lower_at(words, 1);
    if (one_of(first, {"another", "secondly", "thirdly", "lastly", "finally", "first", "firstly", "second", "third",
                       "number"}))
        return true;
    if (first == "one" && one_of(second, {"is", "was", "of", "would"})) return true;
    return first == "the" && one_of(second, {"final", "last", "other", "second", "third", "next", "first", "fourth"});
}

// "There's the index, there's the search, and then there's the rest": counts things up, and says nothing of them.
bool counts_up(Words words) {
    return std::count_if(words.begin(), words.end(), [](const Token& token) { return token.lower == "there's"; }) > 1;
}

std::string_view fault_of(const Tokens& tokens, bool first_singular_word, bool has_verb) {
    const Words words = tokens.list;
    if (is_question(words)) return gate::question;
    if (first_singular_word) return gate::first_person;
    if (!marks_pair_up(tokens) || breaks_off(words)) return gate::unfinished;
    if (const std::string_view fault = chatter_in(words); !fault.empty()) return fault;
    if (is_broken(words)) return gate::broken;
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (is_own_group(words, i)) return gate::first_person;
        if (is_you_in_person(words, i)) return gate::second_person;
    }
    if (gives_advice(words)) return gate::instruction;
    if (counts_up(words)) return gate::list;
    return has_verb || words.size() <= 3 ? gate::none : gate::no_verb;
}

// "The fact that prices fall, and so you need to wait": a fact, and nothing told of it.
bool only_names_a_fact(Words words) {
    if (words[0].lower != "the" || lower_at(words, 1) != "fact" || lower_at(words, 2) != "that") return false;
    return std::none_of(words.begin() + 3, words.end(), [](const Token& token) {
        return one_of(token.lower, {"means", "makes", "shows", "suggests", "tells", "explains", "gives", "proves"});
    });
}

std::string_view first_fault_of(const SentenceFacts& facts, Words words, bool has_verb) {
    if (const std::string_view fault = opening_fault(words); !fault.empty()) return fault;
    if (one_of(words[0].lower, {"second", "secondly", "third", "thirdly", "lastly", "finally"}))
        return gate::dangling_start;
    if (!has_verb || !facts.whole || only_names_a_fact(words)) return gate::no_verb;
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
    facts.lists = lists(words);
    for (std::size_t i = 1; i < std::min<std::size_t>(words.size(), 5) && !facts.plain_subject; ++i) {
        const bool thing = is_telling(words[i - 1]) || is_name(words, i - 1);
        facts.plain_subject =
            thing && words[i - 1].after == " " && is_finite(words, i) && !words[0].is(auxiliary | preposition);
        if (words[i].is(thing_pronoun | person_pronoun | first_plural | second_person)) break;
    }
    for (const Token& token : words) {
        facts.future += one_of(token.lower, {"will", "going", "gonna", "it'll", "they'll", "you'll", "we'll"});
        facts.pointing += token.is(thing_pronoun | person_pronoun) ||
                          one_of(token.lower, {"this", "these", "those", "that's", "here"});
    }
    facts.opens_empty =
        words.front().lower.starts_with("there") ||
        (words.size() > 1 && words[1].is(second_person | first_plural) && !words.front().is(first_plural));
    facts.leans_back = words.front().is(back_opening);
    for (std::size_t i = 0; i < std::min<std::size_t>(words.size(), 5); ++i) {
        facts.leans_back = facts.leans_back || words[i].is(thing_pronoun | demonstrative | person_pronoun);
    }
    facts.opens_with_you = words.front().is(second_person);
    facts.whole = has_main_clause(words);
    facts.past = is_told_in_the_past(words);
    facts.claim = claim_weight(words);
    const References references = references_in(words);
    facts.loose_references = references.loose;
    facts.needs_name = references.needs_name;
    facts.fault = fault_of(tokens, first_singular_word, has_verb);
    facts.first_fault = first_fault_of(facts, words, has_verb);
    return facts;
}

std::string_view style_fault(std::string_view text, const EngineSettings& settings) {
    return style_fault(text, settings,
                       [](const SentenceFacts& facts, std::size_t place, int names_before) -> std::string_view {
                           if (!facts.fault.empty()) return facts.fault;
                           if (place == 0 && !facts.first_fault.empty()) return facts.first_fault;
                           if (place > 0 && facts.needs_name && names_before == 0) return gate::dangling_reference;
                           return gate::none;
                       });
}

std::string_view style_fault(std::string_view text, const EngineSettings& settings, const SentenceGates& fault_of) {
    if (text::code_point_count(text) > settings.text_limit) return gate::too_long;
    const std::string plain = plain_punctuation(text);
    const std::vector<text::ByteRange> sentences = text::sentences(plain);
    int words = 0;
    int names = 0;
    for (std::size_t i = 0; i < sentences.size(); ++i) {
        const Tokens tokens(sentences[i].in(plain));
        const SentenceFacts facts = facts_of(tokens);
        const std::string_view fault = fault_of(facts, i, names);
        if (fault != gate::none) return fault;
        words += facts.words;
        names += facts.names;
    }
    return static_cast<std::size_t>(words) < settings.least_words ? gate::too_short : gate::none;
}

}  // namespace podbrief::insights
