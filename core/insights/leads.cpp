#include "core/insights/leads.hpp"

#include <algorithm>
#include <optional>

#include "core/insights/draft.hpp"
#include "core/insights/grammar.hpp"
#include "core/insights/openings.hpp"
#include "core/text/unicode.hpp"
#include "core/text/words.hpp"

namespace podbrief::insights {
namespace {

enum class Number { one, many };

struct Subject {
    std::string text;
    Number number;
};

// The subject of a sentence, when it is one to four words before the first verb and nothing but a name or a plain noun
// phrase: "Vector databases", "The price of tokens", "Marvin".
std::optional<Subject> subject_of(std::string_view sentence) {
    const Tokens tokens(sentence);
    const std::span<const Token> words = tokens.list;
    if (words.size() < 4 || !tokens.before.empty()) return std::nullopt;
    std::size_t end = 0;
    bool telling = false;
    bool joined = false;
    while (end < words.size() && !is_finite(words, end)) {
        const Token& token = words[end];
        if (end == 4 || token.after != " ") return std::nullopt;
        if (token.is(person_pronoun | thing_pronoun | demonstrative | first_singular | first_plural | second_person |
                     discourse | hedge)) {
            return std::nullopt;
        }
        if (end == 0 && token.is(preposition | cliche_opening | back_opening)) return std::nullopt;
        if (token.lower.ends_with("ing") || token.lower.ends_with("ly") || token.lower == "there" ||
            token.lower == "not")
            return std::nullopt;
        joined = joined || token.lower == "and" || token.is(preposition);
        telling = telling || is_telling(token) || is_name(words, end);
        ++end;
    }
    if (end == 0 || end == words.size() || !telling || joined) return std::nullopt;
    if (words[end].lower.find('\'') != std::string_view::npos && !words[end].lower.ends_with("n't"))
        return std::nullopt;
    if (!opening_fault(words).empty() || one_of(words[0].lower, {"now"}) || one_of(words[1].lower, {"way"}))
        return std::nullopt;
    // Two capitals may be a person, whom "it" does not mean.
    if (end == 2 && words[0].capital() && words[1].capital()) return std::nullopt;
    const Token& last = words[end - 1];
    if (last.lower.ends_with("'s")) return std::nullopt;
    const bool article = one_of(words[0].lower, {"a", "an"});
    const bool named = std::all_of(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(end),
                                   [](const Token& t) { return t.capital(); });
    const bool many = one_of(words[end].lower, {"are", "were", "have", "don't", "aren't", "do"}) ||
                      (!named && last.lower.ends_with("s") && !last.lower.ends_with("ss"));
    const bool one =
        one_of(words[end].lower, {"is", "was", "has", "doesn't", "isn't", "does"}) || words[end].lower.ends_with("s");
    if (many == one) return std::nullopt;
    const std::string_view from = words[0].word;
    Subject subject;
    subject.text.assign(from.data(), static_cast<std::size_t>(last.word.data() + last.word.size() - from.data()));
    if (article) subject.text = "The" + subject.text.substr(words[0].word.size());
    subject.number = many ? Number::many : Number::one;
    return subject;
}

// What follows "it" in "it's", with the verb that it stands for.
std::string verb_in(std::string_view pronoun, std::string_view next) {
    const bool done = next == "been" || next == "got" || (next.size() > 4 && next.ends_with("ed"));
    if (pronoun.ends_with("'s")) return done ? " has" : " is";
    if (pronoun.ends_with("'re")) return " are";
    if (pronoun.ends_with("'ve")) return " have";
    if (pronoun.ends_with("'ll")) return " will";
    if (pronoun.ends_with("'d")) return done || next == "been" ? " had" : " would";
    return "";
}

bool fits(std::string_view pronoun, Number number) {
    const std::string_view bare = pronoun.substr(0, pronoun.find('\''));
    if (bare == "it") return number == Number::one;
    return bare == "they" && number == Number::many;
}

// "It's important that ...", "It turns out ...": an it that stands for nothing.
bool is_empty_it(const Draft& d) {
    for (std::size_t i = 1; i < std::min<std::size_t>(d.size(), 5); ++i) {
        if (one_of(d.lower(i), {"turns", "takes", "seems",  "matters",   "that",  "to",   "like",    "because",
                                "how",   "what",  "if",     "when",      "where", "just", "about",   "not",
                                "all",   "been",  "really", "important", "hard",  "easy", "possible"})) {
            return true;
        }
    }
    return false;
}

}  // namespace

void find_leads(std::vector<Statement>& statements) {
    for (std::size_t i = 1; i < statements.size(); ++i) {
        Statement& statement = statements[i];
        if (statement.clean.text.empty() || !statement.facts.fault.empty() || statement.words < 8 ||
            statement.clean.attributed())
            continue;
        if (statement.facts.first_fault != gate::dangling_start &&
            statement.facts.first_fault != gate::dangling_reference)
            continue;
        const Tokens tokens(statement.clean.text);
        Draft draft(tokens);
        const std::string_view pronoun = draft.lower(0);
        const bool it = pronoun.starts_with("it");
        if (!it && !pronoun.starts_with("they")) continue;
        if (it && is_empty_it(draft)) continue;
        const Statement& before = statements[i - 1];
        if (before.turn != statement.turn || before.clean.text.empty() || before.clean.question ||
            before.clean.attributed())
            continue;
        const auto subject = subject_of(before.clean.text);
        if (!subject || !fits(pronoun, subject->number)) continue;
        const std::string replaced = subject->text + verb_in(pronoun, draft.lower(1));
        draft[0].word = replaced;
        Lead lead;
        lead.text = tidy(draft.text());
        const Tokens whole(lead.text);
        lead.facts = facts_of(whole);
        if (!lead.facts.fault.empty() || !lead.facts.first_fault.empty()) continue;
        lead.from = i - 1;
        lead.words = lead.facts.words;
        lead.code_points = static_cast<int>(text::code_point_count(lead.text));
        statement.lead = std::move(lead);
    }
}

}  // namespace podbrief::insights
