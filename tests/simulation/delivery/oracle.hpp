#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "tests/simulation/delivery/delivery_world.hpp"

namespace podbrief::testing {

// Joins what people saw in the chats with what is stored, and with what should have been, reckoned apart from the
// product: the invariants of RELIABILITY.md (c). Read when a world has run and calmed down.
struct Findings {
    std::uint64_t slots = 0;        // that came due
    std::uint64_t user_days = 0;    // local days of readers, lived through
    std::uint64_t messages = 0;     // parts of briefs seen
    std::uint64_t lost = 0;         // I1: a brief that should have been seen and was not, or ended without a reason
    std::uint64_t doubled = 0;      // I2: a piece of a brief seen twice, or two briefs of one day
    std::uint64_t early = 0;        // I3
    std::uint64_t disordered = 0;   // I4
    std::uint64_t inside_wait = 0;  // I5: calls within a wait that the platform had asked for
    std::uint64_t unfinished = 0;   // still open when everything has to be done
    std::uint64_t untold = 0;       // superseded, and no later brief says so
    std::uint64_t zombies = 0;      // calls begun without the lane's lease
    std::uint64_t storms = 0;       // retries beyond their share of first tries
    std::uint64_t crowded = 0;      // two briefs of one reader too near each other
    std::uint64_t littered = 0;     // placeholders left beyond the attempts whose outcome was unknown
    std::uint64_t calls = 0;
    std::uint64_t limited = 0;  // real rate limits met
    std::uint64_t sent = 0, superseded = 0, strays = 0;
    std::vector<Millis> lateness;       // of each brief's first part against its assigned time
    std::vector<std::string> examples;  // a line for each of the first violations

    std::uint64_t violations() const {
        return lost + doubled + early + disordered + inside_wait + unfinished + untold + zombies + storms + crowded +
               littered;
    }
    void add(const Findings& other);
};

Findings look_at(DeliveryWorld& world);

}  // namespace podbrief::testing
