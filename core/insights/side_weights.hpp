#pragma once
#include "core/insights/side_sayings.hpp"

namespace podbrief::insights {

// Fitted by tests/bench/stance/fit.py on the labels beside it; not edited by hand.
inline constexpr double side_bias = 0.9824;
inline constexpr cues::SideFeatures side_weights = {
    0.1435,   // is so
    -0.2343,  // has such
    0.3035,   // does
    -0.4199,  // does barely
    -0.0838,  // works or fails
    -0.0677,  // makes it
    0.4289,   // trouble with
    0.4371,   // trouble is
    -0.3741,  // attitude
    -0.0867,  // leaving
    0.1872,   // needed
    -0.2336,  // compared
    0.0000,   // called
    -0.0323,  // by pronoun
    -0.5898,  // of use
    -0.7643,  // narrowed
    0.4610,   // by aspect
    0.0000,   // within
    -1.1829,  // inside
    0.2846,   // was
    0.1092,   // may be
    -0.3044,  // if so
    0.3001,   // negated
    -0.3004,  // others
    -0.2312,  // with contrast
    0.3121,   // leaves no doubt
    0.0964,   // favourable
    -0.0285,  // times named
    0.3840,   // long topic
    -0.9621,  // instance
    0.0000,   // reported
    0.0000,   // asked
    0.2591,   // later
    -0.3299,  // of a noun
    0.2287,   // doing
};

}  // namespace podbrief::insights
