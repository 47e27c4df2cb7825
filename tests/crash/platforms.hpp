#pragma once
#include <map>
#include <memory>
#include <string>

#include "core/ports/clock.hpp"
#include "core/ports/messenger.hpp"
#include "core/ports/random.hpp"
#include "tests/doubles/model/discord_messenger.hpp"
#include "tests/doubles/model/slack_messenger.hpp"
#include "tests/doubles/model/telegram_messenger.hpp"

namespace podbrief::testing {

// The three platforms with the messengers that drive them: in the doubles' process what the world is, in the server
// under test only what its messengers look like.
struct Platforms {
    Platforms(Clock& clock, std::uint64_t seed)
        : random(seed),
          trouble(random),
          slack_messenger(slack, Line{clock, clock, trouble, {}}),
          discord_messenger(discord, Line{clock, clock, trouble, {}}),
          telegram_messenger(telegram, Line{clock, clock, trouble, {}}) {
        trouble.set_latency(Millis{0}, Millis{0});
    }

    PlatformModel* model(const std::string& platform) {
        if (platform == "slack") return &slack;
        if (platform == "discord") return &discord;
        return platform == "telegram" ? &telegram : nullptr;
    }
    Messenger* messenger(const std::string& platform) {
        if (platform == "slack") return &slack_messenger;
        if (platform == "discord") return &discord_messenger;
        return platform == "telegram" ? &telegram_messenger : nullptr;
    }

    Random random;
    Trouble trouble;
    SlackModel slack;
    DiscordModel discord;
    TelegramModel telegram;
    SlackMessenger slack_messenger;
    DiscordMessenger discord_messenger;
    TelegramMessenger telegram_messenger;
};

}  // namespace podbrief::testing
