#pragma once
#include <boost/asio/any_io_executor.hpp>
#include <cstddef>
#include <memory>
#include <string>

#include "adapters/http/connection_pool.hpp"
#include "adapters/http/dialer.hpp"
#include "adapters/http/egress_guard.hpp"
#include "adapters/http/resolver.hpp"
#include "core/ports/clock.hpp"
#include "core/ports/http_client.hpp"
#include "core/ports/web_socket.hpp"

namespace podbrief::net {

struct ClientOptions {
    std::string user_agent = "podbrief/0.1";  // unless the request has its own
    EgressPolicy egress;
    std::string extra_ca_file;      // PEM: trusted beside the system's authorities; empty: none
    Millis lookup_timeout{5'000};   // of one host name
    Millis connect_timeout{5'000};  // of one address, TLS included
    std::size_t max_addresses = 4;  // of one host that are tried
    std::size_t max_header_bytes = 64 << 10;
    PoolLimits pool;
};

// HTTP/1.1 over TCP and TLS, for requests that strangers may have a say in. Every address is put before the egress
// guard at the moment it is connected, on every redirect too; certificates must be valid and name the host; nothing
// is read without a limit; half an answer is a failure. Redirects: at most as many as the request allows, never from
// https to http, without credentials to another host. Connections are kept open and reused; a GET or HEAD whose reused
// connection turns out dead is sent again once.
//
// WebSockets are opened by the same rules, each on a connection of its own; redirects are not followed.
//
// To be used from `executor` only. All that is referred to outlives it, and it outlives what it was asked to send.
class Client final : public HttpClient, public WebSocketClient {
public:
    // `dialer` null: real connections. Throws std::runtime_error when extra_ca_file cannot be used.
    Client(asio::any_io_executor executor, Clock& clock, Resolver& resolver, ClientOptions options,
           Dialer* dialer = nullptr);
    ~Client() override;

    // The whole exchange, redirects, look-ups and waiting for a turn included, ends at request.deadline.
    asio::awaitable<HttpResult> send(HttpRequest request) override;

    // The socket holds neither the client nor its pool, and may outlive them; the clock must outlive it.
    asio::awaitable<WebSocketClient::Opened> open(WebSocketRequest request) override;

    struct Figures {
        std::size_t connections_opened = 0;
        std::size_t connections_reused = 0;
        std::size_t idle_connections = 0;
    };
    Figures figures() const;

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace podbrief::net
