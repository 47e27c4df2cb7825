#include "bot/bench/figures.hpp"

#include <algorithm>
#include <cmath>

namespace podbrief::bot::bench {

double Times::percentile_ms(double share) const {
    if (all_.empty()) return 0;
    std::vector<Micros> sorted = all_;
    const auto rank = static_cast<std::size_t>(std::ceil(share * static_cast<double>(sorted.size())));
    const std::size_t at = std::clamp<std::size_t>(rank, 1, sorted.size()) - 1;
    std::nth_element(sorted.begin(), sorted.begin() + static_cast<std::ptrdiff_t>(at), sorted.end());
    return static_cast<double>(sorted[at].count()) / 1000.0;
}

}  // namespace podbrief::bot::bench
