#pragma once
#include <boost/asio/awaitable.hpp>
#include <string>
#include <vector>

#include "adapters/telegram/receiver.hpp"
#include "core/ports/http_server.hpp"

namespace podbrief::telegram {

// Answers Telegram's own requests (core.telegram.org/bots/api#setwebhook): one update each. 2xx: it is kept; 503: it is
// to be told again, as until the bot's name is known.
class Webhook {
public:
    Webhook(Receiver& receiver, Identity& identity, Metrics& metrics, std::vector<std::string> secrets)
        : receiver_(receiver), identity_(identity), metrics_(metrics), secrets_(std::move(secrets)) {}

    asio::awaitable<ServerResponse> handle(ServerRequest request);

private:
    ServerResponse refuse(int status, const char* why);

    Receiver& receiver_;
    Identity& identity_;
    Metrics& metrics_;
    std::vector<std::string> secrets_;
};

}  // namespace podbrief::telegram
