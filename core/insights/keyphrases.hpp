#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "core/insights/statements.hpp"

namespace podbrief::insights {

// What a text is about: up to `limit` phrases of one to three telling words that stand together in it, lower case, the
// most telling first by how often the episode says them. `speaker`'s own name is none.
std::vector<std::string> topics_of(std::string_view text, Vocabulary& vocabulary, std::string_view speaker,
                                   std::size_t limit);

// The names in a text as they are spelt in it, in order, each once; not `speaker`'s own. A word that opens a sentence
// counts when the episode writes it with a capital elsewhere.
std::vector<std::string> entities_of(std::string_view text, const Vocabulary& vocabulary, std::string_view speaker);

}  // namespace podbrief::insights
