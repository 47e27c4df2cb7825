#include "adapters/discord/commands.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "adapters/discord/discord.hpp"
#include "adapters/doubles/discord_checks.hpp"
#include "core/commands/command.hpp"
#include "tests/support/files.hpp"

namespace podbrief::discord {
namespace {

using Json = nlohmann::json;
using commands::Verb;

Json brief(const std::string& subcommand, Json values = Json::array(), const std::string& group = {}) {
    Json one = {{"type", 1}, {"name", subcommand}, {"options", std::move(values)}};
    if (!group.empty()) one = {{"type", 2}, {"name", group}, {"options", Json::array({one})}};
    return {{"name", "brief"}, {"type", 1}, {"options", Json::array({one})}};
}
Json value(const std::string& name, Json given) {
    return {{"name", name}, {"type", given.is_number() ? 4 : 3}, {"value", given}};
}

TEST(DiscordCommands, AreWithinDiscordsLimits) {
    EXPECT_EQ(doubles::discord::wrong_in_commands(command_list()), "");
}

TEST(DiscordCommands, AreTheOnesInConfig) {
    EXPECT_EQ(podbrief::testing::read_file(podbrief::testing::source_folder() / "config/discord-commands.json"),
              commands_json())
        << "config/discord-commands.json is to hold what commands_json() gives";
}

TEST(DiscordCommands, ReadAsWhatOneWouldHaveTyped) {
    const struct {
        Json data;
        const char* typed;
        Verb verb;
    } cases[] = {
        {brief("today"), "brief", Verb::brief},
        {brief("today", {value("day", "yesterday")}), "brief yesterday", Verb::brief},
        {brief("more", {value("topic", "chip export controls")}), "more on chip export controls", Verb::more_topic},
        {brief("more", {value("number", 3)}), "more 3", Verb::more_number},
        {brief("more"), "more", Verb::more},
        {brief("against", {value("number", 3)}), "against 3", Verb::against},
        {brief("disagreement", {value("topic", "chips")}), "disagreement on chips", Verb::disagreement},
        {brief("why", {value("number", 2)}), "why 2", Verb::why},
        {brief("quote", {value("number", 2)}), "quote 2", Verb::quote},
        {brief("like", {value("number", 2)}), "like 2", Verb::like},
        {brief("less", {value("number", 2)}), "less 2", Verb::less},
        {brief("save", {value("number", 2)}), "save 2", Verb::save},
        {brief("saved"), "saved", Verb::saved},
        {brief("follow", {value("show", "The Show")}), "follow show The Show", Verb::follow},
        {brief("unfollow", {value("topic", "chips")}), "unfollow topic chips", Verb::unfollow},
        {brief("mute", {value("topic", "chips")}), "mute topic chips", Verb::mute},
        {brief("weigh", {value("topic", "remote work"), value("weight", "-1")}), "weigh remote work -1", Verb::weigh},
        {brief("topics"), "topics", Verb::topics},
        {brief("shows"), "shows", Verb::shows},
        {brief("add", {value("show", "https://example.org/feed")}), "add https://example.org/feed", Verb::add},
        {brief("pause", {value("until", "Monday")}), "pause until Monday", Verb::pause},
        {brief("resume"), "resume", Verb::resume},
        {brief("settings"), "settings", Verb::settings},
        {brief("report", {value("number", 2), value("problem", "not said")}), "report 2 not said", Verb::report},
        {brief("help"), "help", Verb::help},
        {brief("time", {value("at", "8:00")}, "set"), "at 8:00", Verb::set_time},
        {brief("zone", {value("zone", "Europe/Berlin")}, "set"), "in Europe/Berlin", Verb::set_zone},
        {brief("daily", Json::array(), "set"), "daily", Verb::set_cadence},
        {brief("quiet", {value("hours", "22:00 to 7:00")}, "set"), "quiet 22:00 to 7:00", Verb::set_quiet},
        {brief("export", Json::array(), "me"), "export", Verb::export_profile},
        {brief("forget", Json::array(), "me"), "forget me", Verb::forget},
        {{{"name", "ask"}, {"options", Json::array({value("text", "more on chips")})}},
         "more on chips",
         Verb::more_topic},
    };
    for (const auto& c : cases) {
        SCOPED_TRACE(c.typed);
        EXPECT_EQ(typed_text(c.data).value_or("none"), c.typed);
        EXPECT_EQ(commands::parse_command(c.typed).verb, c.verb);
    }
}

TEST(DiscordCommands, KnowWhatIsTyped) {
    Json topic = value("topic", "chi");
    topic["focused"] = true;
    const auto what = typing(brief("more", {topic}));
    ASSERT_TRUE(what.has_value());
    EXPECT_EQ(what->what, "topic");
    EXPECT_EQ(what->typed, "chi");
    EXPECT_FALSE(typing(brief("more", {value("topic", "chi")})).has_value());
}

TEST(DiscordCommands, OfOthersAreNotRead) {
    for (const Json& data : {Json{{"name", "other"}}, brief("unknown"), brief("time"), Json{{"name", "brief"}}, Json(),
                             Json{{"name", "brief"}, {"options", 7}}, brief("today", Json(7), "me")}) {
        EXPECT_FALSE(typed_text(data).has_value()) << data.dump();
    }
}

}  // namespace
}  // namespace podbrief::discord
