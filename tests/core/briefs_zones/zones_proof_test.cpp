#include <gtest/gtest.h>

#include <ctime>
#include <iostream>

#include "core/briefs/local_time.hpp"
#include "tests/core/briefs_zones/oracle.hpp"
#include "tests/core/briefs_zones/proof.hpp"

namespace podbrief::briefs {
namespace {

using namespace std::chrono_literals;

// All of it takes some 20 s at full speed, many minutes with a sanitizer watching.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr std::size_t every = 41;
#else
constexpr std::size_t every = 1;
#endif

// Takes one thing of a zone's rules wrongly.
class WrongZone : public Zone {
public:
    enum class Bug { second_of_fold, behind_gap };
    WrongZone(const Zone& right, Bug bug)
        : Zone(right.changes().front().offset, {right.changes().begin() + 1, right.changes().end()}), bug_(bug) {}

    Place place_of(local_days day, Millis since_midnight) const override {
        Place place = Zone::place_of(day, since_midnight);
        if (bug_ == Bug::behind_gap) {
            if (!place.exists) place.at += 30min;
            return place;
        }
        for (std::size_t i = 1; i < changes().size(); ++i) {
            const Millis back = changes()[i - 1].offset - changes()[i].offset;
            if (place.at < changes()[i].at && changes()[i].at <= place.at + back) place.at += back;
        }
        return place;
    }

private:
    Bug bug_;
};

class WrongZones : public Zones {
public:
    explicit WrongZones(WrongZone::Bug bug) : bug_(bug) {}
    std::shared_ptr<const Zone> find(std::string_view name) const override {
        if (name != name_) zone_ = std::make_shared<WrongZone>(*system_zones().find(name), bug_);
        name_ = name;
        return zone_;
    }
    std::string version() const override { return "wrong"; }
    bool refresh() override { return false; }

private:
    WrongZone::Bug bug_;
    mutable std::string name_;
    mutable std::shared_ptr<const Zone> zone_;
};

TEST(ZonesProof, ExactlyOneBriefALocalDayForEveryMinuteAroundEveryChangeOfEveryZone) {
    const std::clock_t begin = std::clock();  // of this process, whatever else the machine does
    const std::vector<std::string> names = all_zones();
    EXPECT_GT(names.size(), 500u) << "is tzdata installed?";
    Proof proof;
    std::size_t zones = 0;
    for (std::size_t i = 0; i < names.size(); i += every, ++zones) {
        ASSERT_TRUE(system_zones().find(names[i])) << names[i];
        prove(names[i], Cadence::daily, system_zones(), proof);
        if (i % 20 == 0) prove(names[i], Cadence::weekdays, system_zones(), proof);
        if (i % 20 == 0) prove(names[i], Cadence::twice_a_day, system_zones(), proof);
    }
    const double took = static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
    std::cout << fmt::format(
        "zones {} of {} (links too, tzdata {}), transitions {} (2007-2037, +-2 days x 1440 minutes), checks {}, "
        "violations {}, seconds {:.1f}\n",
        zones, names.size(), system_zones().version(), proof.transitions, proof.checks, proof.violations, took);
    EXPECT_EQ(proof.violations, 0) << fmt::format("{}", fmt::join(proof.examples, "\n"));
    EXPECT_LE(took, 120);
}

TEST(ZonesProof, SeesRulesThatTakeTheSecondHourOfAFold) {
    const WrongZones wrong(WrongZone::Bug::second_of_fold);
    Proof proof;
    for (const char* zone : {"Australia/Lord_Howe", "Europe/Berlin", "America/Santiago"}) {
        if (every > 1 && proof.transitions > 0) break;
        prove(zone, Cadence::daily, wrong, proof);
        EXPECT_GT(proof.violations, 0) << zone;
        proof.violations = 0;
    }
}

TEST(ZonesProof, SeesRulesThatAreLateInAGap) {
    const WrongZones wrong(WrongZone::Bug::behind_gap);
    Proof proof;
    prove("Africa/Tripoli", Cadence::daily, wrong, proof);
    EXPECT_GT(proof.violations, 0);
}

// The two readers of tzdata agree on every change of every zone.
TEST(ZonesProof, TheLibraryReadsTheSameChangesFromTheDatabase) {
    for (const std::string& name : all_zones()) {
        const auto zone = system_zones().find(name);
        ASSERT_TRUE(zone) << name;
        for (const WallTime change : changes_of(*date::locate_zone(name))) {
            for (const WallTime at : {change - Millis{1}, change}) {
                const auto info = date::locate_zone(name)->get_info(std::chrono::floor<std::chrono::seconds>(at));
                ASSERT_EQ(zone->offset_at(at), Millis{info.offset}) << name << " " << to_ms(at);
            }
        }
    }
}

}  // namespace
}  // namespace podbrief::briefs
