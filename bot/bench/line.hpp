#pragma once
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <cstdint>
#include <string>
#include <string_view>

namespace podbrief::bot::bench {

namespace asio = boost::asio;

// One connection to a server on loopback that stays open: a request, its answer, the next. Says what it is given, byte
// for byte, and costs next to nothing, so that what is measured is the server. Throws system_error where the connection
// breaks, and operation_aborted on cancellation; whoever waits sets the limit.
class Line {
public:
    explicit Line(const asio::any_io_executor& executor) : socket_(executor) {}
    asio::awaitable<void> open(std::uint16_t port);

    struct Answer {
        int status = 0;
        std::string body;
    };
    // `request` stays where it is until then.
    asio::awaitable<Answer> exchange(std::string_view request);

private:
    asio::ip::tcp::socket socket_;
    std::string read_;
};

}  // namespace podbrief::bot::bench
