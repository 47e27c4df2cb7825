#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "core/delivery/rules.hpp"
#include "core/model/delivery.hpp"
#include "core/ports/messenger.hpp"

namespace podbrief::delivery {

// Whose limits a destination shares: "telegram", "slack:T1".
std::string lane_of(const PlatformTraits& traits, const Destination& destination);

// Calls that one message costs.
int calls_per_message(const PlatformTraits& traits);

// How long the briefs of `herd` destinations of one lane, all due at one minute, take at the usable share of its rate:
// W >= N * calls / (usable share * rate). 0: all at once, for herds that are through within a second.
Millis herd_window(std::int64_t herd, const PlatformTraits& traits, const Rules& rules);

// Where in [0, window) one of them stands: by a hash, so that it is the same every day.
Millis place_in_herd(std::string_view destination, Millis window);

}  // namespace podbrief::delivery
