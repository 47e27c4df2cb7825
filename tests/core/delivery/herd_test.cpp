#include "core/delivery/herd.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <vector>

#include "tests/core/delivery/deliveries.hpp"

namespace podbrief::delivery {
namespace {

const Rules rules;

TEST(Lane, IsTheWorkspacesWhereEachHasItsOwnToken) {
    EXPECT_EQ(lane_of(slack(), {"slack", "T1", "C1", ""}), "slack:T1");
    EXPECT_EQ(lane_of(discord(), {"discord", "G1", "C1", ""}), "discord");
    EXPECT_EQ(lane_of(telegram(), {"telegram", "", "42", ""}), "telegram");
}

TEST(Herd, OfTenThousandTakesTwiceAsLongWhereABriefIsTwoCalls) {
    EXPECT_EQ(herd_window(10'000, telegram_fast(), rules), 500s);
    EXPECT_EQ(herd_window(10'000, telegram(), rules), 1'000s);
}

TEST(Herd, ThatIsThroughWithinASecondIsNotSpread) {
    EXPECT_EQ(herd_window(0, telegram(), rules), 0ms);
    EXPECT_EQ(herd_window(1, telegram(), rules), 0ms);
    EXPECT_EQ(herd_window(10, telegram(), rules), 0ms);
    EXPECT_EQ(herd_window(11, telegram(), rules), 1'100ms);
    EXPECT_EQ(place_in_herd("telegram:42", 0ms), 0ms);
}

TEST(Herd, WithoutALimitIsNotSpread) {
    PlatformTraits terminal;
    terminal.lane_rate = {0, 1s};
    EXPECT_EQ(herd_window(1'000'000, terminal, rules), 0ms);
}

RC_GTEST_PROP(Herd, HasAWindowThatItsLaneCanServeAtTheUsableShare, ()) {
    PlatformTraits traits = *rc::gen::arbitrary<bool>() ? telegram() : slack();
    traits.lane_rate = {*rc::gen::inRange(1, 100), Millis{*rc::gen::inRange(100, 60'000)}};
    const auto herd = *rc::gen::inRange<std::int64_t>(0, 1'000'000);
    const Millis window = herd_window(herd, traits, rules);
    const double rate = static_cast<double>(traits.lane_rate.count) / static_cast<double>(traits.lane_rate.per.count());
    const double needed = static_cast<double>(herd * calls_per_message(traits)) / (0.8 * rate);
    if (window == 0ms) {
        RC_ASSERT(herd <= 1 || needed <= 1'000);
    } else {
        // A whole number of milliseconds; the two ways of calculating may round apart just beside one.
        RC_ASSERT(static_cast<double>(window.count()) >= needed - 1e-3);
        RC_ASSERT(static_cast<double>(window.count()) <= needed + 1 + 1e-3);
    }
}

TEST(Herd, StandsEvenlyInItsWindowAndAtTheSamePlaceEveryDay) {
    const Millis window = herd_window(50'000, telegram(), rules);
    std::vector<int> buckets(100, 0);
    for (int chat = 0; chat < 50'000; ++chat) {
        const std::string address = "telegram:" + std::to_string(100'000 + chat);
        const Millis place = place_in_herd(address, window);
        ASSERT_GE(place, 0ms);
        ASSERT_LT(place, window);
        ASSERT_EQ(place, place_in_herd(address, window));
        ++buckets[static_cast<std::size_t>(place.count() * 100 / window.count())];
    }
    // 500 each on average; 5 standard deviations are 112.
    EXPECT_GT(*std::min_element(buckets.begin(), buckets.end()), 388);
    EXPECT_LT(*std::max_element(buckets.begin(), buckets.end()), 612);
}

TEST(Herd, NeverWaitsLongForItsLaneWhenEachComesAtItsPlace) {
    // The lane serves one after the other at its full rate; who comes to its place finds a short queue.
    const std::int64_t herd = 20'000;
    const Millis window = herd_window(herd, telegram(), rules);
    std::vector<Millis> places;
    for (std::int64_t chat = 0; chat < herd; ++chat)
        places.push_back(place_in_herd("telegram:" + std::to_string(chat), window));
    std::sort(places.begin(), places.end());
    const Millis service{2 * 1'000 / telegram().lane_rate.count};
    Millis free_at{0};
    Millis longest{0};
    for (const Millis place : places) {
        longest = std::max(longest, free_at - place);
        free_at = std::max(free_at, place) + service;
    }
    EXPECT_LE(longest, 10s);
    EXPECT_LE(free_at, window + 10s);
}

}  // namespace
}  // namespace podbrief::delivery
