#include "core/commands/doors.hpp"

#include <gtest/gtest.h>

#include "core/commands/command.hpp"

namespace podbrief::commands {
namespace {

TEST(Doors, ADoorCarriesItsInsightAndGivesItBack) {
    EXPECT_EQ(door_payload(InsightId{1}), "i_1");
    EXPECT_EQ(door_payload(InsightId{55'000}), "i_16fs");
    for (const std::int64_t id : {1LL, 35LL, 36LL, 123'456'789LL, 9'223'372'036'854'775'807LL}) {
        EXPECT_EQ(insight_of_payload(door_payload(InsightId{id})), InsightId{id});
        EXPECT_EQ(insight_of_number(door_number(InsightId{id})), InsightId{id});
        // Telegram carries 64 bytes of letters, digits, _ and -.
        EXPECT_LE(door_payload(InsightId{id}).size(), 64U);
        EXPECT_EQ(parse_command("start " + door_payload(InsightId{id})).text, door_payload(InsightId{id}));
    }
}

TEST(Doors, WhatIsNoNumberOfOursIsNoInsight) {
    for (const char* wrong : {"", "0", "-1", "1a!", "i_1", "1 2", " 1", "1\n", "zzzzzzzzzzzzzz", "more:1", "é"}) {
        EXPECT_FALSE(insight_of_number(wrong)) << wrong;
    }
    for (const char* wrong : {"", "1", "i_", "t_1", "i-1", "i_%31", "xi_1"}) {
        EXPECT_FALSE(insight_of_payload(wrong)) << wrong;
    }
}

}  // namespace
}  // namespace podbrief::commands
