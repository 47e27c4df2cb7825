#pragma once
#include <array>
#include <cstddef>
#include <string_view>
#include <vector>

#include "core/insights/stance_lexicon.hpp"
#include "core/insights/talk_roles.hpp"

// What a claim says of a thing itself: "X has backfired", "X makes it easy", "the problem with X". Praise and blame of
// other things in the same breath is not of it.
namespace podbrief::insights::cues {

// How it is said, and what speaks for and against it; by these it is told how likely a reader would agree that the
// claim takes that side.
inline constexpr std::size_t side_features = 37;
using SideFeatures = std::array<double, side_features>;
std::string_view side_feature_name(std::size_t feature);  // for people and for the fitting script

struct Saying {
    bool favourable = false;
    SideFeatures features{};
};

// A sentence, read.
struct ReadSentence {
    std::vector<Token> tokens;
    std::vector<Roles> roles;    // by token
    std::vector<double> values;  // by token: what a cue comes to by itself, see weigh_sentence
    bool asks = false;
};

// What is sought in a sentence.
struct Target {
    std::vector<bool> named;  // by token: here it is named
    bool meant = false;       // the sentence begins with a pronoun for it
    std::size_t times = 0;    // how often the claim names it
    std::size_t words = 1;    // of the topic
    bool first = true;        // the first sentence of the claim
    bool capital = false;     // named with a capital inside a sentence of the claim
};

std::vector<Saying> sayings_on(const ReadSentence& sentence, const Target& target);

// Whether the thing is what the sentence is about, so that "it" in the next one may mean it.
bool is_subject(const ReadSentence& sentence, const Target& target);

}  // namespace podbrief::insights::cues
