#pragma once
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>

#include "adapters/http/connection.hpp"

namespace podbrief::net {

// Either side's connection, before and after its handshake. Included by the two sides of TLS only.
class TlsConnection final : public Connection {
public:
    TlsConnection(Socket socket, asio::ssl::context& context) : stream_(std::move(*socket), context) {}

    TlsStream& stream() { return stream_; }

    asio::awaitable<Result<std::size_t>> read_some(std::span<char> into) override;
    asio::awaitable<Result<void>> write(std::string_view bytes, std::size_t& handed) override;
    bool looks_unused() override;
    asio::awaitable<Result<int>> say_goodbye() override;
    asio::ip::tcp::socket& socket() override { return stream_.next_layer(); }
    TlsStream* tls() override { return &stream_; }

private:
    TlsStream stream_;
};

// Cancellation is an exception, everything else a value.
void rethrow_abort(const boost::system::error_code& failure);

}  // namespace podbrief::net
