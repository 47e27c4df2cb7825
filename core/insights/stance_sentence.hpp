#pragma once
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

// What a stance is sought on, in one sentence.
struct Target {
    std::vector<bool> named;  // by token: here it is named
    bool meant = false;       // the sentence begins with a pronoun for it
    double aside = 1;         // what counts of that which is said of other things: 0..1
};

// Reads one sentence; `discourse` is what the ones before left, and is carried on. With a target, only what is said of
// it counts in full: verdicts that follow its name in the same clause ("X has backfired"), what its name is the subject
// of ("X slows rivals"), and adjectives right before it ("overrated X").
Sum weigh_sentence(std::vector<Token> tokens, Discourse& discourse, const Target* target = nullptr);

}  // namespace podbrief::insights::cues
