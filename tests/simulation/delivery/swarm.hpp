#pragma once
#include <cstdint>
#include <string>

#include "core/model/time.hpp"

namespace podbrief::testing {

// What one simulated world is like: which kinds of trouble it has, and how much. Every seed draws its own (swarm
// testing: Groce et al., ISSTA 2012), since a world with everything wrong at once hides what a single kind of trouble
// shows.
struct Swarm {
    std::uint64_t seed = 1;
    int workers = 1;
    int readers = 24;
    int days = 3;
    WallTime begin{};

    // Processes, per worker and day.
    double crashes = 0;
    Millis longest_restart = std::chrono::minutes{5};
    double stops = 0;  // SIGSTOP
    Millis longest_stop = std::chrono::minutes{3};
    double sleeps = 0;  // all machines at once, for hours or days, per world
    Millis most_skew{0};
    // The store, per call.
    double store_failures = 0;
    // Platforms, per call; outages per day.
    double bad_calls = 0;
    double outages = 0;
    bool telegram_fast = false;
    bool history_slow = false;
    // People, per reader and day.
    double edits = 0;
    double blocks = 0;
    // The writer of briefs, per brief.
    double writer_fails = 0;
    bool twice = false;  // some readers are briefed twice a day, on weekdays, weekly

    std::string describe() const;
};

// Of that seed; `trouble` false: nothing goes wrong.
Swarm swarm_of(std::uint64_t seed, bool trouble = true);

}  // namespace podbrief::testing
