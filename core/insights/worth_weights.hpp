#pragma once
#include "core/insights/worth.hpp"

namespace podbrief::insights {

// Fitted by tests/bench/worth/fit.py on the labels beside it; not edited by hand.
inline constexpr double worth_bias = -1.8499;
inline constexpr WorthFeatures worth_weights = {
    0.8906,  // cause
    0.0029,  // contrast
    0.6803,  // negation
    0.2532,  // than
    0.4969,  // comparative
    0.4057,  // superlative
    0.3760,  // universal
    0.1831,  // condition
    0.5116,  // trouble
    0.2920,  // money
    -0.3963,  // definition
    0.0980,  // example
    -0.3300,  // vague
    0.0806,  // filler
    -0.1381,  // praise
    0.0446,  // product
    -0.2185,  // you can
    -0.3229,  // presupposing
    -0.0828,  // recency
    -0.0965,  // future
    -0.4293,  // hedge
    -0.3735,  // we
    -0.0777,  // you
    -0.1287,  // somebody
    -0.1172,  // it
    0.3859,  // they
    0.0316,  // this and that
    -0.4857,  // that
    0.1190,  // which clause
    -0.8558,  // and
    0.1961,  // or
    0.1674,  // people
    0.1913,  // talk about talk
    -0.0742,  // change
    0.5217,  // centrality
    0.4396,  // attributed
    -0.0623,  // one sentence
    0.1319,  // three sentences
    0.6603,  // words
    -0.3119,  // short sentence
    0.3879,  // longest sentence
    -0.8945,  // commas
    -0.2135,  // dashes
    0.4673,  // numbers
    0.9334,  // figures
    -0.2648,  // names
    0.2197,  // density
    0.1418,  // word length
    -0.5449,  // opens there
    -0.0441,  // opens if
    0.1566,  // opens the
    -0.0603,  // opens name
    -0.1520,  // opens plainly
    -0.3257,  // opens aside
    0.2704,  // opens some
    -0.0608,  // goes on with it
    0.0190,  // goes on with you
    -0.6109,  // pointing
    -0.5779,  // past
    -0.2381,  // definite
    -0.3251,  // bare comparative
    -0.1032,  // opens generally
    0.8937,  // claim
};

}  // namespace podbrief::insights
