#include "core/delivery/breaker.hpp"

#include <gtest/gtest.h>

namespace podbrief::delivery {
namespace {

using namespace std::chrono_literals;

constexpr SteadyTime start{1'000'000ms};

Breaker opened() {
    Breaker breaker(5, 5s, 60s);
    for (int i = 0; i < 5; ++i) breaker.failed(start);
    return breaker;
}

TEST(Breaker, OpensAfterSoManyFailuresInARow) {
    Breaker breaker(5, 5s, 60s);
    for (int i = 0; i < 4; ++i) breaker.failed(start);
    EXPECT_TRUE(breaker.begin(start));
    breaker.succeeded();
    for (int i = 0; i < 4; ++i) breaker.failed(start);
    EXPECT_FALSE(breaker.is_open());
    breaker.failed(start);
    EXPECT_TRUE(breaker.is_open());
    EXPECT_FALSE(breaker.begin(start));
    EXPECT_EQ(breaker.open_until(start), start + 5s);
}

TEST(Breaker, LetsOneProbeThroughWhenItsPauseIsOver) {
    Breaker breaker = opened();
    EXPECT_FALSE(breaker.begin(start + 5s - 1ms));
    EXPECT_TRUE(breaker.begin(start + 5s));
    EXPECT_TRUE(breaker.probing());
    EXPECT_FALSE(breaker.begin(start + 5s));
    breaker.undecided();
    EXPECT_TRUE(breaker.begin(start + 6s));
}

TEST(Breaker, WaitsTwiceAsLongAfterEachFailedProbeUpToALimit) {
    Breaker breaker = opened();
    SteadyTime now = start;
    for (const Millis pause : {5s, 10s, 20s, 40s, 60s, 60s}) {
        EXPECT_EQ(breaker.open_until(now), now + pause);
        now += pause;
        ASSERT_TRUE(breaker.begin(now));
        breaker.failed(now);
    }
}

TEST(Breaker, ClosesByASuccessfulProbeAndForgetsItsPauses) {
    Breaker breaker = opened();
    ASSERT_TRUE(breaker.begin(start + 5s));
    breaker.failed(start + 5s);
    ASSERT_TRUE(breaker.begin(start + 15s));
    breaker.succeeded();
    EXPECT_FALSE(breaker.is_open());
    EXPECT_TRUE(breaker.begin(start + 15s));
    for (int i = 0; i < 5; ++i) breaker.failed(start + 20s);
    EXPECT_EQ(breaker.open_until(start + 20s), start + 25s);
}

TEST(Breaker, IsNotHeldOpenLongerByCallsThatBeganBefore) {
    Breaker breaker = opened();
    for (int i = 0; i < 30; ++i) breaker.failed(start + 4s);
    EXPECT_EQ(breaker.open_until(start + 4s), start + 5s);
}

TEST(Breaker, AsksNobodyToWaitOnceACallThatBeganBeforeSucceeded) {
    Breaker breaker = opened();
    breaker.succeeded();
    EXPECT_TRUE(breaker.begin(start + 1s));
    EXPECT_EQ(breaker.open_until(start + 1s), start + 1s);
}

}  // namespace
}  // namespace podbrief::delivery
