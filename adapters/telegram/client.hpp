#pragma once
#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <string>

#include "adapters/telegram/api.hpp"
#include "core/delivery/answer_routes.hpp"
#include "core/ports/messenger.hpp"

namespace podbrief::telegram {

// Where an answer belongs in a group: under the message that asked.
struct AnsweredMessage {
    std::int64_t chat = 0;
    std::int64_t message_id = 0;
};
using AnswerRoutes = delivery::AnswerRoutes<AnsweredMessage>;

// Destination: chat is the chat's id (groups and channels are negative) or "@channel", thread a forum topic, workspace
// empty. A message_ref is a message_id. Telegram has neither idempotency keys nor a history that bots can read, so that
// a message is certain to be there once only if a line is reserved and then filled (strict); fast posts at once.
class Client final : public Messenger {
public:
    // Api, routes and clock outlive it.
    Client(Api& api, const AnswerRoutes& routes, Clock& clock, bool strict);
    const PlatformTraits& traits() const override { return traits_; }
    Rate chat_rate(const Destination& to) const override;
    std::vector<Reply> split(const Reply& reply) const override;
    asio::awaitable<SendOutcome> post(OutgoingMessage message) override;
    asio::awaitable<SendOutcome> edit(OutgoingMessage message, std::string message_ref) override;
    asio::awaitable<SendOutcome> reserve(OutgoingMessage message) override;

private:
    asio::awaitable<SendOutcome> send(Step step, OutgoingMessage message, nlohmann::json fields);
    void put_place(nlohmann::json& fields, const OutgoingMessage& message) const;

    Api& api_;
    const AnswerRoutes& routes_;
    Clock& clock_;
    PlatformTraits traits_;
};

}  // namespace podbrief::telegram
