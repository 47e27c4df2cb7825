#include "adapters/http/dialer.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/system_error.hpp>

namespace podbrief::net {

asio::awaitable<Result<Socket>> TcpDialer::connect(asio::ip::tcp::endpoint endpoint) {
    auto socket = std::make_unique<asio::ip::tcp::socket>(executor_);
    auto [failure] = co_await socket->async_connect(endpoint, asio::as_tuple(asio::use_awaitable));
    if (failure == asio::error::operation_aborted) throw boost::system::system_error(failure);
    if (failure) co_return failure;
    boost::system::error_code ignored;
    socket->set_option(asio::ip::tcp::no_delay(true), ignored);
    co_return socket;
}

}  // namespace podbrief::net
