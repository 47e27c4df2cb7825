#include "core/services/store_clock.hpp"

#include <gtest/gtest.h>

#include "tests/doubles/memory_store.hpp"
#include "tests/support/manual_clock.hpp"

namespace podbrief::services {
namespace {

using namespace std::chrono_literals;

class StoresClock : public ::testing::Test {
protected:
    podbrief::testing::ManualClock machine;
    podbrief::testing::MemoryStore store;
    delivery::ClockWatch watch;
    StoreClock clock{store, machine, watch};
    const WallTime start = machine.wall_now();
};

TEST_F(StoresClock, IsTheMachinesWhereTheStoreHasNone) {
    EXPECT_EQ(clock.wall_now(), start);
    machine.set_wall(start + 2h);
    EXPECT_EQ(clock.wall_now(), start + 2h);
    EXPECT_FALSE(watch.latest());
}

TEST_F(StoresClock, LetsTheFormerTimeGoOnWhileTheMachinesIsNotTrusted) {
    for (const Millis jump : {Millis{24h * 30}, Millis{-24h * 400}}) {
        machine.set_wall(start);
        const SteadyTime steady = machine.steady_now();
        EXPECT_EQ(clock.wall_now(), start) << "nothing has passed";
        machine.set_wall(start + jump);
        EXPECT_EQ(clock.wall_now(), start);
        EXPECT_EQ(watch.latest(), jump);
        machine.advance(1min);
        EXPECT_EQ(clock.wall_now(), start + 1min);
        EXPECT_EQ(machine.steady_now() - steady, 1min);
        machine.set_wall(start + 1min);
        EXPECT_EQ(clock.wall_now(), start + 1min);
        EXPECT_FALSE(watch.latest());
    }
}

}  // namespace
}  // namespace podbrief::services
