#pragma once
#include "core/ports/messenger.hpp"

namespace podbrief::bot::bench {

// A platform's messenger that may send as fast as it can: the platform behind it is ours.
class Unpaced final : public Messenger {
public:
    explicit Unpaced(Messenger& inner) : inner_(inner), traits_(inner.traits()) {
        traits_.lane_rate = traits_.chat_rate = traits_.find_rate = Rate{0, Millis{1000}};
    }
    const PlatformTraits& traits() const override { return traits_; }
    Rate chat_rate(const Destination&) const override { return traits_.chat_rate; }
    std::vector<Reply> split(const Reply& reply) const override { return inner_.split(reply); }
    asio::awaitable<SendOutcome> post(OutgoingMessage message) override { return inner_.post(std::move(message)); }
    asio::awaitable<SendOutcome> edit(OutgoingMessage message, std::string message_ref) override {
        return inner_.edit(std::move(message), std::move(message_ref));
    }
    asio::awaitable<SendOutcome> reserve(OutgoingMessage message) override {
        return inner_.reserve(std::move(message));
    }
    asio::awaitable<SendOutcome> find(OutgoingMessage message, WallTime since) override {
        return inner_.find(std::move(message), since);
    }

private:
    Messenger& inner_;
    PlatformTraits traits_;
};

}  // namespace podbrief::bot::bench
