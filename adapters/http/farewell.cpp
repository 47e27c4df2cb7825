#include "adapters/http/farewell.hpp"

#include <algorithm>
#include <array>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "core/async/with_timeout.hpp"

namespace podbrief::net {
namespace {

asio::awaitable<Result<int>> read_away(asio::ip::tcp::socket& socket, std::size_t most) {
    const auto space = std::make_unique<std::array<char, 16 * 1024>>();
    while (most > 0) {
        const auto buffer = asio::buffer(space->data(), std::min(space->size(), most));
        auto [failure, count] = co_await socket.async_read_some(buffer, asio::as_tuple(asio::use_awaitable));
        if (failure) break;
        most -= count;
    }
    co_return 0;
}

}  // namespace

asio::awaitable<void> take_leave(Clock& clock, asio::ip::tcp::socket& socket, std::size_t most) {
    boost::system::error_code ignored;
    socket.shutdown(asio::socket_base::shutdown_send, ignored);
    (void)co_await with_timeout(clock, longest_farewell, read_away(socket, most));
}

}  // namespace podbrief::net
