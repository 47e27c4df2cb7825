#pragma once
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/insights/side_sayings.hpp"
#include "core/model/insight.hpp"

namespace podbrief::insights {

struct StanceGuess {
    Stance stance = Stance::neutral;
    double confidence = 0;  // 0..1; of neutral: how sure that no side is taken
    bool operator==(const StanceGuess&) const = default;
};

// Which side a claim takes towards the policy, tool or idea it speaks of: favourable (it works, helps, is worth it),
// critical (it fails, backfires, hurts), or neutral. From words of effect, their negation and contrast; English.
StanceGuess guess_stance(std::string_view text);

// The same towards one thing, given by its stems (core/text/words.hpp): what is said next to it weighs more.
StanceGuess guess_stance_towards(std::string_view text, std::span<const std::string> target_stems);

// By which stems a text names a topic.
struct TopicNames {
    std::vector<std::vector<std::string>> words;  // for each word of the topic: itself and its synonyms
};

// A claim read once, to be asked for its stance on one topic after the other.
class ClaimReading {
public:
    explicit ClaimReading(std::string_view text);
    ~ClaimReading();
    ClaimReading(const ClaimReading&) = delete;
    ClaimReading& operator=(const ClaimReading&) = delete;

    // Only what is said of the topic counts: it must be named, all words of it (two of three) close together, and be
    // the subject of a verdict or of an effect, as learned from a reader's labels (tests/bench/stance). Stricter than
    // guess_stance_towards: talk praises and blames many things in passing. The confidence of a side is how likely it
    // is right. Neutral with confidence 0: the topic is not named.
    StanceGuess on(const TopicNames& topic) const;
    // What `on` goes by; nullopt: the topic is not named. For learning how likely each is right.
    std::optional<std::vector<cues::Saying>> sayings_on(const TopicNames& topic) const;
    // guess_stance_towards of the same text.
    StanceGuess towards(std::span<const std::string> target_stems) const;

private:
    struct Sentences;
    std::unique_ptr<Sentences> sentences_;
};

// guess_stance, neutral when the guess is weak.
Stance stance_of(std::string_view text);

// Whether a topic names something nobody wants more of (bugs, fraud, emissions): being for or against it says little.
bool names_an_ill(std::string_view topic);

// What a stem tells of the effect of a thing: a verdict on it (backfire, succeed), what it does to others (accelerate,
// prevent), or nothing. Claims that share these say the same of their subject.
enum class EffectWord { none, effect, verdict };
EffectWord effect_word(std::string_view stem);

}  // namespace podbrief::insights
