#pragma once
#include <span>

#include "core/insights/tokens.hpp"

namespace podbrief::insights {

// What a sentence says of things named elsewhere, as far as words can tell without grammar.
struct References {
    int loose = 0;            // it, they, this, that, "the thing", ... with nothing before them that they could mean
    bool needs_name = false;  // he or she before any name
};

References references_in(std::span<const Token> words);

}  // namespace podbrief::insights
