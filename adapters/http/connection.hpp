#pragma once
#include <boost/asio/awaitable.hpp>
#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "adapters/http/dialer.hpp"
#include "core/ports/error.hpp"

namespace boost::asio::ssl {
class context;
template <typename Layer>
class stream;
}  // namespace boost::asio::ssl

namespace podbrief::net {

using TlsStream = asio::ssl::stream<asio::ip::tcp::socket>;

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
    // Says that nothing more will come from us; over TLS it also waits for the other side to say so. Not to be written
    // to afterwards.
    virtual asio::awaitable<Result<int>> say_goodbye() = 0;
    // The socket below, for what lies outside reading and writing: its options, its end.
    virtual asio::ip::tcp::socket& socket() = 0;
    // The TLS layer above it; null: plain.
    virtual TlsStream* tls() { return nullptr; }
};

std::unique_ptr<Connection> plain_connection(Socket socket);

// Our side of TLS where we ask. TLS 1.2 or newer; the certificate must be valid, lead to a trusted authority and name
// the host.
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

// Our side of TLS where we are asked. TLS 1.2 or newer; who asks shows no certificate.
class ServerTls {
public:
    // PEM: our certificate with those that lead to its authority, and its key, without a passphrase.
    // Throws std::runtime_error, fit for people, when they cannot be used.
    ServerTls(std::string certificate_file, std::string key_file);
    ~ServerTls();

    // Reads the files again, for connections from now on. Throws as above, and goes on with what it had.
    void reload();
    // Not to be read or written before handshake() gave true; whoever asks sets the deadline. Cancellation: throws
    // operation_aborted.
    std::unique_ptr<Connection> connection(Socket socket);
    asio::awaitable<bool> handshake(Connection& connection);

private:
    std::string certificate_file_;
    std::string key_file_;
    std::shared_ptr<asio::ssl::context> context_;
};

}  // namespace podbrief::net
