#pragma once
#include "core/insights/side_sayings.hpp"

namespace podbrief::insights {

// Fitted by tests/bench/stance/fit.py on the labels beside it; not edited by hand.
inline constexpr double side_bias = 0.4443;
inline constexpr cues::SideFeatures side_weights = {
    0.2032,   // is so
    0.2226,   // has such
    -0.0945,  // does
    -0.1866,  // does barely
    -0.1194,  // works or fails
    -0.3193,  // makes it
    0.5953,   // trouble with
    0.3969,   // trouble is
    -0.3569,  // attitude
    -0.0413,  // leaving
    0.1333,   // needed
    -0.1045,  // compared
    -0.3287,  // called
    0.1631,   // by pronoun
    -0.3878,  // of use
    -0.4934,  // narrowed
    0.4729,   // by aspect
    0.0000,   // within
    -1.0570,  // inside
    -0.1270,  // was
    -0.1107,  // may be
    -0.4739,  // if so
    -0.0145,  // negated
    -0.5085,  // others
    -0.7195,  // with contrast
    0.3045,   // leaves no doubt
    0.5366,   // favourable
    -0.1580,  // times named
    0.2897,   // long topic
    -1.3254,  // instance
    -0.4813,  // said lightly
    0.0000,   // reported
    0.0000,   // asked
    -0.0091,  // later
    0.2119,   // of a noun
    0.0598,   // doing
};

}  // namespace podbrief::insights
