#pragma once
#include <boost/asio/awaitable.hpp>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/model/time.hpp"
#include "core/ports/error.hpp"
#include "core/ports/http_client.hpp"
#include "core/ports/http_server.hpp"

namespace podbrief {

namespace asio = boost::asio;

// One open WebSocket (RFC 6455). Pings are answered by themselves. One receive and one send may be under way at once.
class WebSocket {
public:
    struct Closed {
        // As received; 1005: none given; 1006: the connection was lost; 1002, 1007, 1009 may be ours, of what broke the
        // protocol, was not UTF-8 or too long.
        int code = 1006;
        std::string reason;
    };
    // Exactly one of the two.
    struct Received {
        std::optional<std::string> text;  // one whole message, text or binary, at most max_message_bytes
        std::optional<Closed> closed;     // nothing will come any more
    };

    virtual ~WebSocket() = default;
    // Waits until something comes. Cancellation: throws operation_aborted; the socket is of no use then.
    virtual asio::awaitable<Received> receive() = 0;
    // As one text message. False: closed or lost.
    virtual asio::awaitable<bool> send(std::string text) = 0;
    // A ping of ours; false: closed or lost.
    virtual asio::awaitable<bool> ping() = 0;
    // When the other side was last heard of: a message, a ping or a pong.
    virtual SteadyTime last_heard() const = 0;
    // Says goodbye, waits shortly for theirs, and closes. Safe to call at any time, more than once.
    virtual asio::awaitable<void> close(int code, std::string reason) = 0;
};

struct WebSocketRequest {
    std::string url;  // ws or wss
    std::vector<HttpHeader> headers;
    Millis deadline{10'000};                  // to be open
    std::size_t max_message_bytes = 4 << 20;  // a longer one closes with 1009
};

// Opens WebSockets; egress rules, certificates and limits are those of HttpClient.
class WebSocketClient {
public:
    struct Opened {
        std::unique_ptr<WebSocket> socket;  // null: `status`, `problem`
        int status = 0;                     // what the server answered instead of opening; 0: no answer
        std::string problem;                // one line for people, no secrets (no query, no userinfo)
    };
    virtual ~WebSocketClient() = default;
    // Cancellation: throws operation_aborted.
    virtual asio::awaitable<Opened> open(WebSocketRequest request) = 0;
};

// The other side of it: what a server talks over WebSockets that others open to it. Plain functions: who provides them
// knows no server (adapters/http has one).
struct WebSocketService {
    // Asked of each request to open one. False: the ServerHandler answers it, with a refusal of its choice.
    std::function<bool(const ServerRequest&)> accepts;
    // Talks until it returns; then the connection is cut, so it closes the socket first where that is to be polite.
    // Cancelled when the server is stopped.
    std::function<asio::awaitable<void>(ServerRequest, std::unique_ptr<WebSocket>)> handler;
};

}  // namespace podbrief
