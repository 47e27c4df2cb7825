#pragma once
#include "core/insights/draft.hpp"

namespace podbrief::insights {

// Takes off what stands around a claim and says nothing of it: an opening in which the speaker speaks of himself or to
// the other ("I was reading about it, and models need ..."), an opening that broke off ("The way they -- models need
// ..."), a closing of the same kind (", and I love that."), "I think" between commas. What is left has ten words or
// more. True: such an "I think" was among it, so the sentence is the speaker's opinion.
bool trim_clauses(Draft& draft);

}  // namespace podbrief::insights
