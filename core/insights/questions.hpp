#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "core/insights/statements.hpp"

namespace podbrief::insights {

// A question as somebody else tells of it: "whether small models will win", "what the hardest part is", "how to test
// prompts"; empty when that would take more than moving a word.
std::string asked(std::string_view question);

// Answers that need their question carry it: "Do you think small models will win?" "No, because ..." gives "Asked
// whether small models will win, Mira Okonjo says no: ...". Sets Statement.lead of the first sentence of an answer that
// does not stand alone; its quote then begins with the question. Only where the answer comes right behind.
void pair_answers(std::vector<Statement>& statements, const std::vector<Turn>& turns,
                  const std::vector<std::string>& speakers);

}  // namespace podbrief::insights
