#pragma once
#include <span>
#include <string>
#include <string_view>

namespace podbrief::insights {

// The gate that a text's numbers and names pass when its quote (or the names of the persons the feed tells, the speaker
// among them) contains them; gate::none, or which of the two failed. Texts of any engine go through it.
//
// Numbers: "1,000" equals "1000", and a word ("three") its digits. Names: words with a capital inside a sentence, and
// words with a capital behind the first letter; compared without case and accents, possessives off.
std::string_view ungrounded(std::string_view text, std::string_view quote, std::span<const std::string> persons);

}  // namespace podbrief::insights
