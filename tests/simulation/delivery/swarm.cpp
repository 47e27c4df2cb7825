#include "tests/simulation/delivery/swarm.hpp"

#include <fmt/format.h>

#include "core/ports/random.hpp"

namespace podbrief::testing {
namespace {

using namespace std::chrono_literals;

// Days on which the clocks of some zones change, and others.
WallTime begin_of(Random& random) {
    using std::chrono::sys_days;
    using std::chrono::year;
    const sys_days days[] = {
        year{2026} / 3 / 7,   year{2026} / 3 / 28, year{2026} / 4 / 4,   year{2026} / 4 / 24,
        year{2026} / 9 / 26,  year{2026} / 10 / 3, year{2026} / 10 / 24, year{2026} / 10 / 29,
        year{2026} / 10 / 31, year{2027} / 2 / 27, year{2026} / 12 / 30, year{2028} / 2 / 27,
    };
    const std::uint64_t choice = random.below(std::size(days) + 4);
    const sys_days day =
        choice < std::size(days) ? days[choice] : sys_days{year{2026} / 1 / 5} + std::chrono::days{random.below(700)};
    return WallTime{day} + Millis{static_cast<std::int64_t>(random.below(86'400'000))};
}

}  // namespace

Swarm swarm_of(std::uint64_t seed, bool trouble) {
    Random random(seed * 0x9E3779B97F4A7C15ULL + 1);
    Swarm s;
    s.seed = seed;
    s.begin = begin_of(random);
    s.workers = 1 + static_cast<int>(random.below(3));
    s.readers = 12 + static_cast<int>(random.below(30));
    s.days = 2 + static_cast<int>(random.below(3));
    s.twice = random.below(3) == 0;
    s.telegram_fast = random.below(6) == 0;
    if (!trouble) return s;
    // Each kind is there in about every other world.
    const auto some = [&](double most) { return random.below(2) == 0 ? 0.0 : most * random.unit(); };
    s.crashes = some(12);
    s.longest_restart = random.below(3) == 0 ? Millis{3h} : Millis{2min};
    s.stops = some(8);
    s.longest_stop = random.below(3) == 0 ? Millis{30min} : Millis{1min};
    s.sleeps = random.below(8) == 0 ? 1 : 0;
    s.most_skew = random.below(3) == 0 ? Millis{5min} : Millis{0};
    s.store_failures = random.below(3) == 0 ? 0.01 * random.unit() : 0;
    s.bad_calls = some(0.35);
    s.outages = some(1.5);
    s.history_slow = random.below(8) == 0;
    s.edits = some(1.0);
    s.blocks = some(0.3);
    s.writer_fails = some(0.5);
    return s;
}

std::string Swarm::describe() const {
    return fmt::format(
        "seed {}: {} workers, {} readers, {} days; per day: {:.1f} crashes, {:.1f} stops, {:.1f} outages; bad calls "
        "{:.0f} %, "
        "store failures {:.2f} %, skew {} s, edits {:.1f}, blocks {:.1f}, writer fails {:.0f} %{}{}",
        seed, workers, readers, days, crashes, stops, outages, 100 * bad_calls, 100 * store_failures,
        most_skew.count() / 1000, edits, blocks, 100 * writer_fails, telegram_fast ? ", Telegram fast" : "",
        sleeps > 0 ? ", all asleep once" : "");
}

}  // namespace podbrief::testing
