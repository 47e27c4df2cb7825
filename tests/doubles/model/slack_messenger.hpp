#pragma once
#include "adapters/doubles/slack_model.hpp"
#include "core/ports/messenger.hpp"
#include "tests/doubles/model/doubles.hpp"
#include "tests/doubles/model/exchange.hpp"

namespace podbrief::testing {

// Workspace: the team; chat: the channel; message_ref: the ts. The key is in the metadata, which find() reads.
class SlackMessenger final : public Messenger {
public:
    SlackMessenger(SlackModel& model, Line line);
    const PlatformTraits& traits() const override { return traits_; }
    std::vector<Reply> split(const Reply& reply) const override;
    asio::awaitable<SendOutcome> post(OutgoingMessage message) override;
    asio::awaitable<SendOutcome> edit(OutgoingMessage message, std::string message_ref) override;
    asio::awaitable<SendOutcome> find(OutgoingMessage message, WallTime since) override;

private:
    SlackModel& model_;
    Line line_;
    PlatformTraits traits_;
};

}  // namespace podbrief::testing
