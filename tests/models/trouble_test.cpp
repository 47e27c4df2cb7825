#include "adapters/doubles/trouble.hpp"

#include <gtest/gtest.h>

#include "adapters/doubles/inbound.hpp"
#include "adapters/doubles/telegram_model.hpp"
#include "tests/doubles/model/doubles.hpp"

namespace podbrief::testing {
namespace {

using namespace std::chrono_literals;

constexpr WallTime start = from_ms(1'772'409'600'000);

Fault of(FaultKind kind) {
    Fault out;
    out.kind = kind;
    return out;
}

TEST(Trouble, OrdersAreUsedOnceByTheCallTheyAreFor) {
    Random random(1);
    Trouble trouble(random);
    trouble.order(of(FaultKind::reset), "slack", "post", 1);
    trouble.order(of(FaultKind::answer_lost), "discord");
    EXPECT_EQ(trouble.next("slack", "find", start).kind, FaultKind::none);
    EXPECT_EQ(trouble.next("slack", "post", start).kind, FaultKind::none);
    EXPECT_EQ(trouble.next("slack", "post", start).kind, FaultKind::reset);
    EXPECT_EQ(trouble.next("slack", "post", start).kind, FaultKind::none);
    const auto lost = trouble.next("discord", "edit", start);
    EXPECT_EQ(lost.kind, FaultKind::answer_lost);
    EXPECT_TRUE(lost.made);
    EXPECT_EQ(trouble.open_orders(), 0U);
}

TEST(Trouble, ChanceGivesEachKindAsOftenAsSaidAndTheSameAgainForTheSameSeed) {
    std::array<std::uint64_t, fault_kinds> first{};
    for (int round = 0; round < 2; ++round) {
        Random random(5);
        Trouble trouble(random);
        trouble.set_chance(FaultKind::limited, 0.10);
        trouble.set_chance(FaultKind::internal_error, 0.05);
        int made = 0;
        for (int i = 0; i < 20'000; ++i) {
            const auto fault = trouble.next("slack", "post", start);
            if (fault.kind == FaultKind::internal_error && fault.made) ++made;
        }
        const auto& given = trouble.given();
        EXPECT_NEAR(static_cast<double>(given[static_cast<int>(FaultKind::limited)]), 2'000, 150);
        EXPECT_NEAR(static_cast<double>(given[static_cast<int>(FaultKind::internal_error)]), 1'000, 120);
        EXPECT_NEAR(made, 500, 90);
        EXPECT_TRUE(round == 0 || given == first);
        first = given;
    }
}

TEST(Trouble, KindsThatMeanNothingForACallAreNone) {
    Random random(1);
    Trouble trouble(random);
    trouble.set_chance(FaultKind::fatal_error, 1);
    EXPECT_EQ(trouble.next("discord", "post", start).kind, FaultKind::none);
    EXPECT_EQ(trouble.next("slack", "post", start).kind, FaultKind::fatal_error);
    EXPECT_EQ(trouble.faults_given(), 1U);
}

TEST(Trouble, AnOutageHasABeginAndAnEndAndMakesNothing) {
    Random random(1);
    Trouble trouble(random);
    trouble.outage({"slack", start, start + 3h, Trouble::OutageKind::blackhole});
    EXPECT_EQ(trouble.next("slack", "post", start - 1ms).kind, FaultKind::none);
    for (int i = 0; i < 50; ++i) {
        const auto fault = trouble.next("slack", "post", start + i * 1min);
        EXPECT_TRUE(fault.kind == FaultKind::silent || fault.kind == FaultKind::connect_blackhole);
        EXPECT_FALSE(fault.made);
    }
    EXPECT_EQ(trouble.next("discord", "post", start).kind, FaultKind::none);
    EXPECT_EQ(trouble.next("slack", "post", start + 3h).kind, FaultKind::none);
}

TEST(Inbound, EventsComeTwiceAndOvertakeEachOther) {
    Random random(2);
    InboundFeed feed(random);
    feed.set_disorder(1.0, 10s);
    TelegramModel model;
    model.on_event = [&](InboundEvent event) { feed.push(std::move(event)); };
    model.add_chat("42");
    auto now = start;
    for (int i = 0; i < 10; ++i) {
        model.set_access({}, "42", i % 2 == 0 ? Access::blocked : Access::open, now += 1s);
    }
    const auto got = feed.take(now + 10s);
    ASSERT_EQ(got.size(), 20U);
    std::map<std::string, int> times;
    bool in_order = true;
    for (std::size_t i = 0; i < got.size(); ++i) {
        ++times[got[i].id];
        if (i > 0 && got[i].at < got[i - 1].at) in_order = false;
    }
    EXPECT_EQ(times.size(), 10U);
    EXPECT_FALSE(in_order);
    EXPECT_TRUE(feed.take(now + 1h).empty());
}

}  // namespace
}  // namespace podbrief::testing
