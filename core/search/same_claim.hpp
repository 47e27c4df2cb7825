#pragma once
#include <optional>

#include "core/ports/search_index.hpp"

namespace podbrief::search {

// The cluster of an insight in another episode that makes nearly the same claim as `insight` (not yet in the index, or
// in it already); nullopt: none. Conservative: a false merge is worse than a miss. Needs the same stance, and either
// nearly the same words, or much the same words together with shared names and effect.
std::optional<ClaimClusterId> same_claim(const SearchIndex& index, const Insight& insight);

}  // namespace podbrief::search
