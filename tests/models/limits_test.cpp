#include "adapters/doubles/limits.hpp"
#include "tests/doubles/model/doubles.hpp"

#include <gtest/gtest.h>

namespace podbrief::testing {
namespace {

using namespace std::chrono_literals;

constexpr WallTime start = from_ms(1'772'409'600'000);

TEST(Limits, ASlidingWindowFreesAPlaceWhenTheOldestLeaves) {
    SlidingWindow window(2, 1000ms);
    window.take(start);
    window.take(start + 400ms);
    EXPECT_EQ(window.wait(start + 500ms), 500ms);
    EXPECT_EQ(window.wait(start + 1000ms), 0ms);
    window.take(start + 1000ms);
    EXPECT_EQ(window.wait(start + 1000ms), 400ms);
}

TEST(Limits, ALeakyBucketAllowsABurstAfterARestAndThenItsRate) {
    LeakyBucket bucket(1000ms, 3);
    for (int i = 0; i < 3; ++i) {
        EXPECT_EQ(bucket.wait(start), 0ms);
        bucket.take(start);
    }
    EXPECT_EQ(bucket.wait(start), 1000ms);
    bucket.take(start + 1000ms);
    EXPECT_EQ(bucket.wait(start + 1000ms), 1000ms);
    EXPECT_EQ(bucket.wait(start + 60'000ms), 0ms);
}

TEST(Limits, AFixedWindowAllowsTwiceItsCountAroundItsEnd) {
    FixedWindow window(5, 1000ms);
    window.take(start);
    for (int i = 0; i < 4; ++i) window.take(start + 900ms);
    EXPECT_EQ(window.wait(start + 950ms), 50ms);
    for (int i = 0; i < 5; ++i) {
        EXPECT_EQ(window.wait(start + 1000ms), 0ms);
        window.take(start + 1000ms);
    }
    EXPECT_EQ(window.wait(start + 1000ms), 1000ms);
}

}  // namespace
}  // namespace podbrief::testing
