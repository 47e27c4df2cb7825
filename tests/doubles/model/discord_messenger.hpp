#pragma once
#include "adapters/doubles/discord_model.hpp"
#include "core/ports/messenger.hpp"
#include "tests/doubles/model/doubles.hpp"
#include "tests/doubles/model/exchange.hpp"

namespace podbrief::testing {

// Workspace: the guild; chat: the channel; message_ref: the message's id. The key is the nonce; its first characters
// stand at the end of the message, for find().
class DiscordMessenger final : public Messenger {
public:
    DiscordMessenger(DiscordModel& model, Line line);
    static std::string marker(const std::string& key);
    const PlatformTraits& traits() const override { return traits_; }
    std::vector<Reply> split(const Reply& reply) const override;
    asio::awaitable<SendOutcome> post(OutgoingMessage message) override;
    asio::awaitable<SendOutcome> edit(OutgoingMessage message, std::string message_ref) override;
    asio::awaitable<SendOutcome> find(OutgoingMessage message, WallTime since) override;

private:
    DiscordModel& model_;
    Line line_;
    PlatformTraits traits_;
};

}  // namespace podbrief::testing
