#pragma once
#include <boost/asio/awaitable.hpp>
#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "adapters/http/dialer.hpp"
#include "core/ports/error.hpp"

namespace podbrief::net {

// An open byte stream, plain or TLS. Cancellation of any operation: throws operation_aborted; close it then.
class Connection {
public:
    virtual ~Connection() = default;
    // At least one byte. asio::error::eof only for a proper end: TLS cut without its goodbye is another error.
    virtual asio::awaitable<Result<std::size_t>> read_some(std::span<char> into) = 0;
    // Everything. `handed` grows by each byte that the socket took (plain) or that the TLS layer was given.
    virtual asio::awaitable<Result<void>> write(std::string_view bytes, std::size_t& handed) = 0;
    // For an idle connection: false when the other side has closed it or sent what nobody asked for.
    virtual bool looks_unused() = 0;
};

std::unique_ptr<Connection> plain_connection(Socket socket);

// TLS 1.2 or newer; the certificate must be valid, lead to a trusted authority and name the host.
class TlsContext {
public:
    // Trusts the system's authorities and those of `extra_ca_file` (PEM; empty: none).
    // Throws std::runtime_error when that file cannot be used.
    explicit TlsContext(const std::string& extra_ca_file);
    ~TlsContext();

    struct Opened {
        std::unique_ptr<Connection> connection;  // null: `problem` says why, for people
        std::string problem;
    };
    // `host`: a name or an address, as in the URL, without brackets.
    asio::awaitable<Opened> handshake(Socket socket, std::string host);

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace podbrief::net
