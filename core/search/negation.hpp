#pragma once
#include <string_view>

namespace podbrief::search {

// Whether a claim denies something: an odd number of "not", "no", "never", "without", "cannot", "isn't" ... Two claims
// of the same words of which one is negated are not the same claim.
bool is_negated(std::string_view text);

}  // namespace podbrief::search
