#pragma once
#include <cstdint>
#include <string_view>

namespace podbrief::insights::cues {

// What a word may do in a claim that praises or blames something, as people talk; more than one is possible. Wider than
// the cues of stance_lexicon.hpp: these count only in a place in which they are said of the thing.
enum Role : std::uint32_t {
    good = 1u << 0,        // great, versatile
    bad = 1u << 1,         // terrible, flaky
    strong = 1u << 2,      // of these: leaves no doubt
    to_be = 1u << 3,       // is, remains, seems
    to_have = 1u << 4,     // has
    modal = 1u << 5,       // would, might, maybe
    past = 1u << 6,        // was, had
    auxiliary = 1u << 7,   // any of these, and do, can, will
    adverb = 1u << 8,      // really, already
    determiner = 1u << 9,  // a, the, most
    preposition = 1u << 10,
    joint = 1u << 11,      // where another clause begins: because, that
    condition = 1u << 12,  // if, when
    contrast = 1u << 13,   // but, although
    somebody = 1u << 14,   // a pronoun that may be the subject: I, they, people
    thinks = 1u << 15,     // says, believes: what follows is a clause
    use = 1u << 16,        // what a thing is when it is used: tools, code
    merit = 1u << 17,      // benefit, beauty: of what follows
    trouble = 1u << 18,    // problem, downside
    likes = 1u << 19,      // love, recommend
    dislikes = 1u << 20,   // hate, avoid
    needs = 1u << 21,      // need
    mends = 1u << 22,      // solve, avoid: turns the trouble that follows
    makes = 1u << 23,      // makes (it easy)
    leaves = 1u << 24,     // moving (away from)
    aspect = 1u << 25,     // speed, tooling: praise or blame of it is of the thing
    wide = 1u << 26,       // an adjective that narrows nothing: modern, public
    plain = 1u << 28,      // adds nothing to what it stands behind: remote work, office mandates
    lacks = 1u << 27,      // a verb that blames by itself: lacks, suffers
};
using Roles = std::uint32_t;

// `folded`: as text::fold gives it. 0 for words that are not listed.
Roles roles_of(std::string_view folded);

}  // namespace podbrief::insights::cues
