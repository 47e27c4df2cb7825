#pragma once
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/system/error_code.hpp>
#include <memory>
#include <utility>

#include "adapters/http/connection.hpp"

namespace boost::beast {
enum class role_type;
}

namespace podbrief::net {

// A Connection as Beast wants its streams: completion handlers, straight to the socket or the TLS layer. Included by
// beast_socket.hpp only.
class SocketStream {
public:
    using executor_type = asio::any_io_executor;

    explicit SocketStream(std::unique_ptr<Connection> connection) : connection_(std::move(connection)) {}

    executor_type get_executor() { return connection_->socket().get_executor(); }
    asio::ip::tcp::socket& socket() { return connection_->socket(); }

    template <class Buffers, class Token>
    auto async_read_some(const Buffers& buffers, Token&& token) {
        auto begin = [this](auto handler, const auto& into) {
            if (TlsStream* tls = connection_->tls()) {
                tls->async_read_some(into, std::move(handler));
            } else {
                socket().async_read_some(into, std::move(handler));
            }
        };
        return asio::async_initiate<Token, void(boost::system::error_code, std::size_t)>(begin, token, buffers);
    }

    template <class Buffers, class Token>
    auto async_write_some(const Buffers& buffers, Token&& token) {
        auto begin = [this](auto handler, const auto& from) {
            if (TlsStream* tls = connection_->tls()) {
                tls->async_write_some(from, std::move(handler));
            } else {
                socket().async_write_some(from, std::move(handler));
            }
        };
        return asio::async_initiate<Token, void(boost::system::error_code, std::size_t)>(begin, token, buffers);
    }

private:
    std::unique_ptr<Connection> connection_;
};

// Beast finds these two by their argument. The end of a WebSocket is its close frames; waiting for the end of what lies
// below, as Beast does otherwise, would have no deadline.
template <class Handler>
void async_teardown(boost::beast::role_type, SocketStream& stream, Handler&& handler) {
    auto done = [handler = std::forward<Handler>(handler)]() mutable { handler(boost::system::error_code{}); };
    asio::post(stream.get_executor(), std::move(done));
}
inline void beast_close_socket(SocketStream& stream) {
    boost::system::error_code ignored;
    stream.socket().close(ignored);
}

}  // namespace podbrief::net
