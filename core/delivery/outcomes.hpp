#pragma once
#include <optional>
#include <string>

#include "core/delivery/rules.hpp"
#include "core/model/delivery.hpp"
#include "core/ports/messenger.hpp"
#include "core/ports/random.hpp"

namespace podbrief::delivery {

// What an attempt's outcome makes of its delivery, and of others.
struct Verdict {
    Delivery next;
    std::string event;  // for the history
    std::string detail;

    bool go_on = false;        // still claimed by us, and there is a next step at once
    bool alarm = false;        // a person should look at it
    bool took_effect = false;  // the platform answered well: its breaker may close
    bool failed = false;       // platform or network failed: its breaker counts it
    bool tenant_gone = false;  // the token is revoked: the lane is held
    bool limited = false;      // a rate limit

    std::optional<DestinationState> destination;  // its new state
    std::optional<Destination> moved_to;
    std::optional<WallTime> destination_not_before;
    std::optional<WallTime> lane_not_before;
    std::optional<WallTime> finds_not_before;  // of the lane: looking into histories has a limit of its own
};

// Pure but for the jitter. `delivery` as it was when the call was made: dispatching, or reconciling for a find; `step`
// what was called, `began` when, by the clock of `now`. The classes of RELIABILITY.md (b): decided by what may have
// happened, not by an error's name.
Verdict after(const Delivery& delivery, const SendOutcome& outcome, const Rules& rules, WallTime began, WallTime now,
              Random& random);

// first * 2^(attempt - 1), at most the longest, less up to a half of it (jitter); attempt from 1.
Millis backoff(int attempt, const Rules& rules, Random& random);
// Grows with the time that passed since `since`, which makes retries geometric without counting them; same bounds.
Millis by_age(WallTime since, WallTime now, const Rules& rules, Random& random);

}  // namespace podbrief::delivery
