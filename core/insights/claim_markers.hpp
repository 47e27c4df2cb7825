#pragma once
#include <span>

#include "core/insights/tokens.hpp"

namespace podbrief::insights {

// How much words read like a claim: the summed weight of phrases of cause, contrast, comparison, consequence,
// evaluation and generality, each kind counted at most twice. 0 for plain narration; 2 and more for a rich claim.
double claim_weight(std::span<const Token> tokens);

}  // namespace podbrief::insights
