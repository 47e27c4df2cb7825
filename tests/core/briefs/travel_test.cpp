// Readers who change their time zone all day long.
#include <gtest/gtest.h>

#include <random>

#include "tests/core/briefs/schedule_support.hpp"

namespace podbrief::briefs {
namespace {

using namespace std::chrono_literals;

const char* const places[] = {
    "Pacific/Kiritimati", "Pacific/Apia",     "Pacific/Chatham",     "Pacific/Auckland",     "Pacific/Honolulu",
    "Pacific/Pago_Pago",  "Etc/GMT+12",       "America/Los_Angeles", "America/New_York",     "America/St_Johns",
    "America/Nuuk",       "America/Santiago", "Atlantic/Azores",     "Europe/London",        "Europe/Berlin",
    "Africa/Cairo",       "Asia/Beirut",      "Asia/Kathmandu",      "Australia/Lord_Howe",  "Asia/Tokyo",
    "Antarctica/Troll",   "America/Havana",   "Asia/Kolkata",        "America/Scoresbysund", "UTC",
};

// Walks through `days` days with `changes` changes of zone a day; gives the instants at which briefs were sent.
class Walk {
public:
    Walk(Cadence cadence, std::uint64_t seed) : store_(reader_in("UTC", 0min, cadence)), random_(seed) {
        store_.state.reader.brief_at = std::chrono::minutes{pick(1440)};
        store_.state.reader.created_at = now_;
        next_plan_ = now_;
    }

    void run(int days, int changes) {
        const WallTime end = now_ + std::chrono::days{days};
        while (now_ < end) {
            const WallTime change = now_ + Millis{pick(2 * 86'400'000 / changes)};
            while (step(change)) {
            }
            now_ = change;
            store_.state.reader.time_zone = places[pick(static_cast<int>(std::size(places)))];
            plan();
        }
    }

    std::string problems;
    int sent = 0;

private:
    int pick(int below) { return static_cast<int>(random_() % static_cast<std::uint64_t>(below)); }

    void plan() {
        next_plan_ = store_.plan_at(now_).next_plan_at;
        if (next_plan_ <= now_) problems += "a plan that is due at once\n";
    }

    // What happens next, if it does before `end`.
    bool step(WallTime end) {
        const bool open = store_.state.open.has_value();
        const WallTime at = open ? std::max(now_, std::min(store_.state.open->due_at, next_plan_)) : next_plan_;
        if (at >= end) return false;
        now_ = at;
        if (open && store_.state.open->due_at <= now_) {
            note();
            store_.fire();
        }
        plan();
        return true;
    }

    void note() {
        ++sent;
        const Reader& reader = store_.state.reader;
        if (last_) {
            const bool twice = reader.cadence == Cadence::twice_a_day;
            // Where clocks change meanwhile, the hour goes with them.
            const Millis change = clocks_changed() ? 2h : 0h;
            const Millis least = (twice ? 6h : 12h) - change;
            Millis most = (twice ? 18h : 36h) + change;
            // Stated in slots.hpp: who came back to the zone of the last brief for a late one, and does so again.
            if (last_late_) most += twice ? 6h : 12h;
            const Millis distance = now_ - *last_;
            if (distance < least || distance > most) {
                problems += fmt::format("{} min apart at {} in {}\n", distance / 1min, to_ms(now_), reader.time_zone);
            }
        }
        last_ = now_;
        last_late_ = store_.state.open->planned_at > store_.state.open->due_at;
        store_.slots.clear();
        store_.state.open->id = SlotId{1};
        store_.slots.push_back(*store_.state.open);
    }

    bool clocks_changed() const {
        return std::any_of(std::begin(places), std::end(places), [&](const char* place) {
            const auto zone = system_zones().find_or_utc(place);
            return zone->offset_at(now_) != zone->offset_at(*last_ - 24h);
        });
    }

    WallTime now_ = utc(2026, 1, 1);
    PlanStore store_;
    std::mt19937_64 random_;
    WallTime next_plan_{};
    std::optional<WallTime> last_;
    bool last_late_ = false;
};

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr int walks = 2;
#else
constexpr int walks = 40;  // of each kind; 3,000 were tried: 5 million briefs
#endif

class Travel : public testing::TestWithParam<Cadence> {};

TEST_P(Travel, OfFiftyZonesADayKeepsBriefsApartAndComing) {
    int sent = 0;
    for (const int changes : {1, 3, 10, 50}) {
        for (int seed = 0; seed < walks; ++seed) {
            Walk walk(GetParam(), static_cast<std::uint64_t>(seed * 100 + changes));
            walk.run(365 / (changes > 3 ? 5 : 1), changes);
            ASSERT_EQ(walk.problems, "") << "seed " << seed << ", " << changes << " a day";
            sent += walk.sent;
        }
    }
    EXPECT_GT(sent, 800 * walks);
}

INSTANTIATE_TEST_SUITE_P(Cadences, Travel, testing::Values(Cadence::daily, Cadence::twice_a_day));

}  // namespace
}  // namespace podbrief::briefs
