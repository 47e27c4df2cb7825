#include "core/delivery/retry_budget.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "core/ports/random.hpp"

namespace podbrief::delivery {
namespace {

using namespace std::chrono_literals;

const Rules rules;
constexpr SteadyTime start{1'000'000ms};

TEST(RetryBudget, LetsAFewThroughWhereNothingWasSentYet) {
    RetryBudget budget(rules);
    for (int i = 0; i < 10; ++i) EXPECT_TRUE(budget.retry(start)) << i;
    EXPECT_FALSE(budget.retry(start));
    EXPECT_TRUE(budget.spent(start));
}

TEST(RetryBudget, SaysWhenTheNextOneMayGo) {
    RetryBudget budget(rules);
    for (int i = 0; i < 10; ++i) budget.retry(start);
    const SteadyTime next = budget.next_at(start);
    EXPECT_GT(next, start);
    EXPECT_LE(next, start + 7s);
    EXPECT_FALSE(budget.retry(next - 100ms));
    EXPECT_TRUE(budget.retry(next));
}

TEST(RetryBudget, GrowsByATenthOfFirstTriesAndIsNotSavedUpForEver) {
    RetryBudget budget(rules);
    for (int i = 0; i < 10; ++i) budget.retry(start);
    for (int i = 0; i < 201; ++i) budget.first_try();
    int retries = 0;
    while (budget.retry(start)) ++retries;
    EXPECT_EQ(retries, 20);

    for (int i = 0; i < 1'000'000; ++i) budget.first_try();
    retries = 0;
    while (budget.retry(start)) ++retries;
    EXPECT_LE(retries, 100);
}

RC_GTEST_PROP(RetryBudget, KeepsRetriesToATenthOfFirstTriesAndTheFloorOfEachMinute, (std::uint64_t seed)) {
    Random random(seed);
    RetryBudget budget(rules);
    SteadyTime now = start;
    std::int64_t firsts = 0;
    std::int64_t retries = 0;
    const auto share = random.below(10);
    for (int i = 0; i < 5'000; ++i) {
        now += Millis{static_cast<std::int64_t>(random.below(2) * random.below(500))};
        if (random.below(10) < share) {
            budget.first_try();
            ++firsts;
        } else if (budget.retry(now)) {
            ++retries;
        } else {
            RC_ASSERT(budget.next_at(now) > now);
        }
        const double minutes = static_cast<double>((now - start).count()) / 60'000;
        RC_ASSERT(static_cast<double>(retries) <=
                  0.1 * static_cast<double>(firsts) + rules.retry_floor * (1 + minutes) + 1e-6);
    }
}

}  // namespace
}  // namespace podbrief::delivery
