#pragma once
#include <boost/asio/awaitable.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <optional>
#include <string>

namespace podbrief::bot {

namespace asio = boost::asio;

// Lines of standard input without blocking the I/O thread: a terminal, a pipe or a file.
class LineInput {
public:
    explicit LineInput(asio::any_io_executor executor);

    // The next line without its line break; nullopt at the end. A line longer than 64 KiB is given in parts.
    // Cancellation: throws operation_aborted.
    asio::awaitable<std::optional<std::string>> next();

private:
    asio::posix::stream_descriptor descriptor_;
    std::string buffer_;
    bool waits_ = true;  // false: a regular file, which is always ready and cannot be waited for
    bool ended_ = false;
};

}  // namespace podbrief::bot
