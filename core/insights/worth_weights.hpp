#pragma once
#include "core/insights/worth.hpp"

namespace podbrief::insights {

// Fitted by tests/bench/worth/fit.py on the labels beside it; not edited by hand.
inline constexpr double worth_bias = -1.9558;
inline constexpr WorthFeatures worth_weights = {
    0.8589,  // cause
    -0.0055,  // contrast
    0.6465,  // negation
    0.2412,  // than
    0.4909,  // comparative
    0.3855,  // superlative
    0.3919,  // universal
    0.1653,  // condition
    0.4958,  // trouble
    0.2729,  // money
    -0.4017,  // definition
    0.0757,  // example
    -0.3267,  // vague
    0.0830,  // filler
    -0.1626,  // praise
    0.0757,  // product
    -0.2195,  // you can
    -0.2955,  // presupposing
    -0.0856,  // recency
    -0.0688,  // future
    -0.4807,  // hedge
    -0.3468,  // we
    -0.0472,  // you
    -0.0847,  // somebody
    -0.1336,  // it
    0.3891,  // they
    0.0125,  // this and that
    -0.4768,  // that
    0.1140,  // which clause
    -0.8627,  // and
    0.2044,  // or
    0.1567,  // people
    0.1822,  // talk about talk
    -0.0429,  // change
    0.5202,  // centrality
    0.4346,  // attributed
    -0.0838,  // one sentence
    0.2480,  // three sentences
    0.7465,  // words
    -0.2834,  // short sentence
    0.4548,  // longest sentence
    -0.8858,  // commas
    -0.2173,  // dashes
    0.4380,  // numbers
    0.9248,  // figures
    -0.2839,  // names
    0.2221,  // density
    0.1614,  // word length
    -0.5321,  // opens there
    -0.0554,  // opens if
    0.1477,  // opens the
    -0.0488,  // opens name
    -0.1452,  // opens plainly
    -0.3159,  // opens aside
    0.2587,  // opens some
    -0.0834,  // goes on with it
    -0.0525,  // goes on with you
    -0.5954,  // pointing
    -0.5602,  // past
    -0.2220,  // definite
    -0.3395,  // bare comparative
    -0.1168,  // opens generally
    0.9463,  // claim
};

}  // namespace podbrief::insights
