#pragma once
#include "core/insights/worth.hpp"

namespace podbrief::insights {

// Fitted by tests/bench/worth/fit.py on the labels beside it; not edited by hand.
inline constexpr double worth_bias = -1.8495;
inline constexpr WorthFeatures worth_weights = {
    0.8874,   // cause
    0.0022,   // contrast
    0.6813,   // negation
    0.2410,   // than
    0.4821,   // comparative
    0.3755,   // superlative
    0.4107,   // universal
    0.1113,   // condition
    0.5005,   // trouble
    0.2872,   // money
    -0.4301,  // definition
    0.0918,   // example
    -0.3339,  // vague
    0.1306,   // filler
    -0.1877,  // praise
    0.0933,   // product
    -0.2687,  // you can
    -0.3173,  // presupposing
    -0.0885,  // recency
    -0.0655,  // future
    -0.4741,  // hedge
    -0.3190,  // we
    -0.0089,  // you
    -0.1561,  // somebody
    -0.1162,  // it
    0.4229,   // they
    -0.0707,  // this and that
    -0.5360,  // that
    0.1152,   // which clause
    -0.8276,  // and
    0.2221,   // or
    0.1695,   // people
    0.1718,   // talk about talk
    0.0144,   // change
    0.5065,   // centrality
    0.4620,   // attributed
    -0.1285,  // one sentence
    0.1764,   // three sentences
    0.7297,   // words
    -0.2544,  // short sentence
    0.4516,   // longest sentence
    -0.8976,  // commas
    -0.1911,  // dashes
    0.4240,   // numbers
    0.9477,   // figures
    -0.2561,  // names
    0.2247,   // density
    0.1571,   // word length
    -0.5652,  // opens there
    -0.0191,  // opens if
    0.1189,   // opens the
    -0.1343,  // opens name
    -0.1565,  // opens plainly
    -0.3143,  // opens aside
    0.2394,   // opens some
    -0.0922,  // goes on with it
    -0.0379,  // goes on with you
    -0.6133,  // pointing
    -0.5686,  // past
    -0.2657,  // definite
    -0.3427,  // bare comparative
    -0.1315,  // opens generally
    0.9341,   // claim
};

}  // namespace podbrief::insights
