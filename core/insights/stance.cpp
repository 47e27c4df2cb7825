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

#include "core/insights/side_weights.hpp"
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

std::vector<ReadSentence> read(const std::vector<Sentence>& sentences) {
    Discourse discourse = discourse_of(sentences);
    std::vector<ReadSentence> all;
    for (const Sentence& sentence : sentences) {
        ReadSentence& one = all.emplace_back();
        one.tokens = sentence.tokens;
        one.asks = sentence.asks;
        weigh_sentence(one.tokens, discourse, &one.values);
        for (const Token& token : one.tokens) one.roles.push_back(roles_of(token.word));
    }
    return all;
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
    std::vector<ReadSentence> read;  // the same, once asked for a topic
};

ClaimReading::ClaimReading(std::string_view text) : sentences_(std::make_unique<Sentences>()) {
    sentences_->all = sentences_of(text);
}

ClaimReading::~ClaimReading() = default;

std::optional<std::vector<Saying>> ClaimReading::sayings_on(const TopicNames& topic) const {
    const std::vector<Sentence>& all = sentences_->all;
    std::vector<Target> targets(all.size());
    std::size_t times = 0;
    for (std::size_t i = 0; i < all.size(); ++i) {
        targets[i].named = naming(all[i].tokens, topic);
        times += static_cast<std::size_t>(std::count(targets[i].named.begin(), targets[i].named.end(), true));
    }
    if (times == 0) return std::nullopt;
    bool capital = false;
    for (std::size_t i = 0; i < all.size(); ++i) {
        for (std::size_t at = 0; at < targets[i].named.size(); ++at) {
            capital = capital || (targets[i].named[at] && all[i].tokens[at].capital);
        }
    }
    if (sentences_->read.empty()) sentences_->read = read(all);
    std::vector<Saying> found;
    bool spoken_of = false;
    for (std::size_t i = 0; i < all.size(); ++i) {
        Target& target = targets[i];
        const ReadSentence& sentence = sentences_->read[i];
        target.times = times / std::max<std::size_t>(1, topic.words.size());
        target.words = topic.words.size();
        target.first = i == 0;
        target.capital = capital;
        // "That" and "this" may mean all that was said before.
        target.meant = spoken_of && !sentence.tokens.empty() &&
                       is_one_of(sentence.tokens.front().word, {"it", "it's", "they", "they're", "these"});
        spoken_of = target.meant || is_subject(sentence, target);
        for (Saying& saying : cues::sayings_on(sentence, target)) found.push_back(std::move(saying));
    }
    return found;
}

StanceGuess ClaimReading::on(const TopicNames& topic) const {
    const std::optional<std::vector<Saying>> sayings = sayings_on(topic);
    if (!sayings) return {};
    double in_favour = 0;
    double against = 0;
    for (const Saying& saying : *sayings) {
        double sum = side_bias;
        for (std::size_t i = 0; i < cues::side_features; ++i) sum += side_weights[i] * saying.features[i];
        double& side = saying.favourable ? in_favour : against;
        side = std::max(side, 1 / (1 + std::exp(-sum)));
    }
    const double sure = std::max(in_favour, against) * (1 - std::min(in_favour, against));
    constexpr double a_guess = 0.25;
    if (sure < a_guess) return {Stance::neutral, 1 - sure};
    return {in_favour > against ? Stance::favourable : Stance::critical, sure};
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
