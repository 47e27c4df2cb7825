#pragma once
#include <string>
#include <string_view>

#include "core/insights/draft.hpp"

namespace podbrief::insights {

// Whether a clause of the sentence opens with "I think" or its like ("I don't believe", "I'd argue") in a way that can
// be said of a third person.
bool has_attribution(const Draft& draft);

// "I don't think ...", "I doubt ...": without it the sentence would say the opposite, or more than was said.
bool denies(const Draft& draft);

// "I think" becomes "<speaker> thinks"; said a second time in the sentence, it goes.
void attribute(Draft& draft, std::string_view speaker);

// "I guess (that) it grows" becomes "perhaps it grows": who guesses doubts, and believes nothing.
void soften_guesses(Draft& draft);

// The sentence without "I think (that)".
std::string without_attribution(Draft draft);

}  // namespace podbrief::insights
