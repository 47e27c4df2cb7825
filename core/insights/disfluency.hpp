#pragma once
#include "core/insights/draft.hpp"

namespace podbrief::insights {

// Takes off leading discourse words ("So, yeah, ...", "In other words, ..."). True: a "but" was among them.
bool drop_leading(Draft& draft);

// Takes out fillers ("um", ", you know,", ", or whatever"), doubled words, and false starts that are said again ("you
// can -- you can").
void drop_disfluencies(Draft& draft);

// Takes a closing tag (", right?") off. True: it was there, and what is left is a statement.
bool drop_tag(Draft& draft);

}  // namespace podbrief::insights
