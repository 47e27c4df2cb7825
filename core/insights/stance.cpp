// How this reads a stance. A sentence is a row of words; some are cues:
//   verdicts   good or bad in themselves         works, backfired, overrated
//   raisers    make more of what follows         boosts, fosters, leads to
//   lowerers   make less of what follows         slows, prevents, erodes
//   goods      what people want more of          safety, innovation
//   ills       what people want less of          bugs, theft, emissions
//   opponents  those a measure is aimed at       attackers; a sanctioned country
// A raiser or lowerer takes the value of what it acts on: "prevents bugs" = less of an ill = good, "slows innovation" =
// less of a good = bad, and what is bad for an opponent is good for the measure. Negation, contrast and belief ("it is
// a myth that ...") turn values round. The sum over all cues is the stance.
#include "core/insights/stance.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "core/insights/stance_sentence.hpp"
#include "core/text/sentences.hpp"
#include "core/text/unicode.hpp"

namespace podbrief::insights {
namespace {

using namespace cues;

bool mentions(const std::vector<Token>& tokens, std::span<const std::string> stems) {
    return std::any_of(tokens.begin(), tokens.end(), [&](const Token& token) {
        return std::find(stems.begin(), stems.end(), token.stem) != stems.end();
    });
}

bool begins_with_pronoun(const std::vector<Token>& tokens) {
    return !tokens.empty() && is_one_of(tokens.front().word, {"it", "this", "they", "these", "that", "those"});
}

StanceGuess guess(std::string_view text, std::span<const std::string> target_stems) {
    constexpr std::size_t longest = 4000;  // bytes; insights are far shorter
    text = text::prefix_of(text, longest);
    std::vector<std::vector<Token>> sentences;
    std::vector<bool> asks;
    for (const text::ByteRange& range : text::sentences(text)) {
        sentences.push_back(tokens_of(range.in(text)));
        asks.push_back(range.in(text).ends_with('?'));
    }
    Discourse discourse;
    for (const auto& sentence : sentences) {
        discourse.policy_on_others =
            discourse.policy_on_others || std::any_of(sentence.begin(), sentence.end(), [](const Token& t) {
                return t.cue == Cue::policy || is_one_of(t.stem, {"restrict", "curb", "ban"}) || t.word == "limiting";
            });
    }
    double balance = 0;
    double moved = 0;
    bool target_spoken_of = false;
    for (std::size_t i = 0; i < sentences.size(); ++i) {
        const bool named = mentions(sentences[i], target_stems);
        const bool about = named || (target_spoken_of && begins_with_pronoun(sentences[i]));
        target_spoken_of = about;
        const double weight = (target_stems.empty() ? 1.0 : about ? 1.0 : 0.5) * (asks[i] ? 0.2 : 1.0);
        const Sum sum = weigh_sentence(sentences[i], discourse);
        balance += weight * sum.balance;
        moved += weight * sum.moved;
    }
    const double strength = std::abs(balance) / (moved + 0.5);
    if (std::abs(balance) < 0.25) return {Stance::neutral, 1.0 - strength};
    return {balance > 0 ? Stance::favourable : Stance::critical, strength};
}

}  // namespace

StanceGuess guess_stance(std::string_view text) {
    return guess(text, {});
}

StanceGuess guess_stance_towards(std::string_view text, std::span<const std::string> target_stems) {
    return guess(text, target_stems);
}

Stance stance_of(std::string_view text) {
    constexpr double sure_enough = 0.4;
    const StanceGuess guessed = guess_stance(text);
    return guessed.confidence >= sure_enough ? guessed.stance : Stance::neutral;
}

bool names_an_ill(std::string_view topic) {
    const std::vector<Token> tokens = tokens_of(topic);
    return std::any_of(tokens.begin(), tokens.end(), [](const Token& token) {
        return token.cue == Cue::ill || token.cue == Cue::misdeed || token.cue == Cue::opponent;
    });
}

EffectWord effect_word(std::string_view stem) {
    switch (cue_of_stem(stem)) {
        case Cue::good_verdict:
        case Cue::bad_verdict:
            return EffectWord::verdict;
        case Cue::raiser:
        case Cue::lowerer:
            return EffectWord::effect;
        default:
            return EffectWord::none;
    }
}

}  // namespace podbrief::insights
