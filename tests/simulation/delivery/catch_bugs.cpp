// Plants one mistake after the other and lets the simulation look for each; prints which seed showed it and how.
//   catch_bugs [--seeds MOST] [--only NAME]
#include <charconv>
#include <cstdio>
#include <cstring>
#include <ctime>

#include "tests/simulation/delivery/oracle.hpp"
#include "tests/simulation/delivery/planted_bugs.hpp"

namespace podbrief::testing {
namespace {

struct Caught {
    std::uint64_t seed = 0;  // 0: not caught
    std::uint64_t tried = 0;
    std::string by;
};

Caught look_for(const PlantedBug& bug, std::uint64_t most) {
    Caught caught;
    for (std::uint64_t seed = 1; seed <= most; ++seed) {
        ++caught.tried;
        Swarm swarm = swarm_of(seed);
        if (bug.needs) bug.needs(swarm);
        DeliveryWorld world(swarm, bug.wrapping);
        try {
            world.run();
        } catch (const std::exception& error) {
            caught.by = error.what();
        }
        const Findings found = look_at(world);
        if (caught.by.empty() && found.violations() > 0) caught.by = found.examples.front();
        if (caught.by.empty() && !world.failures().empty()) caught.by = world.failures();
        if (caught.by.empty()) continue;
        caught.seed = seed;
        return caught;
    }
    return caught;
}

int catch_all(std::uint64_t most, std::string_view only) {
    int caught = 0;
    int missed = 0;
    for (const PlantedBug& bug : planted_bugs()) {
        if (!only.empty() && bug.name != only) continue;
        const std::clock_t began = std::clock();
        const Caught found = look_for(bug, most);
        const double seconds = static_cast<double>(std::clock() - began) / CLOCKS_PER_SEC;
        if (found.seed != 0) {
            ++caught;
            std::printf("caught %-32s seed %-5llu %6.2f s  %s\n", bug.name.c_str(),
                        static_cast<unsigned long long>(found.seed), seconds,
                        found.by.substr(0, found.by.find('\n')).c_str());
        } else {
            ++missed;
            std::printf("MISSED %-32s %llu seeds, %.2f s: %s\n", bug.name.c_str(),
                        static_cast<unsigned long long>(found.tried), seconds, bug.mistake.c_str());
        }
        std::fflush(stdout);
    }
    std::printf("planted bugs: %d caught, %d missed\n", caught, missed);
    return missed == 0 ? 0 : 1;
}

}  // namespace
}  // namespace podbrief::testing

int main(int argc, char** argv) {
    std::uint64_t most = 2'000;
    std::string_view only;
    for (int i = 1; i + 1 < argc; i += 2) {
        if (std::strcmp(argv[i], "--seeds") == 0)
            std::from_chars(argv[i + 1], argv[i + 1] + std::strlen(argv[i + 1]), most);
        if (std::strcmp(argv[i], "--only") == 0) only = argv[i + 1];
    }
    return podbrief::testing::catch_all(most, only);
}
