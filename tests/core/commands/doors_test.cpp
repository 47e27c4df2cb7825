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

TEST(Doors, AnInstallationShowsTheDoorsItHas) {
    EXPECT_EQ(doors({}, InsightId{7}), Doors());
    DoorPlaces places;
    places.slack_install = "https://brief.example.org/slack/install";
    places.telegram_bot = "BriefBot";
    places.discord_join = "https://brief.example.org/join/discord";
    places.discord_direct = "https://discord.com/oauth2/authorize?client_id=1";
    const Doors about = doors(places, InsightId{1000});
    EXPECT_EQ(about.slack_url, "https://brief.example.org/slack/install?insight=rs");
    EXPECT_EQ(about.telegram_url, "https://t.me/BriefBot?start=i_rs");
    EXPECT_EQ(about.telegram_group_url, "https://t.me/BriefBot?startgroup=i_rs");
    EXPECT_EQ(about.discord_url, "https://brief.example.org/join/discord?insight=rs");
    const Doors plain = doors(places);
    EXPECT_EQ(plain.slack_url, "https://brief.example.org/slack/install");
    EXPECT_EQ(plain.telegram_url, "https://t.me/BriefBot");
    EXPECT_EQ(plain.discord_url, "https://brief.example.org/join/discord");
    places.discord_join.clear();
    EXPECT_EQ(doors(places, InsightId{1000}).discord_url, places.discord_direct);
}

}  // namespace
}  // namespace podbrief::commands
