#pragma once
#include <algorithm>
#include <map>
#include <string>
#include <utility>

#include "core/model/time.hpp"

namespace podbrief::slack {

// Calls outside the lanes (who somebody is, notices, App Home) keep to Slack's limits by themselves: per workspace and
// method, a little below what is allowed, and not before the time that Slack asked to wait. What is over it is left
// out.
class Budget {
public:
    // True: one call may be made now, and is counted.
    bool take(const std::string& workspace, const std::string& method, SteadyTime now) {
        State& state = states_[{workspace, method}];
        if (now < state.not_before) return false;
        const Millis each{60'000 / per_minute(method)};
        const SteadyTime full = std::max(state.full_at, now);
        if (full - now > each * burst) return false;
        state.full_at = full + each;
        forget_idle(now);
        return true;
    }
    void hold(const std::string& workspace, const std::string& method, Millis wait, SteadyTime now) {
        State& state = states_[{workspace, method}];
        state.not_before = std::max(state.not_before, now + std::max(wait, Millis{1'000}));
    }

private:
    static constexpr int burst = 10;
    static constexpr std::size_t most = 20'000;
    struct State {
        SteadyTime full_at{};
        SteadyTime not_before{};
    };
    // Tier 3 allows 50 a minute, tier 4 100 (docs.slack.dev/apis/web-api/rate-limits).
    static int per_minute(const std::string& method) {
        return method == "conversations.open" || method.starts_with("conversations.") ? 40 : 80;
    }
    void forget_idle(SteadyTime now) {
        if (states_.size() < most) return;
        std::erase_if(states_, [now](const auto& entry) {
            return entry.second.full_at <= now && entry.second.not_before <= now;
        });
    }

    std::map<std::pair<std::string, std::string>, State> states_;
};

}  // namespace podbrief::slack
