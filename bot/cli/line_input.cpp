#include "bot/cli/line_input.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <boost/asio/use_awaitable.hpp>
#include <cerrno>

namespace podbrief::bot {

LineInput::LineInput(asio::any_io_executor executor) : descriptor_(executor) {
    // Asio makes what it waits for non-blocking. A descriptor of our own keeps that from the terminal, which we share
    // with our output and with the shell. Regular files and sockets cannot be had that way, and are read blocking.
    const int own = ::open("/proc/self/fd/0", O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    boost::system::error_code error;
    if (own >= 0) descriptor_.assign(own, error);
    if (own < 0 || error) waits_ = false;
    if (own >= 0 && error) ::close(own);
}

asio::awaitable<std::optional<std::string>> LineInput::next() {
    constexpr std::size_t longest = 64 * 1024;
    for (;;) {
        const auto line_end = buffer_.find('\n');
        if (line_end != std::string::npos || buffer_.size() >= longest || (ended_ && !buffer_.empty())) {
            const std::size_t size = std::min(line_end, buffer_.size());
            std::string line = buffer_.substr(0, size);
            buffer_.erase(0, std::min(buffer_.size(), size + 1));
            if (line.ends_with('\r')) line.pop_back();
            co_return line;
        }
        if (ended_) co_return std::nullopt;
        if (waits_) co_await descriptor_.async_wait(asio::posix::stream_descriptor::wait_read, asio::use_awaitable);
        char block[4096];
        const auto got = ::read(waits_ ? descriptor_.native_handle() : STDIN_FILENO, block, sizeof block);
        if (got < 0 && (errno == EAGAIN || errno == EINTR)) continue;
        if (got <= 0) {
            ended_ = true;
        } else {
            buffer_.append(block, static_cast<std::size_t>(got));
        }
    }
}

}  // namespace podbrief::bot
