#pragma once
#include "core/insights/side_sayings.hpp"

namespace podbrief::insights {

// Fitted by tests/bench/stance/fit.py on the labels beside it; not edited by hand.
inline constexpr double side_bias = 0.2962;
inline constexpr cues::SideFeatures side_weights = {
    0.2528,   // is so
    0.2929,   // has such
    -0.1164,  // does
    -0.2045,  // does barely
    -0.1217,  // works or fails
    -0.2001,  // makes it
    0.4546,   // trouble with
    0.2411,   // trouble is
    -0.2194,  // attitude
    -0.0487,  // leaving
    0.0457,   // needed
    -0.1679,  // compared
    -0.2084,  // called
    0.3015,   // by pronoun
    -0.3506,  // of use
    -0.4832,  // narrowed
    0.2419,   // by aspect
    0.0000,   // within
    -0.8757,  // inside
    -0.0918,  // was
    -0.0960,  // may be
    -0.3883,  // if so
    -0.1138,  // negated
    -0.4903,  // others
    0.2763,   // leaves no doubt
    0.4234,   // favourable
    -0.1987,  // times named
    0.1552,   // long topic
    -0.9486,  // instance
    -0.2169,  // said lightly
    -0.3113,  // hard to do
    0.7202,   // a name
    0.0000,   // reported
    0.0000,   // asked
    -0.0813,  // later
    0.1877,   // of a noun
    -0.0063,  // doing
};

}  // namespace podbrief::insights
