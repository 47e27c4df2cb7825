#pragma once
#include <cstddef>
#include <vector>

namespace podbrief::insights {

// Shared over united (Jaccard), of sorted lists without repeats: 0..1; 0 when both are empty.
template <class Id>
double overlap(const std::vector<Id>& a, const std::vector<Id>& b) {
    std::size_t shared = 0;
    for (auto i = a.begin(), j = b.begin(); i != a.end() && j != b.end();) {
        shared += *i == *j;
        const bool step_i = *i <= *j;
        const bool step_j = *j <= *i;
        i += step_i;
        j += step_j;
    }
    const std::size_t united = a.size() + b.size() - shared;
    return united == 0 ? 0 : static_cast<double>(shared) / static_cast<double>(united);
}

}  // namespace podbrief::insights
