#pragma once
#include <span>
#include <string_view>

#include "core/insights/tokens.hpp"

namespace podbrief::insights {

// The gate that a sentence fails as the first of an insight because of how it opens: leaning on what was said before,
// commanding, speaking of "we" or to "you". Empty: none.
std::string_view opening_fault(std::span<const Token> words);

}  // namespace podbrief::insights
