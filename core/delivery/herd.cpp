#include "core/delivery/herd.hpp"

#include <cmath>

#include "core/text/digest.hpp"

namespace podbrief::delivery {

std::string lane_of(const PlatformTraits& traits, const Destination& destination) {
    return traits.lane_per_workspace ? traits.platform + ":" + destination.workspace : traits.platform;
}

int calls_per_message(const PlatformTraits& traits) {
    return traits.has_placeholders ? 2 : 1;
}

Millis herd_window(std::int64_t herd, const PlatformTraits& traits, const Rules& rules) {
    if (traits.lane_rate.count <= 0 || herd <= 1) return Millis{0};
    const double calls = static_cast<double>(herd) * calls_per_message(traits);
    const double per_call = static_cast<double>(traits.lane_rate.per.count()) / traits.lane_rate.count;
    const Millis window{static_cast<std::int64_t>(std::ceil(calls * per_call / rules.usable_share))};
    return window <= Millis{1'000} ? Millis{0} : window;
}

Millis place_in_herd(std::string_view destination, Millis window) {
    if (window <= Millis{0}) return Millis{0};
    return Millis{static_cast<std::int64_t>(text::fnv1a(destination) % static_cast<std::uint64_t>(window.count()))};
}

}  // namespace podbrief::delivery
