// Kills a worker at every point of its life, on every platform, with every outcome of the call under way and several
// delays of the restart: all cases, none by chance. A point is a call of a port and a moment of it (process.hpp): what
// a process does between two of them leaves no trace.
//   fault_points [--only POINT]
#include <cstdio>
#include <ctime>
#include <set>

#include "tests/simulation/delivery/oracle.hpp"

namespace podbrief::testing {
namespace {

using namespace std::chrono_literals;

struct Platform {
    const char* name;
    bool telegram_fast;
};
constexpr Platform platforms[] = {{"slack", false}, {"discord", false}, {"telegram", false}, {"telegram", true}};

struct Outcome {
    const char* name;
    FaultKind kind;
    bool made;
};
constexpr Outcome outcomes[] = {
    {"well", FaultKind::none, true},
    {"answer lost", FaultKind::silent, true},
    {"nothing made, no answer", FaultKind::silent, false},
    {"made late", FaultKind::made_late, true},
    {"server error", FaultKind::http_500, false},
};
constexpr Millis restarts[] = {Millis{0}, Millis{3s}, Millis{45s}, Millis{20min}};

using Point = std::string;

struct Case {
    Platform platform;
    Outcome outcome;
    Point point;  // empty: nobody dies
    Millis restart{0};
};

// One reader who is due 50 minutes from the start, and again a day later.
Findings live(const Case& c, std::set<Point>* points) {
    Swarm swarm;
    swarm.seed = 7;
    swarm.readers = 0;
    swarm.workers = 1;
    swarm.begin = WallTime{std::chrono::sys_days{std::chrono::year{2026} / 3 / 2}} + 7h + 10min;
    swarm.telegram_fast = c.platform.telegram_fast;
    DeliveryWorld world(swarm);
    bool died = false;
    world.on_point = [&](Process&, const char* call, const char* moment) {
        Point here = std::string(call) + " " + moment;
        if (points) points->insert(here);
        if (died || c.point.empty() || here != c.point || world.clock().wall_now() < swarm.begin + 4min) return;
        died = true;
        world.kill_worker(0, c.restart);
    };
    world.begin();
    world.add_reader(c.platform.name, "UTC", 8h, Cadence::daily);
    world.worker(0).services().wake();
    if (c.outcome.kind != FaultKind::none) {
        Fault fault;
        fault.kind = c.outcome.kind;
        fault.made = c.outcome.made;
        fault.delay = 3s;
        world.trouble().order(fault, c.platform.name);
    }
    world.run_for(2h);
    world.calm();
    world.run_for(28h);
    return look_at(world);
}

int enumerate(std::string_view only) {
    const std::clock_t began = std::clock();
    std::set<Point> points;
    for (const Platform& platform : platforms) {
        for (const Outcome& outcome : outcomes) live({platform, outcome, "", Millis{0}}, &points);
    }
    int passed = 0;
    int failed = 0;
    for (const Point& point : points) {
        if (!only.empty() && point != only) continue;
        for (const Platform& platform : platforms) {
            for (const Outcome& outcome : outcomes) {
                for (const Millis restart : restarts) {
                    const Findings found = live({platform, outcome, point, restart}, nullptr);
                    if (found.violations() == 0) {
                        ++passed;
                        continue;
                    }
                    ++failed;
                    std::printf("failed: killed at %s; %s%s; %s; restarted after %lld s: %s\n", point.c_str(),
                                platform.name, platform.telegram_fast ? " fast" : "", outcome.name,
                                static_cast<long long>(restart.count() / 1000), found.examples.front().c_str());
                }
            }
        }
    }
    std::printf("fault points: %zu points x %zu platforms x %zu outcomes x %zu delays, %.1f s of CPU\n", points.size(),
                std::size(platforms), std::size(outcomes), std::size(restarts),
                static_cast<double>(std::clock() - began) / CLOCKS_PER_SEC);
    std::printf("%d passed, %d failed\n", passed, failed);
    return failed == 0 ? 0 : 1;
}

}  // namespace
}  // namespace podbrief::testing

int main(int argc, char** argv) {
    return podbrief::testing::enumerate(argc > 2 ? argv[2] : "");
}
