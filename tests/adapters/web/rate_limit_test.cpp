#include "adapters/web/rate_limit.hpp"

#include <gmock/gmock.h>

namespace podbrief::web {
namespace {

using namespace std::chrono_literals;

TEST(RateLimit, LetsABurstThroughAndThenAsManyAsFlowIn) {
    RateLimit limit(2, 5, 100);
    const SteadyTime now{};
    for (int i = 0; i < 5; ++i) EXPECT_EQ(limit.wait_for("192.0.2.1", now), 0ms);
    EXPECT_EQ(limit.wait_for("192.0.2.1", now), 500ms);
    EXPECT_EQ(limit.wait_for("192.0.2.2", now), 0ms) << "others are not held up";
    EXPECT_EQ(limit.wait_for("192.0.2.1", now + 500ms), 0ms);
    EXPECT_EQ(limit.wait_for("192.0.2.1", now + 600ms), 400ms);
    for (int i = 0; i < 5; ++i) EXPECT_EQ(limit.wait_for("192.0.2.1", now + 1h), 0ms);
    EXPECT_GT(limit.wait_for("192.0.2.1", now + 1h), 0ms);
}

TEST(RateLimit, TakesANetworkOfIPv6ForOneAddress) {
    RateLimit limit(1, 1, 100);
    EXPECT_EQ(limit.wait_for("2001:db8:1:2::1", SteadyTime{}), 0ms);
    EXPECT_GT(limit.wait_for("2001:db8:1:2:ffff::7", SteadyTime{}), 0ms);
    EXPECT_EQ(limit.wait_for("2001:db8:1:3::1", SteadyTime{}), 0ms);
}

TEST(RateLimit, RemembersNoMoreAddressesThanItMay) {
    RateLimit limit(1, 1, 10);
    for (int i = 0; i < 1'000; ++i) limit.wait_for("198.51.100." + std::to_string(i), SteadyTime{});
    EXPECT_EQ(limit.size(), 10U);
}

TEST(RateLimit, WithoutARateEverythingPasses) {
    RateLimit limit(0, 1, 10);
    for (int i = 0; i < 100; ++i) EXPECT_EQ(limit.wait_for("192.0.2.1", SteadyTime{}), 0ms);
    EXPECT_EQ(limit.size(), 0U);
}

}  // namespace
}  // namespace podbrief::web
