#pragma once
#include <cstddef>
#include <span>

#include "core/insights/tokens.hpp"

namespace podbrief::insights {

// Grammar as far as it can be told from closed classes of words and endings, without a parser. Made for talk: what is
// found wanting is mostly a sentence that the speaker began anew.

// Words side by side that no sentence has so: "of the we're", "is are", "that serverless, the attempt there was".
bool is_broken(std::span<const Token> words);

// A verb that can carry a clause: "runs", "has been", "engineers invented"; not "to run", "running", "the run".
bool is_finite(std::span<const Token> words, std::size_t i);

// Whether a finite verb is left for the main clause when each "which", "that", "what", "if", ... has taken one.
bool has_main_clause(std::span<const Token> words);

// More of the finite verbs stand in the past than in the present.
bool is_told_in_the_past(std::span<const Token> words);

// "You need to check ...", "Just use ...", "Make sure that ...": tells the listener what to do.
bool gives_advice(std::span<const Token> words);

}  // namespace podbrief::insights
