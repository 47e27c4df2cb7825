#include "core/insights/questions.hpp"

#include <algorithm>

#include "core/insights/draft.hpp"
#include "core/insights/grammar.hpp"
#include "core/text/ascii.hpp"
#include "core/text/unicode.hpp"

namespace podbrief::insights {
namespace {

// The words from i to the end, without the question mark.
std::string rest_of(const Draft& d, std::size_t i) {
    std::string out;
    for (; i < d.size(); ++i) {
        out += d[i].word;
        if (i + 1 < d.size()) out += d[i].after;
    }
    return out;
}

// Words that point at what was said before, or at those who talk.
bool points_outside(const Draft& d, std::size_t from) {
    for (std::size_t i = from; i < d.size(); ++i) {
        const Token& token = d[i];
        if (token.is(person_pronoun | thing_pronoun | first_singular | first_plural | second_person | chatter |
                     informal))
            return true;
        if (one_of(token.lower, {"this", "these", "those", "that's", "there", "here"})) return true;
        if (token.lower == "or" && i + 1 < d.size() && one_of(d.lower(i + 1), {"no", "not", "is", "do", "what"}))
            return true;
        if (token.lower == "that" && (i + 1 == d.size() || token.after != " ")) return true;
    }
    return false;
}

bool has_verb(const Draft& d, std::size_t from, std::size_t to) {
    for (std::size_t i = from; i < to; ++i) {
        if (is_finite(d.words(), i)) return true;
    }
    return false;
}

enum class Answer { none, yes, no };

// What an answer begins with, which cleaning takes off.
Answer answer_in(std::string_view raw) {
    const std::string plain = plain_punctuation(raw);
    const Tokens tokens(plain);
    for (std::size_t i = 0; i < std::min<std::size_t>(tokens.list.size(), 4); ++i) {
        const std::string_view word = tokens.list[i].lower;
        if (one_of(word, {"no", "nope"}) && tokens.list[i].after != " ") return Answer::no;
        if (one_of(word, {"yes", "yep", "absolutely", "definitely"}) && tokens.list[i].after != " ") return Answer::yes;
        if (!tokens.list[i].is(discourse | discourse_comma | filler)) break;
    }
    return Answer::none;
}

}  // namespace

std::string asked(std::string_view question) {
    const std::string plain = plain_punctuation(question);
    const Tokens tokens(plain);
    Draft d(tokens);
    while (d.size() > 2 && d[0].is(discourse | discourse_comma)) d.drop(0, 1);
    constexpr std::size_t longest = 18;
    if (d.size() < 4 || d.size() > longest) return {};
    for (const std::string_view frame : {"do you think that", "do you believe that", "would you say that",
                                         "do you think", "do you believe", "would you say"}) {
        if (!d.says(0, frame)) continue;
        const auto count = static_cast<std::size_t>(std::count(frame.begin(), frame.end(), ' ')) + 1;
        if (count >= d.size() || points_outside(d, count) || !has_verb(d, count, d.size())) return {};
        return "whether " + rest_of(d, count);
    }
    if (d.says(0, "how do you") || d.says(0, "how do we") || d.says(0, "how can you") || d.says(0, "how do people") ||
        d.says(0, "how should you")) {
        const bool known = d[3].is(verb | full_verb) || (is_telling(d[3]) && !d[3].lower.ends_with("ly"));
        return known && !points_outside(d, 3) ? "how to " + rest_of(d, 3) : std::string{};
    }
    if (d.lower(0) == "what" && one_of(d.lower(1), {"is", "are", "was"})) {
        const bool phrase = !points_outside(d, 2) && !has_verb(d, 2, d.size()) && d.size() <= 12;
        return phrase ? "what " + rest_of(d, 2) + " " + std::string(d[1].lower) : std::string{};
    }
    // "What makes agents slow?": the question word is the subject, nothing is to be moved.
    const bool subject = one_of(d.lower(0), {"what", "who"}) && d[1].is(verb | full_verb) && d.lower(1).ends_with("s");
    return subject && !points_outside(d, 1) ? std::string(d[0].lower) + " " + rest_of(d, 1) : std::string{};
}

void pair_answers(std::vector<Statement>& statements, const std::vector<Turn>& turns,
                  const std::vector<std::string>& speakers) {
    std::size_t question = statements.size();  // the last sentence of the turn before; none: size
    for (std::size_t i = 1; i < statements.size(); ++i) {
        const bool new_turn = statements[i].turn != statements[i - 1].turn;
        if (new_turn)
            question = statements[i].turn == statements[i - 1].turn + 1 && statements[i - 1].clean.question
                           ? i - 1
                           : statements.size();
        if (question == statements.size()) continue;
        Statement& answer = statements[i];
        const Turn& of_question = turns[statements[question].turn];
        const Turn& of_answer = turns[answer.turn];
        const std::string& speaker = speakers[answer.turn];
        const bool close = of_answer.segments.front() == of_question.segments.back() + 1;
        if (speaker.empty() || of_answer.speaker == of_question.speaker || !close) {
            question = statements.size();
            continue;
        }
        if (answer.words <= 3 || answer.is_aside()) continue;  // "Yeah." "Good question."
        const std::size_t from = question;
        question = statements.size();
        const bool leans =
            answer.facts.first_fault == gate::dangling_start || answer.facts.first_fault == gate::dangling_reference;
        if (!answer.facts.fault.empty() || !leans || answer.words < 8) continue;
        const std::string what = asked(statements[from].range.in(of_question.text));
        if (what.empty()) continue;
        const std::string first_sentence(of_answer.sentences.front().in(of_answer.text));
        const Answer said = what.starts_with("whether") ? answer_in(first_sentence) : Answer::none;
        Lead lead;
        const std::string& core =
            answer.clean.attributed() && !answer.clean.denied ? answer.clean.core : answer.clean.text;
        lead.text = "Asked " + what + ", " + speaker +
                    (said == Answer::yes  ? " says yes: "
                     : said == Answer::no ? " says no: "
                                          : " answers: ") +
                    core;
        const Tokens tokens(lead.text);
        lead.facts = facts_of(tokens);
        if (!lead.facts.fault.empty() || lead.facts.needs_name) continue;
        lead.from = from;
        lead.words = lead.facts.words;
        lead.code_points = static_cast<int>(text::code_point_count(lead.text));
        answer.lead = std::move(lead);
    }
}

}  // namespace podbrief::insights
