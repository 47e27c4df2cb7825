#pragma once
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <memory>

#include "core/ports/error.hpp"

namespace podbrief::net {

namespace asio = boost::asio;

using Socket = std::unique_ptr<asio::ip::tcp::socket>;

// Opens connections: to exactly the address given, which the egress guard has seen. Tests put another one in.
class Dialer {
public:
    virtual ~Dialer() = default;
    // The error says why there is no connection. Whoever asks sets the deadline.
    // Cancellation: throws operation_aborted.
    virtual asio::awaitable<Result<Socket>> connect(asio::ip::tcp::endpoint endpoint) = 0;
};

// Real connections; their sockets belong to `executor`.
class TcpDialer final : public Dialer {
public:
    explicit TcpDialer(asio::any_io_executor executor) : executor_(std::move(executor)) {}
    asio::awaitable<Result<Socket>> connect(asio::ip::tcp::endpoint endpoint) override;

private:
    asio::any_io_executor executor_;
};

}  // namespace podbrief::net
