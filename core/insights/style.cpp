#include "core/insights/style.hpp"

#include <algorithm>
#include <array>

#include "core/insights/claim_markers.hpp"
#include "core/text/ascii.hpp"
#include "core/text/sentences.hpp"
#include "core/text/unicode.hpp"
#include "core/text/words.hpp"

namespace podbrief::insights {
namespace {

using Words = std::span<const Token>;

template <std::size_t N>
bool one_of(std::string_view word, const std::array<std::string_view, N>& words) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

std::string_view lower(Words words, std::size_t i) {
    return i < words.size() ? words[i].lower : std::string_view{};
}

bool has_digit(std::string_view word) {
    return std::any_of(word.begin(), word.end(), text::is_ascii_digit);
}

bool has_inner_capital(std::string_view word) {
    return word.size() > 1 && std::any_of(word.begin() + 1, word.end(), text::is_ascii_upper);
}

bool is_verb(const Token& token) {
    return token.is(auxiliary | verb) || (token.lower.size() > 4 && token.lower.ends_with("ed"));
}

bool is_preposition(std::string_view word) {
    static constexpr std::array<std::string_view, 24> words = {
        "of",   "between", "for", "behind", "in",    "on",  "that", "who", "which",  "with",   "from",    "about",
        "when", "where",   "why", "how",    "under", "per", "at",   "to",  "around", "inside", "against", "toward"};
    return one_of(word, words);
}

// "The bill regulates ...": a definite subject that only what was said before could explain.
bool definite_dangles(Words words) {
    for (std::size_t i = 1; i < std::min<std::size_t>(words.size(), 5); ++i) {
        const Token& token = words[i];
        if (is_name(words, i) || has_digit(token.word) || token.is(anchor | time_noun)) return false;
        if (i >= 2 && i <= 3 && is_preposition(token.lower)) return false;
        if (i >= 2 && token.is(auxiliary)) return true;
        if (i >= 2 && token.lower.size() > 4 && (token.lower.ends_with("est"))) return false;
        if (token.after.find(',') != std::string_view::npos) return true;
    }
    return true;
}

bool pleonastic_it(Words words, std::size_t i) {
    // it's hard to, it is important that, it turns out, it takes, it makes sense
    static constexpr std::array<std::string_view, 20> cues = {
        "hard",  "easy",  "important", "possible", "impossible", "difficult", "clear", "likely", "turns",  "takes",
        "makes", "seems", "true",      "better",   "worth",      "necessary", "time",  "common", "easier", "harder"};
    for (std::size_t ahead = i + 1; ahead < std::min(words.size(), i + 4); ++ahead) {
        if (one_of(words[ahead].lower, cues)) return true;
    }
    return false;
}

}  // namespace

bool is_name(std::span<const Token> words, std::size_t i) {
    const Token& token = words[i];
    if (token.is(first_singular)) return false;
    if (has_inner_capital(token.word)) return true;
    if (!token.capital()) return false;
    const bool at_start = i == 0 || words[i - 1].after.find_first_of("\"(:") != std::string_view::npos;
    return !at_start && token.word != "OK";
}

bool is_telling(const Token& token) {
    if (has_inner_capital(token.word)) return token.word != "OK" && !token.is(first_singular);
    return !token.is(common | auxiliary | verb | preposition) && token.lower.size() > 2 &&
           !text::is_stop_word(token.lower);
}

namespace {

std::string_view chatter_in(Words words) {
    for (std::size_t i = 0; i < words.size(); ++i) {
        const std::string_view word = words[i].lower;
        const std::string_view next = lower(words, i + 1);
        if (words[i].is(chatter)) return gate::chatter;
        if (word == "show" && (lower(words, i - 1) == "the" || lower(words, i - 1) == "this" ||
                               lower(words, i - 1) == "our" || next == "notes")) {
            return gate::chatter;
        }
        if (word == "as" && next == "i") return gate::chatter;
        if ((word == "earlier" || word == "before") && i + 1 == words.size()) return gate::chatter;
        if ((word == "www" || word == "http" || word == "https") || word.ends_with(".com") || word.ends_with(".io") ||
            word.ends_with(".org") || word.ends_with(".dev")) {
            return gate::link;
        }
        if (words[i].is(second_person)) {
            static constexpr std::array<std::string_view, 12> direct = {"mentioned", "said",    "asked",  "wrote",
                                                                        "told",      "guys",    "all",    "describe",
                                                                        "described", "alluded", "talked", "brought"};
            if (one_of(next, direct)) return gate::second_person;
        }
        if ((word == "was" || word == "is" || word == "were" || word == "i'm" || word == "he's" || word == "she's" ||
             word == "they're" || word == "be" || word == "you're" || word == "we're" || word == "it's") &&
            (next == "like" || (next == "just" && lower(words, i + 2) == "like")) &&
            words[std::min(i + 1, words.size() - 1)].after.find_first_of(",\"") != std::string_view::npos) {
            return gate::reported;
        }
    }
    return gate::none;
}

// Pronouns that point outside the sentence.
void count_references(Words words, SentenceFacts& facts) {
    bool name_before = false;
    bool noun_before = false;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const Token& token = words[i];
        if (token.is(person_pronoun)) {
            facts.needs_name = facts.needs_name || !name_before;
        } else if (token.is(thing_pronoun)) {
            const bool it = token.lower.starts_with("it");
            if (!noun_before && !(it && pleonastic_it(words, i))) ++facts.loose_references;
        } else if (token.is(demonstrative)) {
            const std::string_view next = lower(words, i + 1);
            const bool timely = i + 1 < words.size() && words[i + 1].is(time_noun);
            const bool ends = i + 1 == words.size() || token.after.find_first_of(",.;:") != std::string_view::npos;
            if (token.lower == "that") {
                const bool after_preposition = i > 0 && words[i - 1].is(preposition);
                const bool subject = i == 0 || words[i - 1].after.find_first_of(",;:") != std::string_view::npos;
                const bool verb_next = i + 1 < words.size() && words[i + 1].is(auxiliary);
                const bool of_do = i > 0 && (words[i - 1].lower == "do" || words[i - 1].lower == "doing" ||
                                             words[i - 1].lower == "like");
                if (ends || of_do || (after_preposition && next != "of") || (subject && verb_next)) {
                    ++facts.loose_references;
                }
            } else if (token.lower == "that's" || token.lower == "that'll") {
                const bool relative = noun_before && i > 0 && words[i - 1].after == " " && !words[i - 1].is(verb);
                if (!relative) ++facts.loose_references;
            } else if (!timely) {
                const bool those_who = token.lower == "those" && (next == "who" || next == "that" || next == "of");
                if (!those_who) ++facts.loose_references;
            }
        }
        name_before = name_before || is_name(words, i) || (i == 0 && token.capital() && is_telling(token));
        noun_before = noun_before || is_telling(token) || is_name(words, i);
    }
}

std::string_view opening_fault(const Tokens& tokens) {
    const Words words = tokens.list;
    const Token& first = words.front();
    const std::string_view second = lower(words, 1);
    if (first.lower == "the") {
        if (second == "same" || second == "other" || second == "others" || second == "latter" || second == "former" ||
            second == "second" || second == "third" || second == "thing" || second == "one" || second == "ones" ||
            second == "next" || second == "last") {
            return gate::dangling_start;
        }
        return definite_dangles(words) ? gate::dangling_start : gate::none;
    }
    if (first.is(cliche_opening)) return gate::instruction;
    if (first.lower == "not" && (second == "only" || second == "every" || second == "all")) return gate::none;
    if (first.is(back_opening)) {
        const bool timely = first.is(demonstrative) && words.size() > 1 && words[1].is(time_noun);
        const bool clause = words.size() > 2 &&
                            (first.lower == "because" || first.lower == "since" || first.lower == "though" ||
                             first.lower == "although" || first.lower == "as" || first.lower == "until") &&
                            std::any_of(words.begin() + 2, words.end(), [](const Token& token) {
                                return token.after.find(',') != std::string_view::npos;
                            });
        if (!timely && !clause) return gate::dangling_start;
    }
    if (first.lower == "one") {
        if (second != "of") return gate::dangling_start;
        static constexpr std::array<std::string_view, 6> loose = {"them", "those", "these", "my", "our", "his"};
        if (one_of(lower(words, 2), loose)) return gate::dangling_start;
    }
    return gate::none;
}

bool quotes_balance(const Tokens& tokens) {
    std::size_t marks = static_cast<std::size_t>(std::count(tokens.before.begin(), tokens.before.end(), '"'));
    std::size_t open = static_cast<std::size_t>(std::count(tokens.before.begin(), tokens.before.end(), '('));
    std::size_t closed = 0;
    for (const Token& token : tokens.list) {
        marks += static_cast<std::size_t>(std::count(token.after.begin(), token.after.end(), '"'));
        open += static_cast<std::size_t>(std::count(token.after.begin(), token.after.end(), '('));
        closed += static_cast<std::size_t>(std::count(token.after.begin(), token.after.end(), ')'));
    }
    return marks % 2 == 0 && open == closed;
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
    int informal_words = 0;
    int first_singular_words = 0;
    for (std::size_t i = 0; i < words.size(); ++i) {
        const Token& token = words[i];
        has_verb = has_verb || is_verb(token);
        first_singular_words += token.is(first_singular) && !(token.lower == "i" && words[i].after == ".");
        facts.we += token.is(first_plural) && token.word != "US";
        facts.you += token.is(second_person);
        facts.names += is_name(words, i);
        facts.numbers += has_digit(token.word) || token.is(number_word);
        facts.telling_words += is_telling(token);
        informal_words += token.is(informal);
    }
    facts.claim = claim_weight(words);
    count_references(words, facts);

    const std::string_view ending = words.back().after;
    const bool after_colon = std::any_of(
        words.begin(), words.end(), [](const Token& token) { return token.after.find(':') != std::string_view::npos; });
    if (ending.find('?') != std::string_view::npos && !after_colon) {
        facts.fault = gate::question;
    } else if (first_singular_words > 0) {
        facts.fault = gate::first_person;
    } else if (!quotes_balance(tokens)) {
        facts.fault = gate::unfinished;
    } else if (informal_words > 0) {
        facts.fault = gate::informal;
    } else {
        facts.fault = chatter_in(words);
    }
    if (facts.fault.empty() && !has_verb && words.size() > 3) facts.fault = gate::no_verb;

    facts.first_fault = opening_fault(tokens);
    if (facts.first_fault.empty() && !has_verb) facts.first_fault = gate::no_verb;
    if (facts.first_fault.empty() && (facts.needs_name || facts.loose_references > 0)) {
        facts.first_fault = gate::dangling_reference;
    }
    if (facts.first_fault.empty() && facts.names == 0 && facts.telling_words < 2) facts.first_fault = gate::thin;
    return facts;
}

std::string_view style_fault(std::string_view text, const EngineSettings& settings) {
    if (text::code_point_count(text) > settings.text_limit) return gate::too_long;
    const std::string plain = plain_punctuation(text);
    const std::vector<text::ByteRange> sentences = text::sentences(plain);
    if (sentences.empty()) return gate::too_short;
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
    if (static_cast<std::size_t>(words) < settings.least_words) return gate::too_short;
    return gate::none;
}

}  // namespace podbrief::insights
