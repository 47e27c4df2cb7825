#pragma once
#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <cstddef>

#include "core/ports/clock.hpp"

namespace podbrief::net {

constexpr Millis longest_farewell{1'000};

// Ends our side of a connection on which the other side may still be sending: nothing more goes out, and what still
// comes is read and forgotten, `most` bytes and longest_farewell at most, so that the other side sees our last words
// before it hears that its bytes were not wanted. Gives how many came. Cancellation: throws operation_aborted.
asio::awaitable<std::size_t> take_leave(Clock& clock, asio::ip::tcp::socket& socket, std::size_t most);

}  // namespace podbrief::net
