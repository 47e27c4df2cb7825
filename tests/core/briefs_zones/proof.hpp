#pragma once
#include <string>
#include <vector>

#include "core/briefs/zones.hpp"
#include "core/model/reader.hpp"

namespace podbrief::briefs {

struct Proof {
    std::int64_t transitions = 0;
    std::int64_t checks = 0;      // slots compared, and ends of chains
    std::int64_t violations = 0;  // another instant, another day, one too many or too few
    std::vector<std::string> examples;
};

// Chains next_slot, as `zones` have it, through two days before and after every change of the zone within 2007 to 2037
// for every minute of the day, and compares with the oracle.
void prove(const std::string& zone, Cadence cadence, const Zones& zones, Proof& proof);

// Names of all zones and links of the system's database.
std::vector<std::string> all_zones();

}  // namespace podbrief::briefs
