#pragma once
#include <string>
#include <vector>

#include "adapters/discord/interactions.hpp"
#include "core/ports/http_server.hpp"

namespace podbrief::discord {

// The interactions endpoint: size, raw body, timestamp, signature, JSON, kept, acknowledged; in this order.
class HttpInbound {
public:
    // `public_keys`: 64 hex digits each; several while the application's key changes.
    HttpInbound(std::vector<std::string> public_keys, Interactions& interactions, Clock& clock, Log& log,
                Metrics& metrics)
        : public_keys_(std::move(public_keys)),
          interactions_(interactions),
          clock_(clock),
          log_(log),
          metrics_(metrics) {}
    asio::awaitable<ServerResponse> handle(ServerRequest request);

private:
    std::vector<std::string> public_keys_;
    Interactions& interactions_;
    Clock& clock_;
    Log& log_;
    Metrics& metrics_;
};

}  // namespace podbrief::discord
