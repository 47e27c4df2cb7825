#pragma once
#include <string>

#include "core/model/ids.hpp"

namespace podbrief::web {

// The ways in to a brief of one's own, as far as they are set up; empty: this one is not. Absolute addresses or paths
// of ours, without a query.
struct Doors {
    std::string slack_url;     // "/slack/install"; asked with ?insight=1a2b (base 36, core/commands/doors.hpp)
    std::string telegram_url;  // "https://t.me/podbrief_bot"; asked with ?start=i_1a2b
    std::string discord_url;   // "/join/discord"; asked with ?insight=1a2b

    bool any() const { return !slack_url.empty() || !telegram_url.empty() || !discord_url.empty(); }
};

// The same doors as they lead on from an insight; id 0: from elsewhere.
Doors doors_from(const Doors& doors, InsightId insight);

}  // namespace podbrief::web
