#include "adapters/http/farewell.hpp"

#include <algorithm>
#include <array>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "core/async/with_timeout.hpp"

namespace podbrief::net {
namespace {

asio::awaitable<Result<int>> read_away(asio::ip::tcp::socket& socket, std::size_t most, std::size_t& came) {
    const auto space = std::make_unique<std::array<char, 16 * 1024>>();
    while (came < most) {
        const auto buffer = asio::buffer(space->data(), std::min(space->size(), most - came));
        auto [failure, count] = co_await socket.async_read_some(buffer, asio::as_tuple(asio::use_awaitable));
        if (failure) break;
        came += count;
    }
    co_return 0;
}

}  // namespace

asio::awaitable<std::size_t> take_leave(Clock& clock, asio::ip::tcp::socket& socket, std::size_t most) {
    boost::system::error_code ignored;
    socket.shutdown(asio::socket_base::shutdown_send, ignored);
    std::size_t came = 0;
    (void)co_await with_timeout(clock, longest_farewell, read_away(socket, most, came));
    co_return came;
}

}  // namespace podbrief::net
