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

constexpr std::size_t longest = 4000;  // bytes; insights are far shorter

struct Sentence {
    std::vector<Token> tokens;
    bool asks = false;
};

std::vector<Sentence> sentences_of(std::string_view text) {
    text = text::prefix_of(text, longest);
    std::vector<Sentence> sentences;
    for (const text::ByteRange& range : text::sentences(text)) {
        sentences.push_back({tokens_of(range.in(text)), range.in(text).ends_with('?')});
    }
    return sentences;
}

Discourse discourse_of(const std::vector<Sentence>& sentences) {
    Discourse discourse;
    for (const Sentence& sentence : sentences) {
        discourse.policy_on_others =
            discourse.policy_on_others ||
            std::any_of(sentence.tokens.begin(), sentence.tokens.end(), [](const Token& t) {
                return t.cue == Cue::policy || is_one_of(t.stem, {"restrict", "curb", "ban"}) || t.word == "limiting";
            });
    }
    return discourse;
}

constexpr double weight_of_question = 0.2;

StanceGuess verdict(double balance, double moved, double least) {
    const double strength = std::abs(balance) / (moved + 0.5);
    if (std::abs(balance) < least) return {Stance::neutral, 1.0 - strength};
    return {balance > 0 ? Stance::favourable : Stance::critical, strength};
}

StanceGuess guess(const std::vector<Sentence>& sentences, std::span<const std::string> target_stems) {
    Discourse discourse = discourse_of(sentences);
    double balance = 0;
    double moved = 0;
    bool target_spoken_of = false;
    for (const Sentence& sentence : sentences) {
        const bool named = mentions(sentence.tokens, target_stems);
        const bool about = named || (target_spoken_of && begins_with_pronoun(sentence.tokens));
        target_spoken_of = about;
        const double weight = (target_stems.empty() ? 1.0
                               : about              ? 1.0
                                                    : 0.5) *
                              (sentence.asks ? weight_of_question : 1.0);
        const Sum sum = weigh_sentence(sentence.tokens, discourse);
        balance += weight * sum.balance;
        moved += weight * sum.moved;
    }
    return verdict(balance, moved, 0.25);
}

// Where a sentence names a topic: by token.
std::vector<bool> naming(const std::vector<Token>& tokens, const TopicNames& topic) {
    const auto& topic_words = topic.words;
    const std::size_t needed = topic_words.size() < 3 ? topic_words.size() : (2 * topic_words.size() + 2) / 3;
    const std::size_t reach = topic_words.size() + 2;
    std::vector<int> word_at(tokens.size(), -1);
    for (std::size_t at = 0; at < tokens.size(); ++at) {
        for (std::size_t word = 0; word < topic_words.size(); ++word) {
            const auto& stems = topic_words[word];
            if (std::find(stems.begin(), stems.end(), tokens[at].stem) != stems.end()) {
                word_at[at] = static_cast<int>(word);
            }
        }
    }
    std::vector<bool> named(tokens.size(), false);
    for (std::size_t from = 0; from < tokens.size(); ++from) {
        if (word_at[from] < 0) continue;
        std::vector<int> heard;
        for (std::size_t at = from; at < std::min(from + reach, tokens.size()); ++at) {
            if (word_at[at] < 0 || std::find(heard.begin(), heard.end(), word_at[at]) != heard.end()) continue;
            heard.push_back(word_at[at]);
            if (heard.size() == needed) named[from] = named[at] = true;
        }
    }
    return named;
}

}  // namespace

StanceGuess guess_stance(std::string_view text) {
    return guess(sentences_of(text), {});
}

StanceGuess guess_stance_towards(std::string_view text, std::span<const std::string> target_stems) {
    return guess(sentences_of(text), target_stems);
}

struct ClaimReading::Sentences {
    std::vector<Sentence> all;
};

ClaimReading::ClaimReading(std::string_view text) : sentences_(std::make_unique<Sentences>()) {
    sentences_->all = sentences_of(text);
}

ClaimReading::~ClaimReading() = default;

StanceGuess ClaimReading::on(const TopicNames& topic) const {
    Discourse discourse = discourse_of(sentences_->all);
    double balance = 0;
    double moved = 0;
    bool spoken_of = false;
    bool ever_named = false;
    for (const Sentence& sentence : sentences_->all) {
        Target target;
        target.named = naming(sentence.tokens, topic);
        target.aside = 0.1;
        // "That" and "this" may mean all that was said before.
        target.meant = spoken_of && !sentence.tokens.empty() &&
                       is_one_of(sentence.tokens.front().word, {"it", "it's", "they", "they're", "these"});
        const bool named = std::find(target.named.begin(), target.named.end(), true) != target.named.end();
        ever_named = ever_named || named;
        spoken_of = named || target.meant;
        const Sum sum = weigh_sentence(sentence.tokens, discourse, &target);
        balance += (sentence.asks ? weight_of_question : 1.0) * sum.balance;
        moved += sum.moved;
    }
    if (!ever_named) return {};
    return verdict(balance, moved, 0.25);
}

StanceGuess ClaimReading::towards(std::span<const std::string> target_stems) const {
    return guess(sentences_->all, target_stems);
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
