#pragma once
#include "core/insights/side_sayings.hpp"

namespace podbrief::insights {

// Fitted by tests/bench/stance/fit.py on the labels beside it; not edited by hand.
inline constexpr double side_bias = 1.1041;
inline constexpr cues::SideFeatures side_weights = {
    0.1325,   // is so
    -0.1510,  // has such
    0.3861,   // does
    -0.3992,  // does barely
    0.2832,   // works or fails
    -0.1336,  // makes it
    -0.0057,  // trouble with
    0.0000,   // trouble is
    0.0000,   // attitude
    -0.2601,  // leaving
    -0.0915,  // needed
    0.2393,   // compared
    0.0000,   // called
    0.0240,   // by pronoun
    -0.5103,  // of use
    -0.8177,  // narrowed
    0.5967,   // by aspect
    -0.0103,  // within
    -1.1817,  // inside
    0.2558,   // was
    0.0638,   // may be
    -0.1487,  // if so
    0.3300,   // negated
    -0.1227,  // others
    -0.5069,  // with contrast
    0.0938,   // leaves no doubt
    0.1531,   // favourable
    -0.3814,  // times named
    -0.3292,  // long topic
    0.0000,   // reported
    0.0000,   // asked
    0.3996,   // later
    0.1982,   // of a noun
    0.4794,   // doing
};

}  // namespace podbrief::insights
