#include "core/delivery/pacing.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

#include "core/ports/random.hpp"

namespace podbrief::delivery {
namespace {

using namespace std::chrono_literals;

constexpr SteadyTime start{1'000'000ms};
const Rate lane_rate{25, 1'000ms};
const Rate chat_rate{1, 1'000ms};

PlatformTraits traits_with(Rate lane, Rate find = {1, 1'000ms}) {
    PlatformTraits traits;
    traits.lane_rate = lane;
    traits.find_rate = find;
    return traits;
}

// Any `count` + 1 calls in a row take `per` at least.
bool keeps_to(Rate rate, std::vector<SteadyTime> calls) {
    std::sort(calls.begin(), calls.end());
    const auto count = static_cast<std::size_t>(rate.count);
    for (std::size_t i = count; i < calls.size(); ++i) {
        if (calls[i] - calls[i - count] < rate.per) return false;
    }
    return true;
}

TEST(Pacer, LetsABurstThroughUpToTheRateAndSpreadsTheRest) {
    Pacer pacer(traits_with(lane_rate));
    for (int i = 0; i < 100; ++i) {
        EXPECT_EQ(pacer.book(start, "c" + std::to_string(i), chat_rate), start + (i / 25) * 1'000ms) << i;
    }
}

TEST(Pacer, GivesEachChatItsOwnPace) {
    Pacer pacer(traits_with(lane_rate));
    EXPECT_EQ(pacer.book(start, "group", {2, 60'000ms}), start);
    EXPECT_EQ(pacer.book(start, "group", {2, 60'000ms}), start);
    EXPECT_EQ(pacer.book(start, "group", {2, 60'000ms}), start + 60s);
    EXPECT_EQ(pacer.book(start, "friend", chat_rate), start);
    EXPECT_EQ(pacer.book(start, "friend", chat_rate), start + 1s);
    EXPECT_EQ(pacer.earliest(start, "group"), start + 60s);
    EXPECT_EQ(pacer.earliest(start, "another"), start);
}

TEST(Pacer, RemembersAChatsCallsWhenItsRateChanges) {
    Pacer pacer(traits_with(lane_rate));
    EXPECT_EQ(pacer.book(start, "a", {1, 1'000ms}), start);
    EXPECT_EQ(pacer.book(start, "a", {1, 5'000ms}), start + 5s);
}

TEST(Pacer, WithoutLimitsNeverWaits) {
    Pacer pacer(traits_with({0, 1'000ms}));
    for (int i = 0; i < 1'000; ++i) EXPECT_EQ(pacer.book(start, "a", {0, 1'000ms}), start);
}

TEST(Pacer, HoldsOneChatAndLeavesTheLaneToOthers) {
    Pacer pacer(traits_with(lane_rate));
    pacer.hold_chat("slow", start + 10'072s);
    EXPECT_EQ(pacer.held_until("slow"), start + 10'072s);
    for (int i = 0; i < 100; ++i) pacer.book(start, "slow", chat_rate);
    EXPECT_EQ(pacer.book(start, "other", chat_rate), start);
    for (int i = 0; i < 24; ++i) EXPECT_EQ(pacer.book(start, "c" + std::to_string(i), chat_rate), start);
}

TEST(Pacer, HoldsTheWholeLane) {
    Pacer pacer(traits_with(lane_rate));
    pacer.book(start, "a", chat_rate);
    pacer.hold_lane(start + 30s);
    pacer.hold_lane(start + 10s);  // never shortened
    EXPECT_EQ(pacer.held_until("a"), start + 30s);
    EXPECT_EQ(pacer.held_until("never seen"), start + 30s);
    EXPECT_EQ(pacer.book(start, "b", chat_rate), start + 30s);
    EXPECT_EQ(pacer.book_find(start), start + 30s);
    EXPECT_EQ(pacer.book_find(start), start + 31s);
    EXPECT_EQ(pacer.book(start + 40s, "a", chat_rate), start + 40s);
}

TEST(Pacer, PacesLooksIntoTheHistoryApart) {
    Pacer pacer(traits_with({1, 1'000ms}, {1, 60'000ms}));
    EXPECT_EQ(pacer.book_find(start), start);
    EXPECT_EQ(pacer.book_find(start), start + 60s);
    EXPECT_EQ(pacer.book(start, "a", chat_rate), start);
}

TEST(Pacer, ForgetsChatsAtRestOnly) {
    Pacer pacer(traits_with(lane_rate));
    pacer.book(start, "a", chat_rate);
    pacer.book(start, "b", {1, 60'000ms});
    pacer.hold_chat("c", start + 5s);
    EXPECT_EQ(pacer.chats(), 3u);
    pacer.tidy(start + 999ms);
    EXPECT_EQ(pacer.chats(), 3u);
    pacer.tidy(start + 1s);
    EXPECT_EQ(pacer.chats(), 2u);
    pacer.tidy(start + 5s);
    EXPECT_EQ(pacer.chats(), 1u);
    EXPECT_EQ(pacer.book(start + 5s, "b", {1, 60'000ms}), start + 60s);
}

RC_GTEST_PROP(Pacer, NeverExceedsAnyRateWhateverIsBookedAndHeld, (std::uint64_t seed)) {
    Random random(seed);
    const Rate lane{static_cast<int>(1 + random.below(6)), Millis{static_cast<std::int64_t>(1 + random.below(2'000))}};
    const Rate chat{static_cast<int>(1 + random.below(3)), Millis{static_cast<std::int64_t>(1 + random.below(5'000))}};
    const Rate find{1, Millis{static_cast<std::int64_t>(1 + random.below(3'000))}};
    Pacer pacer(traits_with(lane, find));
    SteadyTime now = start;
    std::vector<SteadyTime> calls;
    std::vector<SteadyTime> finds;
    std::map<std::string, std::vector<SteadyTime>> of_chat;
    std::map<std::string, SteadyTime> held;
    SteadyTime lane_held = start;
    for (int i = 0; i < 400; ++i) {
        now += Millis{static_cast<std::int64_t>(random.below(3) * random.below(300))};
        const std::string to(1, static_cast<char>('a' + random.below(5)));
        switch (random.below(12)) {
            case 0: {
                const SteadyTime until = now + Millis{static_cast<std::int64_t>(random.below(20'000))};
                pacer.hold_chat(to, until);
                held[to] = std::max(held[to], until);
                break;
            }
            case 1: {
                const SteadyTime until = now + Millis{static_cast<std::int64_t>(random.below(2'000))};
                pacer.hold_lane(until);
                lane_held = std::max(lane_held, until);
                break;
            }
            case 2:
                pacer.tidy(now);
                break;
            case 3:
                finds.push_back(pacer.book_find(now));
                RC_ASSERT(finds.back() >= std::max(now, lane_held));
                break;
            default: {
                const SteadyTime at = pacer.book(now, to, chat);
                RC_ASSERT(at >= std::max({now, lane_held, held[to]}));
                calls.push_back(at);
                of_chat[to].push_back(at);
            }
        }
    }
    RC_ASSERT(keeps_to(lane, calls));
    RC_ASSERT(keeps_to(find, finds));
    for (const auto& [name, times] : of_chat) RC_ASSERT(keeps_to(chat, times));
}

RC_GTEST_PROP(Window, GivesTheEarliestTimeThatKeepsToTheRate, (std::uint64_t seed)) {
    Random random(seed);
    const Rate rate{static_cast<int>(1 + random.below(4)), Millis{static_cast<std::int64_t>(1 + random.below(20))}};
    Window window(rate);
    std::vector<SteadyTime> calls;
    for (int i = 0; i < 25; ++i) {
        const SteadyTime at = start + Millis{static_cast<std::int64_t>(random.below(60))};
        SteadyTime expected = at;
        const auto fits = [&] {
            std::vector<SteadyTime> with = calls;
            with.push_back(expected);
            return keeps_to(rate, with);
        };
        while (!fits()) expected += 1ms;
        RC_ASSERT(window.earliest(at) == expected);
        window.book(expected);
        calls.push_back(expected);
    }
}

}  // namespace
}  // namespace podbrief::delivery
