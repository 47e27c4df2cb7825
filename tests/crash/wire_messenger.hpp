#pragma once
#include <memory>
#include <string>

#include "core/ports/http_client.hpp"
#include "core/ports/messenger.hpp"

namespace podbrief::testing {

// Speaks to one of the platforms in the doubles' process (doubles_server) through a real HTTP client; is in all else
// (traits, splitting) like `shape`.
class WireMessenger final : public Messenger {
public:
    // `base`: "http://127.0.0.1:4711".
    WireMessenger(std::string base, HttpClient& http, const Messenger& shape)
        : base_(std::move(base)), http_(http), shape_(shape) {}
    const PlatformTraits& traits() const override { return shape_.traits(); }
    Rate chat_rate(const Destination& to) const override { return shape_.chat_rate(to); }
    std::vector<Reply> split(const Reply& reply) const override { return shape_.split(reply); }

    asio::awaitable<SendOutcome> post(OutgoingMessage message) override;
    asio::awaitable<SendOutcome> edit(OutgoingMessage message, std::string message_ref) override;
    asio::awaitable<SendOutcome> reserve(OutgoingMessage message) override;
    asio::awaitable<SendOutcome> find(OutgoingMessage message, WallTime since) override;

private:
    asio::awaitable<SendOutcome> call(Step op, OutgoingMessage message, std::string message_ref, WallTime since);

    std::string base_;
    HttpClient& http_;
    const Messenger& shape_;
};

}  // namespace podbrief::testing
