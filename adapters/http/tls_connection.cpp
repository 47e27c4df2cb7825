#include "adapters/http/tls_connection.hpp"

#include <sys/socket.h>

#include <algorithm>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/system_error.hpp>

namespace podbrief::net {
namespace {

constexpr std::size_t record_bytes = 16 * 1024;  // the most that TLS encrypts, and sends, at once

}  // namespace

void rethrow_abort(const boost::system::error_code& failure) {
    if (failure == asio::error::operation_aborted) throw boost::system::system_error(failure);
}

asio::awaitable<Result<std::size_t>> TlsConnection::read_some(std::span<char> into) {
    const auto buffer = asio::buffer(into.data(), into.size());
    auto [failure, count] = co_await stream_.async_read_some(buffer, asio::as_tuple(asio::use_awaitable));
    rethrow_abort(failure);
    if (failure) co_return failure;
    co_return count;
}

asio::awaitable<Result<void>> TlsConnection::write(std::string_view bytes, std::size_t& handed) {
    while (!bytes.empty()) {
        const auto buffer = asio::buffer(bytes.data(), std::min(bytes.size(), record_bytes));
        // A record may have left the machine although its write failed, so it counts from the start.
        handed += buffer.size();
        auto [failure, count] = co_await stream_.async_write_some(buffer, asio::as_tuple(asio::use_awaitable));
        rethrow_abort(failure);
        if (failure) co_return failure;
        handed -= buffer.size() - count;
        bytes.remove_prefix(count);
    }
    co_return Result<void>{};
}

bool TlsConnection::looks_unused() {
    // Readable data may be a session ticket, so only the end of the stream tells.
    char byte = 0;
    return ::recv(socket().native_handle(), &byte, 1, MSG_PEEK | MSG_DONTWAIT) != 0;
}

asio::awaitable<Result<int>> TlsConnection::say_goodbye() {
    auto [failure] = co_await stream_.async_shutdown(asio::as_tuple(asio::use_awaitable));
    rethrow_abort(failure);
    if (failure) co_return failure;
    co_return 0;
}

}  // namespace podbrief::net
