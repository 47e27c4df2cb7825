#include <gtest/gtest.h>

#include "tests/adapters/discord/world.hpp"

namespace podbrief::discord {
namespace {

using Grade = Finding::Grade;

std::string told(const std::vector<Finding>& findings, Grade grade) {
    std::string all;
    for (const Finding& one : findings) {
        if (one.grade == grade) all += one.what + " -> " + one.remedy + "\n";
    }
    return all;
}

TEST(DiscordCheck, ABotThatIsSetUpIsGood) {
    for (const auto mode : {World::Mode::http, World::Mode::gateway}) {
        World world(mode);
        const auto findings = world.run(world.discord.check());
        EXPECT_EQ(told(findings, Grade::bad), "");
        EXPECT_NE(told(findings, Grade::good).find("The commands are registered."), std::string::npos);
    }
}

TEST(DiscordCheck, NamesAWrongTokenAndWhereToClick) {
    World world;
    world.model.revoke({}, world.clock.wall_now());
    const auto bad = told(world.run(world.discord.check()), Grade::bad);
    EXPECT_NE(bad.find("does not take the bot token"), std::string::npos) << bad;
    EXPECT_NE(bad.find("Reset Token"), std::string::npos);
}

TEST(DiscordCheck, NamesAnEndpointThatTakesInteractionsAwayFromTheGateway) {
    World world(World::Mode::gateway);
    world.server.reach_by(nullptr);
    world.run(world.server.set_endpoint("https://other.example/x"));
    EXPECT_EQ(told(world.run(world.discord.check()), Grade::bad), "");  // it was not reached, and so not set
    World other(World::Mode::http);
    Options options;
    options.token = doubles::DiscordServer::Settings{}.token;
    options.application_id = doubles::DiscordServer::Settings{}.application;
    options.api = "https://discord.double/api/v10";
    Discord by_gateway(options,
                       {other.http, &other.sockets, other.intake, other.clock, other.random, other.log, other.metrics});
    const auto bad = told(other.run(by_gateway.check()), Grade::bad);
    EXPECT_NE(bad.find("Interactions go to https://brief.example.org/discord/interactions"), std::string::npos) << bad;
}

TEST(DiscordCheck, NamesWhatIsNotRegisteredAndAForeignKey) {
    World world(World::Mode::http);
    Options options;
    options.token = doubles::DiscordServer::Settings{}.token;
    options.application_id = "900000000000000001";
    options.public_keys = {std::string(64, 'a')};
    options.http = true;
    options.gateway = false;
    options.public_url = "https://elsewhere.example/";
    options.api = "https://discord.double/api/v10";
    Discord other(options, {world.http, nullptr, world.intake, world.clock, world.random, world.log, world.metrics});
    const auto bad = told(world.run(other.check()), Grade::bad);
    EXPECT_NE(bad.find("public key is not among ours"), std::string::npos) << bad;
    EXPECT_NE(bad.find("https://elsewhere.example/discord/interactions"), std::string::npos) << bad;
}

TEST(DiscordCheck, SaysThatOneConnectionIsTooFew) {
    doubles::DiscordServer::Settings settings;
    settings.shards = 3;
    World world(World::Mode::gateway, settings);
    const auto bad = told(world.run(world.discord.check()), Grade::bad);
    EXPECT_NE(bad.find("Discord recommends 3 gateway connections"), std::string::npos) << bad;
    EXPECT_NE(bad.find("HTTP mode"), std::string::npos);
}

TEST(DiscordCheck, SaysThatOurClockIsWrong) {
    World world;
    ManualClock ours(world.clock.wall_now() + std::chrono::minutes{7});
    Options options;
    options.token = doubles::DiscordServer::Settings{}.token;
    options.application_id = doubles::DiscordServer::Settings{}.application;
    options.api = "https://discord.double/api/v10";
    Discord late(options, {world.http, nullptr, world.intake, ours, world.random, world.log, world.metrics});
    const auto bad = told(world.run(late.check()), Grade::bad);
    EXPECT_NE(bad.find("This machine's clock is 4"), std::string::npos) << bad;
    EXPECT_EQ(told(world.run(world.discord.check()), Grade::bad).find("clock"), std::string::npos);
}

}  // namespace
}  // namespace podbrief::discord
