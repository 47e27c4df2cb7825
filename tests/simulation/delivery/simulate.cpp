// Simulates delivery and prints what became of it; one command for the figures of the closing report.
//   simulate [--user-days N] [--seed FIRST] [--worlds N] [--calm] [--verbose] [--points]
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <map>

#include "tests/simulation/delivery/oracle.hpp"

namespace podbrief::testing {
namespace {

struct Options {
    std::uint64_t user_days = 10'000;
    std::uint64_t seed = 1;
    std::uint64_t worlds = 0;  // 0: as many as it takes
    bool calm = false;
    bool verbose = false;
    bool points = false;  // counts the points that processes pass
};

Options parse(int argc, char** argv) {
    Options options;
    for (int i = 1; i < argc; ++i) {
        const std::string_view name = argv[i];
        const auto number = [&](std::uint64_t& to) {
            if (++i < argc) std::from_chars(argv[i], argv[i] + std::strlen(argv[i]), to);
        };
        if (name == "--user-days") number(options.user_days);
        if (name == "--seed") number(options.seed);
        if (name == "--worlds") number(options.worlds);
        if (name == "--calm") options.calm = true;
        if (name == "--points") options.points = true;
        if (name == "--verbose") options.verbose = true;
    }
    return options;
}

double cpu_seconds() {
    return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

Millis percentile(std::vector<Millis>& values, double share) {
    if (values.empty()) return Millis{0};
    const auto place = values.begin() + static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size() - 1));
    std::nth_element(values.begin(), place, values.end());
    return *place;
}

int simulate(const Options& options) {
    Findings all;
    std::uint64_t faults = 0;
    std::uint64_t crashes = 0;
    std::uint64_t worlds = 0;
    std::uint64_t bad = 0;
    const double began = cpu_seconds();
    std::uint64_t seed = options.seed;
    while (options.worlds > 0 ? worlds < options.worlds : all.slots < options.user_days) {
        const Swarm swarm = swarm_of(seed, !options.calm);
        DeliveryWorld world(swarm);
        std::map<std::string, std::uint64_t> points;
        if (options.points) {
            world.on_point = [&](Process&, const char* call, const char* moment) {
                ++points[std::string(call) + " " + moment];
            };
        }
        try {
            world.run();
        } catch (const std::exception& error) {
            std::printf("%s\n    %s\n", swarm.describe().c_str(), error.what());
            ++bad;
        }
        for (const auto& [point, count] : points)
            std::printf("%9llu %s\n", static_cast<unsigned long long>(count), point.c_str());
        const Findings found = look_at(world);
        if (options.verbose)
            std::printf("%s: %llu slots, %llu violations\n", swarm.describe().c_str(),
                        static_cast<unsigned long long>(found.slots),
                        static_cast<unsigned long long>(found.violations()));
        if (found.violations() > 0 || !world.failures().empty()) {
            ++bad;
            std::printf("%s\n", swarm.describe().c_str());
            for (const std::string& line : found.examples) std::printf("    %s\n", line.c_str());
            if (!world.failures().empty()) std::printf("    a worker ended: %s", world.failures().c_str());
        }
        faults += world.faults();
        crashes += world.crashes();
        all.add(found);
        ++worlds;
        ++seed;
    }
    const double seconds = std::max(0.001, cpu_seconds() - began);
    const double per_1000 = 1000.0 / static_cast<double>(std::max<std::uint64_t>(1, all.slots));
    fmt::print(
        "simulation: seeds {} to {}, {} user-days, {} faults ({:.0f} per 1,000), {} crashes, {} messages seen; "
        "{} lost, {} doubled, {} early, {} disordered, {} within a wait, {} unfinished, {} untold, {} by zombies, "
        "{} crowded, {} storms, {} littered; {} superseded and told, {} stray lines; {:.0f} user-days/s of CPU\n",
        options.seed, seed - 1, all.slots, faults, static_cast<double>(faults) * per_1000, crashes, all.messages,
        all.lost, all.doubled, all.early, all.disordered, all.inside_wait, all.unfinished, all.untold, all.zombies,
        all.crowded, all.storms, all.littered, all.superseded, all.strays, static_cast<double>(all.slots) / seconds);
    fmt::print("calls: {}, of which {} met a rate limit\n", all.calls, all.limited);
    fmt::print("lateness against the assigned time: p50 {} ms, p99 {} ms, most {} ms\n",
               percentile(all.lateness, 0.5).count(), percentile(all.lateness, 0.99).count(),
               percentile(all.lateness, 1).count());
    return bad == 0 ? 0 : 1;
}

}  // namespace
}  // namespace podbrief::testing

int main(int argc, char** argv) {
    return podbrief::testing::simulate(podbrief::testing::parse(argc, argv));
}
