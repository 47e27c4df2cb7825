#pragma once
#include "core/insights/worth.hpp"

namespace podbrief::insights {

// Fitted by tests/bench/worth/fit.py on the labels beside it; not edited by hand.
inline constexpr double worth_bias = -1.9042;
inline constexpr WorthFeatures worth_weights = {
    1.0106,   // cause
    0.0821,   // contrast
    0.7145,   // negation
    0.1682,   // than
    0.6103,   // comparative
    0.3084,   // superlative
    0.3490,   // universal
    0.1561,   // condition
    0.4674,   // trouble
    0.2274,   // money
    -0.4451,  // definition
    0.1165,   // example
    -0.4155,  // vague
    0.1760,   // filler
    -0.2408,  // praise
    0.1257,   // product
    -0.3425,  // you can
    -0.3763,  // presupposing
    -0.1464,  // recency
    -0.0495,  // future
    -0.6325,  // hedge
    -0.3534,  // we
    -0.0192,  // you
    -0.1702,  // somebody
    -0.1292,  // it
    0.4673,   // they
    -0.0269,  // this and that
    -0.6024,  // that
    0.0301,   // which clause
    -1.0354,  // and
    0.2367,   // or
    0.1534,   // people
    0.1908,   // talk about talk
    -0.0227,  // change
    0.5845,   // centrality
    0.3694,   // attributed
    -0.1016,  // one sentence
    0.1788,   // three sentences
    0.9577,   // words
    -0.3725,  // short sentence
    0.5243,   // longest sentence
    -0.9658,  // commas
    -0.2404,  // dashes
    0.3195,   // numbers
    1.0048,   // figures
    -0.3421,  // names
    0.2922,   // density
    0.2528,   // word length
    -0.6251,  // opens there
    -0.0964,  // opens if
    0.0027,   // opens the
    -0.1252,  // opens name
    -0.1843,  // opens plainly
    -0.3771,  // opens aside
    0.2411,   // opens some
    0.0497,   // goes on with it
    -0.0731,  // goes on with you
    -0.6994,  // pointing
    -0.6591,  // past
    -0.3876,  // definite
    -0.4344,  // bare comparative
    -0.1723,  // opens generally
    1.0876,   // claim
};

}  // namespace podbrief::insights
