#pragma once
#include "adapters/doubles/telegram_model.hpp"
#include "core/ports/messenger.hpp"
#include "tests/doubles/model/doubles.hpp"
#include "tests/doubles/model/exchange.hpp"

namespace podbrief::testing {

// Chat: the chat's id (negative: a group); workspace and thread are empty. There is no way to find a message again:
// strict reserves a line and fills it, fast posts at once and may have to leave the outcome open.
class TelegramMessenger final : public Messenger {
public:
    enum class Mode { strict, fast };
    static constexpr const char* placeholder = "Your brief is on its way.";

    TelegramMessenger(TelegramModel& model, Line line, Mode mode = Mode::strict);
    const PlatformTraits& traits() const override { return traits_; }
    Rate chat_rate(const Destination& to) const override;
    std::vector<Reply> split(const Reply& reply) const override;
    asio::awaitable<SendOutcome> post(OutgoingMessage message) override;
    asio::awaitable<SendOutcome> edit(OutgoingMessage message, std::string message_ref) override;
    asio::awaitable<SendOutcome> reserve(OutgoingMessage message) override;

private:
    asio::awaitable<SendOutcome> send(OutgoingMessage message, Step step, telegram::SendMessage fields);

    TelegramModel& model_;
    Line line_;
    PlatformTraits traits_;
};

}  // namespace podbrief::testing
