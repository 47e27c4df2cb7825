#pragma once
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "adapters/discord/answer.hpp"
#include "core/ports/messenger.hpp"

namespace podbrief::discord {

// What Discord said about when to call again, and how often it said no. Pure; times are the steady clock's. Nothing is
// hard-coded: buckets are learnt from the headers, and may change at any time.
class RateLimits {
public:
    static constexpr std::size_t most_invalid = 5'000;  // in 10 minutes; at 10,000 the address is banned
    static constexpr Millis invalid_window{600'000};

    // Of one route ("POST /channels/:/messages") and the id on top of its path (channel, webhook).
    struct Where {
        std::string route;
        std::string major;
        bool counts_globally = true;  // interactions' own routes do not
    };
    // Not to be called now: for how long, and who else has to wait. nullopt: go on.
    std::optional<NotSent> hold(const Where& where, SteadyTime now);
    void learn(const Where& where, const Answer& answer, SteadyTime now);

    std::size_t invalid(SteadyTime now);  // in the window

private:
    using Key = std::pair<std::string, std::string>;  // bucket or route, major
    Key key_of(const Where& where) const;
    void hold_until(const Key& key, SteadyTime until, SteadyTime now);

    std::map<std::string, std::string> buckets_;  // by route
    std::map<Key, SteadyTime> held_;
    SteadyTime all_held_until_{};   // global, or the edge's page: also interactions
    SteadyTime most_held_until_{};  // global: not interactions
    std::deque<SteadyTime> invalid_;
};

}  // namespace podbrief::discord
