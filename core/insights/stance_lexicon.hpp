#pragma once
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

// The words by which a stance is read; see stance.cpp for how.
namespace podbrief::insights::cues {

enum class Cue {
    none,
    good_verdict,
    bad_verdict,
    weak_good,  // the same, but said lightly of many things
    weak_bad,
    raiser,
    lowerer,
    more,  // "more", "fewer": count only with a good or an ill right after
    fewer,
    good,
    ill,        // a state one may be in: debt, delay, reliance
    misdeed,    // an ill that somebody does: theft, fraud
    opponent,   // always
    foreigner,  // an opponent where a measure against other countries is spoken of
    own_side,
    negator,
    belief,  // makes what is said beside it untrue
    outweigh,
    measure,  // a yardstick: a "wrong" one says nothing of the thing measured
    policy,   // bans, controls: where there is one, foreigners are its opponents
};

// A word of a sentence, or a phrase that is a cue as a whole.
struct Token {
    std::string word;  // folded
    std::string stem;
    Cue cue = Cue::none;
    bool begins_clause = false;
    bool joined = false;   // to the word before it, by a hyphen
    bool capital = false;  // begins with one; not for the first word of a sentence
};

// The words of a sentence with their cues; a phrase is one token.
std::vector<Token> tokens_of(std::string_view sentence);

// What a stem is, in whatever form it stands; none when it is no cue.
Cue cue_of_stem(std::string_view stem);

// Asked very often, and seldom true: most words differ in length or in their first letter.
inline bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
    if (word.empty()) return false;
    for (const std::string_view one : words) {
        if (one.size() == word.size() && one.front() == word.front() && one == word) return true;
    }
    return false;
}

}  // namespace podbrief::insights::cues
