#pragma once
#include <string>
#include <vector>

#include "tests/doubles/ai/ai_double.hpp"

namespace podbrief::testing {

// An order hidden in what somebody says, and what must never come out of it.
struct Attack {
    std::string said;     // in the transcript
    std::string payload;  // what a model that obeys would write
    std::string canary;   // a part of the payload that nothing else has
};

// Every payload (addresses of all kinds, mentions, markup, scripts, foreign claims, what is not seen) in every carrier
// (plain orders, false ends of the transcript, false answers, roles): more than 200.
std::vector<Attack> all_attacks();

// A model that does what the transcript tells it: beside true claims it writes the payload as a claim, behind a true
// claim, inside of a quote, as a quote that is really there, in a speaker's mouth, and tells its own instructions.
Brain obeying_brain(const Attack& attack);

}  // namespace podbrief::testing
