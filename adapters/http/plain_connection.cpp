#include <sys/socket.h>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/system_error.hpp>

#include "adapters/http/connection.hpp"

namespace podbrief::net {
namespace {

void rethrow_abort(const boost::system::error_code& failure) {
    if (failure == asio::error::operation_aborted) throw boost::system::system_error(failure);
}

class PlainConnection final : public Connection {
public:
    explicit PlainConnection(Socket socket) : socket_(std::move(socket)) {}

    asio::awaitable<Result<std::size_t>> read_some(std::span<char> into) override {
        const auto buffer = asio::buffer(into.data(), into.size());
        auto [failure, count] = co_await socket_->async_read_some(buffer, asio::as_tuple(asio::use_awaitable));
        rethrow_abort(failure);
        if (failure) co_return failure;
        co_return count;
    }

    asio::awaitable<Result<void>> write(std::string_view bytes, std::size_t& handed) override {
        while (!bytes.empty()) {
            const auto buffer = asio::buffer(bytes.data(), bytes.size());
            auto [failure, count] = co_await socket_->async_write_some(buffer, asio::as_tuple(asio::use_awaitable));
            handed += count;
            rethrow_abort(failure);
            if (failure) co_return failure;
            bytes.remove_prefix(count);
        }
        co_return Result<void>{};
    }

    bool looks_unused() override {
        char byte = 0;
        const auto count = ::recv(socket_->native_handle(), &byte, 1, MSG_PEEK | MSG_DONTWAIT);
        return count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK);
    }

    asio::awaitable<Result<int>> say_goodbye() override {
        boost::system::error_code failure;
        socket_->shutdown(asio::socket_base::shutdown_send, failure);
        if (failure) co_return failure;
        co_return 0;
    }

    asio::ip::tcp::socket& socket() override { return *socket_; }

private:
    Socket socket_;
};

}  // namespace

std::unique_ptr<Connection> plain_connection(Socket socket) {
    return std::make_unique<PlainConnection>(std::move(socket));
}

}  // namespace podbrief::net
