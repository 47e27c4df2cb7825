#pragma once
#include <string_view>

#include "core/model/insight.hpp"

namespace podbrief::insights {

// The scores of a finished text that its words alone tell: claim, specificity, self_contained. By the same measures as
// those of the built-in engine's candidates, so that insights of both can be ranked together.
InsightScores scores_of(std::string_view text);

}  // namespace podbrief::insights
