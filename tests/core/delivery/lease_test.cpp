#include "core/delivery/lease.hpp"

#include <gtest/gtest.h>

namespace podbrief::delivery {
namespace {

using namespace std::chrono_literals;

const Rules rules;
constexpr SteadyTime asked{1'000'000ms};

TEST(HeldLease, IsNobodysBeforeItWasAsked) {
    const HeldLease none;
    EXPECT_FALSE(none.held(SteadyTime{}));
    EXPECT_FALSE(none.held(asked));
    EXPECT_EQ(none.time_for_call(asked, rules), 0ms);
    EXPECT_FALSE(none.may_begin(asked, 1ms));
}

TEST(HeldLease, IsCountedFromBeforeItWasAsked) {
    const HeldLease lease(asked, rules);
    EXPECT_TRUE(lease.held(asked + rules.lease - 1ms));
    EXPECT_FALSE(lease.held(asked + rules.lease));
    EXPECT_EQ(lease.renew_at(), asked + rules.lease / 3);
}

TEST(HeldLease, GivesACallNoMoreThanEndsTwoSecondsBeforeIt) {
    const HeldLease lease(asked, rules);
    for (Millis at = 0ms; at <= rules.lease + 1s; at += 50ms) {
        const Millis time = lease.time_for_call(asked + at, rules);
        EXPECT_LE(time, rules.call_limit);
        if (time > 0ms) {
            EXPECT_LE(time, rules.lease - at - 2s) << at.count();
        }
        if (time > 0ms) {
            EXPECT_GE(time, rules.least_call) << at.count();
        }
        if (time > 0ms) {
            EXPECT_TRUE(lease.may_begin(asked + at, time)) << at.count();
        }
    }
    EXPECT_EQ(lease.time_for_call(asked, rules), rules.call_limit);
    EXPECT_EQ(lease.time_for_call(asked + rules.lease - 2s - rules.least_call, rules), rules.least_call);
    EXPECT_EQ(lease.time_for_call(asked + rules.lease - 2s - rules.least_call + 1ms, rules), 0ms);
}

TEST(HeldLease, LeavesTimeForACallBetweenRenewals) {
    const HeldLease lease(asked, rules);
    EXPECT_GE(lease.time_for_call(lease.renew_at(), rules), 5s);
}

TEST(HeldLease, LetsNoByteLeaveWhenTheProcessWasStopped) {
    const HeldLease lease(asked, rules);
    const Millis deadline = lease.time_for_call(asked + 1s, rules);
    EXPECT_TRUE(lease.may_begin(asked + 1s, deadline));
    // Stopped for a minute between that and the first byte.
    EXPECT_FALSE(lease.may_begin(asked + 61s, deadline));
    EXPECT_FALSE(lease.held(asked + 61s));
    EXPECT_EQ(lease.time_for_call(asked + 61s, rules), 0ms);
    // Stopped just long enough that the call could outlast the lease.
    EXPECT_FALSE(lease.may_begin(asked + rules.lease - deadline, deadline));
    EXPECT_TRUE(lease.may_begin(asked + rules.lease - deadline - 1ms, deadline));
}

}  // namespace
}  // namespace podbrief::delivery
