#include "adapters/discord/rate_limits.hpp"

#include <gtest/gtest.h>

namespace podbrief::discord {
namespace {

using Scope = NotSent::Scope;
const RateLimits::Where post_a{"POST /channels/:/messages", "a", true};
const RateLimits::Where post_b{"POST /channels/:/messages", "b", true};
const RateLimits::Where edit_a{"PATCH /channels/:/messages/:", "a", true};
const RateLimits::Where callback{"POST /interactions/:/:/callback", "t", false};

SteadyTime at(std::int64_t ms) {
    return SteadyTime{Millis{ms}};
}

Answer done(std::string bucket, int remaining, Millis reset_after) {
    Answer answer;
    answer.status = 200;
    answer.readable = true;
    answer.bucket = std::move(bucket);
    answer.remaining = remaining;
    answer.reset_after = reset_after;
    return answer;
}
Answer limited(Millis wait, const std::string& scope, std::string bucket = {}) {
    Answer answer;
    answer.status = 429;
    answer.readable = true;
    answer.retry_after = wait;
    answer.scope = scope;
    answer.global = scope == "global";
    answer.bucket = std::move(bucket);
    return answer;
}
Answer refused(int status) {
    Answer answer;
    answer.status = status;
    answer.readable = true;
    return answer;
}

TEST(DiscordRateLimits, WaitBeforeABucketOverflows) {
    RateLimits limits;
    EXPECT_FALSE(limits.hold(post_a, at(0)));
    limits.learn(post_a, done("x", 1, Millis{5'000}), at(0));
    EXPECT_FALSE(limits.hold(post_a, at(1)));
    limits.learn(post_a, done("x", 0, Millis{4'000}), at(1'000));
    const auto held = limits.hold(post_a, at(2'000));
    ASSERT_TRUE(held);
    EXPECT_EQ(held->wait, Millis{3'000});
    EXPECT_EQ(held->scope, Scope::chat);
    EXPECT_TRUE(held->limited);
    EXPECT_FALSE(limits.hold(post_b, at(2'000)));  // another channel
    EXPECT_FALSE(limits.hold(edit_a, at(2'000)));  // another bucket
    EXPECT_FALSE(limits.hold(post_a, at(5'000)));
}

// RELIABILITY row 71.
TEST(DiscordRateLimits, FollowABucketThatChangesItsName) {
    RateLimits limits;
    limits.learn(post_a, done("x", 0, Millis{60'000}), at(0));
    EXPECT_TRUE(limits.hold(post_a, at(1)));
    limits.learn(post_a, done("y", 3, Millis{60'000}), at(2));
    EXPECT_FALSE(limits.hold(post_a, at(3)));
    limits.learn(edit_a, done("y", 0, Millis{60'000}), at(4));  // shared by two routes
    EXPECT_TRUE(limits.hold(post_a, at(5)));
}

TEST(DiscordRateLimits, TheGlobalLimitIsTheLanesAndNotTheInteractions) {
    RateLimits limits;
    limits.learn(post_a, limited(Millis{2'000}, "global"), at(0));
    const auto held = limits.hold(post_b, at(500));
    ASSERT_TRUE(held);
    EXPECT_EQ(held->scope, Scope::lane);
    EXPECT_EQ(held->wait, Millis{1'500});
    EXPECT_FALSE(limits.hold(callback, at(500)));
    EXPECT_FALSE(limits.hold(post_b, at(2'000)));
}

TEST(DiscordRateLimits, ASharedLimitHoldsOneChannelAndIsNobodysFault) {
    RateLimits limits;
    limits.learn(post_a, limited(Millis{2'000}, "shared", "x"), at(0));
    EXPECT_TRUE(limits.hold(post_a, at(500)));
    EXPECT_FALSE(limits.hold(post_b, at(500)));
    EXPECT_EQ(limits.invalid(at(500)), 0U);
}

TEST(DiscordRateLimits, APageOfTheEdgeHoldsEverything) {
    RateLimits limits;
    Answer page = limited(Millis{30'000}, "");
    page.readable = false;
    limits.learn(post_a, page, at(0));
    EXPECT_TRUE(limits.hold(post_b, at(1)));
    EXPECT_TRUE(limits.hold(callback, at(1)));
}

// RELIABILITY row 72.
TEST(DiscordRateLimits, StopAtHalfOfWhatWouldGetUsBanned) {
    RateLimits limits;
    for (std::size_t i = 0; i < RateLimits::most_invalid; ++i) {
        ASSERT_FALSE(limits.hold(post_a, at(static_cast<std::int64_t>(i)))) << i;
        limits.learn(post_a, refused(i % 2 == 0 ? 403 : 401), at(static_cast<std::int64_t>(i)));
    }
    const auto held = limits.hold(post_b, at(5'000));
    ASSERT_TRUE(held);
    EXPECT_EQ(held->scope, Scope::lane);
    EXPECT_EQ(held->wait, Millis{595'000});
    EXPECT_TRUE(limits.hold(callback, at(5'000)));
    EXPECT_FALSE(limits.hold(post_b, at(600'000)));
}

}  // namespace
}  // namespace podbrief::discord
