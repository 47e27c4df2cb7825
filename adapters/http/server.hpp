#pragma once
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/ports/clock.hpp"
#include "core/ports/http_server.hpp"
#include "core/ports/web_socket.hpp"

namespace podbrief::net {

struct ServerOptions {
    std::string address = "127.0.0.1";
    std::uint16_t port = 0;  // 0: any free one
    std::size_t max_header_bytes = 16 << 10;
    std::size_t max_body_bytes = 1 << 20;
    // For a TLS handshake; to receive one request; to send one answer; to keep an idle connection.
    Millis message_deadline{10'000};
    // Beyond, whoever has waited longest without asking is closed; when all are at work, the new one is answered 503
    // (TLS: not at all) and closed.
    std::size_t max_connections = 256;
    std::size_t max_socket_message_bytes = 4 << 20;  // of a WebSocket; a longer one closes it with 1009
    // PEM, both or none: TLS 1.2 or newer with this certificate (and those that lead to its authority) and this key.
    std::string certificate_file;
    std::string key_file;
};

// A small HTTP/1.1 server, for loopback, behind a proxy or with TLS of its own: health, metrics, web hooks, the demo's
// feeds. What breaks the rules is answered 400, 408, 413, 415, 431 or 503 and closed, and never gets to the handler.
class Server {
public:
    // Runs on the server's executor, several at a time. What it throws is answered 500. Cancelled when run() is.
    using Handler = ServerHandler;

    // Listens at once. `sockets` empty: a request to open a WebSocket is like any other.
    // Throws std::runtime_error, fit for people, when the address cannot be had or certificate and
    // key cannot be used.
    Server(asio::any_io_executor executor, Clock& clock, ServerOptions options, Handler handler,
           WebSocketService sockets = {});
    ~Server();

    std::uint16_t port() const;

    // Serves until it is cancelled; then closes the listener, ends all requests, waits for them and throws
    // operation_aborted. To be called once.
    asio::awaitable<void> run();

    std::size_t connections() const;  // open now

    // Since the start.
    struct Figures {
        std::uint64_t accepted = 0;        // connections
        std::uint64_t shed = 0;            // connections that were closed to make place for others
        std::uint64_t turned_away = 0;     // connections that found every place at work
        std::uint64_t requests = 0;        // given to the handler
        std::uint64_t refused = 0;         // requests that broke the rules
        std::uint64_t bytes_received = 0;  // of requests, those read only to be forgotten included
    };
    const Figures& figures() const;

    // Reads certificate and key again; connections from now on show the new one. Throws std::runtime_error, fit for
    // people, when they cannot be used, and goes on with the old ones. Without TLS: nothing.
    void reload_certificate();

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace podbrief::net
