#pragma once
#include <boost/asio/awaitable.hpp>

#include "adapters/slack/desk.hpp"
#include "adapters/slack/options.hpp"
#include "core/ports/http_server.hpp"

namespace podbrief::slack {

// What Slack sends to our addresses: judged in the order size, signature, form; what is not Slack's has no effect.
class HttpInbound {
public:
    HttpInbound(Desk& desk, Clock& clock, const Options& options) : desk_(desk), clock_(clock), options_(options) {}

    asio::awaitable<ServerResponse> events(ServerRequest request);
    asio::awaitable<ServerResponse> commands(ServerRequest request);
    asio::awaitable<ServerResponse> interactivity(ServerRequest request);

private:
    // What is to be answered to a request that is not let in; nullopt: it is.
    std::optional<ServerResponse> refuse(const ServerRequest& request);
    asio::awaitable<ServerResponse> take(Inbound inbound);

    Desk& desk_;
    Clock& clock_;
    const Options& options_;
};

}  // namespace podbrief::slack
