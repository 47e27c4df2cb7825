#pragma once
#include <vector>

#include "core/search/fuse.hpp"

namespace podbrief::search {

// What is looked for as a model that is not built in sees it: given from outside, since such a model is waited for.
struct Meaning {
    const VectorIndex* vectors = nullptr;  // of the insights, by the same model
    std::vector<float> vector;
    Fusion fusion;  // how near is near to that model
};

}  // namespace podbrief::search
