#include "adapters/doubles/inbound.hpp"

#include <algorithm>

namespace podbrief::doubles {

void InboundFeed::set_disorder(double twice, Millis longest_delay) {
    twice_ = twice;
    longest_delay_ = longest_delay;
}

void InboundFeed::push(InboundEvent event) {
    const int copies = random_.unit() < twice_ ? 2 : 1;
    for (int i = 0; i < copies; ++i) {
        const auto delay = random_.below(static_cast<std::uint64_t>(longest_delay_.count()) + 1);
        Arrival arrival;
        arrival.at = event.at + Millis{static_cast<std::int64_t>(delay)};
        arrival.event = event;
        const auto later = [](const Arrival& a, const Arrival& b) { return a.at < b.at; };
        arrivals_.insert(std::upper_bound(arrivals_.begin(), arrivals_.end(), arrival, later), std::move(arrival));
    }
}

std::vector<InboundEvent> InboundFeed::take(WallTime now) {
    std::vector<InboundEvent> out;
    auto end = arrivals_.begin();
    while (end != arrivals_.end() && end->at <= now) out.push_back(std::move((end++)->event));
    arrivals_.erase(arrivals_.begin(), end);
    return out;
}

}  // namespace podbrief::doubles
