#pragma once
#include <string>
#include <vector>

#include "core/insights/statements.hpp"

namespace podbrief::insights {

// Sentences that open with "it" or "they" right after one whose subject is clear get a second wording
// with that subject in its place: "Marvin is a prompting library." "It hides ..." gives "Marvin hides ...". Sets
// Statement.lead of those that then stand alone.
void find_leads(std::vector<Statement>& statements);

}  // namespace podbrief::insights
