#pragma once

namespace podbrief::index {

// What speaks for a place in an episode. Each of the first six is a sum over what is asked, by rarity.
struct PassageWeights {
    double own = 0;       // the segment says it
    double near = 0;      // it is said in some 80 words around it
    double wide = 0;      // in some 300 words around it
    double episode = 0;   // in the whole episode; rarity here is among episodes
    double notes = 0;     // in the show notes
    double title = 0;     // in the title
    double coverage = 0;  // the share of the query that is said in those 300 words
    // Words of the query said together, small ones included (see Together):
    double in_order = 0;             // the most of the query said near the segment, as it was typed
    double any_order = 0;            // the same in any order
    double together_before = 0;      // how much of that in the segment and some 300 words before it
    double together_in_episode = 0;  // and in the whole episode
};

// Found on 988 chapter titles of 91 episodes of Ship It! and JS Party, each among some 120 episodes of their time, none
// of which is in the benchmark: as the weights that make the right places likeliest, when the likelihood of a place is
// the exponential of its score (so a score has no bounds, and 0.7 is twice as likely). That `near` takes away what
// `own` gives: a word said in the next breath is worth less than one said here, and that it is said at all counts for
// the 300 words already.
constexpr PassageWeights among_episodes = {.own = 0.13,
                                           .near = -0.15,
                                           .episode = 0.087,
                                           .notes = 0.04,
                                           .title = 0.29,
                                           .coverage = 4.6,
                                           .in_order = 3.1,
                                           .any_order = 2.4,
                                           .together_before = 4.7,
                                           .together_in_episode = 1.2};

// Which segments of one meeting answer a question, found on the training half of qmsum: there phrases help no more than
// their words do.
constexpr PassageWeights within_episode = {.own = 0.25, .near = 0.5, .wide = 1, .coverage = 4};

}  // namespace podbrief::index
