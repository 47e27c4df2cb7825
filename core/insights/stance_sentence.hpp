#pragma once
#include <span>
#include <vector>

#include "core/insights/stance_lexicon.hpp"

namespace podbrief::insights::cues {

// What is carried from sentence to sentence.
struct Discourse {
    bool policy_on_others = false;  // a measure against other countries is spoken of: they are its opponents
    int last_party = 0;             // whom "they" means: -1 an opponent, +1 one's own side, 0 unknown
};
// What the cues of a sentence come to.
struct Sum {
    double balance = 0;  // above 0: favourable
    double moved = 0;    // sum of magnitudes
};

// Reads one sentence; `discourse` is what the ones before left, and is carried on. `values`, where given, takes what
// each cue comes to by itself, by token; then nouns that are made of verbs ("improvement", "reduction") are no cues.
Sum weigh_sentence(std::span<const Token> tokens, Discourse& discourse, std::vector<double>* values = nullptr);

}  // namespace podbrief::insights::cues
