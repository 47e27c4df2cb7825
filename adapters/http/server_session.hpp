#pragma once
#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>

#include "adapters/http/connection.hpp"
#include "adapters/http/places.hpp"
#include "adapters/http/request_reader.hpp"
#include "adapters/http/server.hpp"
#include "core/ports/error.hpp"

namespace podbrief::net {

// What one connection of the server does. One object serves all connections and outlives them.
struct Session {
    Clock& clock;
    const ServerOptions& options;
    Server::Handler handler;
    WebSocketService sockets;
    ServerTls* tls;  // null: plain
    Places& places;
    Server::Figures& figures;

    // Until the other side leaves, breaks the rules, is too slow or loses its place. Cancellation: throws
    // operation_aborted.
    asio::awaitable<void> serve(asio::ip::tcp::socket socket);

private:
    struct Talk;
    asio::awaitable<Result<int>> receive(Talk& talk, RequestReader& reader);
    asio::awaitable<ServerResponse> answer(ServerRequest request);
    asio::awaitable<bool> send(Talk& talk, const ServerResponse& response, bool without_body, bool keep_alive);
    asio::awaitable<void> talk_over_socket(Talk& talk, ServerRequest request);
    asio::awaitable<void> refuse(Talk& talk, int status);
};

// Answers 503 as far as the socket takes it at once, and closes.
void turn_away(asio::ip::tcp::socket socket);

}  // namespace podbrief::net
