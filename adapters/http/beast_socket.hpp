#pragma once
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/websocket/stream.hpp>  // house-rules: allow heavy-header because two files include this one
#include <memory>
#include <optional>
#include <string>

#include "adapters/http/connection.hpp"
#include "adapters/http/socket_stream.hpp"
#include "core/async/turnstile.hpp"
#include "core/ports/clock.hpp"
#include "core/ports/web_socket.hpp"

namespace podbrief::net {

// A WebSocket, either side's, by Beast. Included by the two files that make one only.
//
// Beast frames, masks and answers pings. It takes one read, one write, one ping and one close at a time, wants none
// after one that was cancelled, and has asserts against what we would do wrong; so what is written goes through a
// turnstile, and once the connection is cut nothing is asked of Beast any more. The pings' answers, which it writes
// while it reads, it keeps apart from our writing by itself.
class BeastSocket final : public WebSocket {
public:
    using Stream = boost::beast::websocket::stream<SocketStream, false>;

    BeastSocket(Clock& clock, std::unique_ptr<Connection> connection, std::size_t max_message_bytes);

    Stream& stream() { return stream_; }

    asio::awaitable<Received> receive() override;
    asio::awaitable<bool> send(std::string text) override;
    asio::awaitable<bool> ping() override;
    SteadyTime last_heard() const override { return last_heard_; }
    asio::awaitable<void> close(int code, std::string reason) override;

private:
    // How one read ended.
    struct Read {
        std::optional<std::string> text;
        boost::system::error_code failure;
    };
    // Cuts the connection where it goes, unless all went well.
    class CutUnless;

    asio::awaitable<void> read_message(Read& read);
    asio::awaitable<Result<int>> write_message(const std::string& text);
    asio::awaitable<Result<int>> write_ping();
    asio::awaitable<Result<int>> say_goodbye(int code, std::string reason);

    bool over() const { return closed_ || cut_; }
    asio::awaitable<void> until_cut();
    void cut();
    Closed heard(int without_code);
    Closed reason_of(const boost::system::error_code& failure);

    Clock& clock_;
    Stream stream_;
    Turnstile writers_;
    asio::steady_timer when_cut_;  // never expires: a condition variable
    std::size_t max_message_bytes_;
    SteadyTime last_heard_;
    std::optional<Closed> closed_;  // what receive() says from then on
    bool closing_ = false;          // close() was called
    bool cut_ = false;              // the connection is closed from our side
};

}  // namespace podbrief::net
