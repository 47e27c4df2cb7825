#pragma once
#include <map>
#include <string>
#include <vector>

#include "tests/doubles/ai/ai_double.hpp"

// Models that write what a test wants.
namespace podbrief::testing {

// The segments that a request shows: number -> words, without the speaker.
std::map<int, std::string> segments_shown(const Asked& asked);
// How many insights it asks for at most; 0: it asks for something else.
std::size_t most_asked(const Asked& asked);

struct WrittenClaim {
    std::string claim;
    std::string quote;
    std::vector<int> segments;
};
std::string claims_as_json(const std::vector<WrittenClaim>& claims);

// Copies the first sentences of 20 words and more, each as claim and as quote; of claims to choose from all, last
// first. What it writes is true.
Brain honest_brain();

// What honest_brain writes, as it is when `spoil` is through with it.
Brain spoilt_brain(std::function<void(std::vector<WrittenClaim>& claims, const Asked& asked)> spoil);

}  // namespace podbrief::testing
