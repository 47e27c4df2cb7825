#pragma once
#include "core/model/time.hpp"

namespace podbrief::delivery {

// The numbers of delivery (design: RELIABILITY.md (b)).
struct Rules {
    // ---- budgets ----
    int most_attempts = 12;
    Millis brief_lives = std::chrono::hours{18};    // from the slot's time; then it is folded into the next
    Millis reply_lives = std::chrono::minutes{15};  // an answer that comes later is of no use
    Millis doubt_lives = std::chrono::hours{6};  // after it expired: how long an unknown outcome is still looked into
    double retry_share = 0.1;                    // retries per first try
    double retry_floor = 10;                     // that are allowed at once in any case

    // ---- waits ----
    Millis first_backoff{1'000};
    Millis longest_backoff = std::chrono::minutes{5};
    Millis look_after{2'000};  // after an unknown outcome, before it is looked into
    Millis settle{10'000};     // after the deadline of a call: what is not in the history by then was not made
    Millis park_probe = std::chrono::hours{1};  // how often a parked one is looked at again

    // ---- crashes ----
    int crashes_in_company = 1;  // of a delivery; after more it is sent alone, so that it cannot take others along
    int crashes_allowed = 3;     // in whose hand a delivery or slot was; then it waits apart
    Millis quarantine = std::chrono::minutes{10};

    // ---- calls and leases ----
    Millis call_limit{8'000};    // deadline of one call, at most
    Millis least_call{1'500};    // with less left of the lease, nothing is begun
    Millis lease{12'000};        // of a lane; renewed at a third
    Millis lease_margin{2'000};  // a call's deadline ends this long before the lease

    // ---- breakers ----
    int failures_to_open = 5;  // in a row
    Millis first_open{5'000};  // doubles with every failed probe
    Millis longest_open{60'000};
    Millis first_revoked = std::chrono::minutes{1};  // after a revoked token
    Millis longest_revoked = std::chrono::hours{1};
    int chats_to_hold_lane = 3;  // rate limits in so many chats within `chats_window` hold the whole lane
    Millis chats_window{10'000};

    // ---- herd ----
    double usable_share = 0.8;  // of a lane's rate that briefs may take; the rest is for answers
};

}  // namespace podbrief::delivery
