#pragma once
#include <string>
#include <vector>

#include "tests/simulation/delivery/worker.hpp"

namespace podbrief::testing {

// A mistake that delivery must not make, made on purpose, to see that the suite notices. Each stands between a worker
// and one of its ports, or in its settings: where the mistake would show, and nowhere in the product.
struct PlantedBug {
    std::string name;
    std::string mistake;  // one line
    Wrapping wrapping;
    // A world that has what the mistake needs; nullptr: any.
    void (*needs)(struct Swarm&) = nullptr;
};

std::vector<PlantedBug> planted_bugs();

}  // namespace podbrief::testing
