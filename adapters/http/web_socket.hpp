#pragma once
#include <boost/asio/awaitable.hpp>
#include <cstddef>
#include <memory>

#include "adapters/http/connection.hpp"
#include "adapters/http/exchange.hpp"
#include "adapters/http/outgoing.hpp"
#include "core/ports/clock.hpp"
#include "core/ports/web_socket.hpp"

namespace podbrief::net {

// Asks for a WebSocket on an open connection. Whoever asks sets the deadline.
// Cancellation: throws operation_aborted.
asio::awaitable<WebSocketClient::Opened> open_web_socket(Clock& clock, std::unique_ptr<Connection> connection,
                                                         const Outgoing& request, std::size_t max_message_bytes,
                                                         Progress& progress);

// Whether a request asks for a WebSocket.
bool wants_web_socket(const ServerRequest& request);

// Grants it. Null: the request was not as it should be, which was answered, or the connection was lost.
// Whoever asks sets the deadline. Cancellation: throws operation_aborted.
asio::awaitable<std::unique_ptr<WebSocket>> accept_web_socket(Clock& clock, std::unique_ptr<Connection> connection,
                                                              const ServerRequest& request,
                                                              std::size_t max_message_bytes);

}  // namespace podbrief::net
