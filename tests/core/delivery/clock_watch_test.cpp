#include "core/delivery/clock_watch.hpp"

#include <gtest/gtest.h>

namespace podbrief::delivery {
namespace {

using namespace std::chrono_literals;

const WallTime wall = from_ms(1'780'000'000'000);
constexpr SteadyTime steady{5'000'000ms};

TEST(ClockWatch, SeesNothingInAClockThatGoesAsItShould) {
    ClockWatch watch;
    for (int minutes = 0; minutes < 60 * 24 * 40; minutes += 7) {
        EXPECT_FALSE(watch.jump(wall + std::chrono::minutes{minutes}, steady + std::chrono::minutes{minutes}));
    }
}

TEST(ClockWatch, TellsAMachineThatSleptFromAClockThatWasSet) {
    ClockWatch watch;
    EXPECT_FALSE(watch.jump(wall, steady));
    EXPECT_FALSE(watch.jump(wall + 72h, steady + 72h));
    EXPECT_EQ(watch.jump(wall + 72h + 24h * 30, steady + 72h + 1s), 24h * 30 - 1s);
}

TEST(ClockWatch, SeesAJumpBothWays) {
    ClockWatch watch;
    EXPECT_FALSE(watch.jump(wall, steady));
    EXPECT_EQ(watch.jump(wall + 24h * 30, steady), 24h * 30);
    ClockWatch other;
    EXPECT_FALSE(other.jump(wall, steady));
    EXPECT_EQ(other.jump(wall - 24h * 30, steady), -24h * 30);
}

TEST(ClockWatch, KeepsSayingSoUntilTheClockIsBack) {
    ClockWatch watch;
    EXPECT_FALSE(watch.jump(wall, steady));
    EXPECT_TRUE(watch.jump(wall + 24h * 30, steady));
    EXPECT_EQ(watch.jump(wall + 24h * 30 + 5h, steady + 5h), 24h * 30);
    EXPECT_FALSE(watch.jump(wall + 6h, steady + 6h));
    EXPECT_FALSE(watch.jump(wall + 7h, steady + 7h));
}

TEST(ClockWatch, AcceptsSmallSteps) {
    ClockWatch watch;
    EXPECT_FALSE(watch.jump(wall, steady));
    Millis ahead = 0ms;
    for (const Millis step :
         {Millis{2h}, Millis{-2h}, Millis{20min}, Millis{-3s}, Millis{24h}, Millis{-26h}, Millis{26h}}) {
        ahead += step;
        EXPECT_FALSE(watch.jump(wall + ahead, steady)) << step.count();
    }
    EXPECT_EQ(watch.jump(wall + ahead + 26h + 1ms, steady), 26h + 1ms);
}

}  // namespace
}  // namespace podbrief::delivery
