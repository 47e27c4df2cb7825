#pragma once
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/websocket/stream.hpp>  // house-rules: allow heavy-header because two files include this one
#include <memory>
#include <optional>
#include <string>

#include "adapters/http/connection.hpp"
#include "adapters/http/outgoing.hpp"
#include "adapters/http/socket_stream.hpp"
#include "core/async/turnstile.hpp"
#include "core/ports/clock.hpp"
#include "core/ports/web_socket.hpp"

namespace podbrief::net {

// A WebSocket, either side's, by Beast. Included by the two files that make one only.
//
// Beast frames, masks and answers pings. It takes one read, one write, one ping and one close at a time, so what is
// written goes through a turnstile; the pings' answers, which it writes while it reads, it keeps apart from that by
// itself. Its operations have many steps, and a cancellation that comes between two of them is lost on Beast (1.81); so
// it hears of none: cancellations and deadlines cut the connection below it, which ends whatever is under way, and once
// it is cut nothing is asked of Beast any more.
//
// Nothing may be under way when it is destroyed.
class BeastSocket final : public WebSocket {
public:
    using Stream = boost::beast::websocket::stream<SocketStream, false>;

    BeastSocket(Clock& clock, std::unique_ptr<Connection> connection, std::size_t max_message_bytes);

    // Both begin it; the error says why it did not open. Whoever asks sets the deadline.
    // Cancellation: throws operation_aborted.
    using Answer = boost::beast::websocket::response_type;
    asio::awaitable<Result<int>> ask(const Outgoing& request, Answer& answer);
    asio::awaitable<Result<int>> grant(const ServerRequest& request);

    asio::awaitable<Received> receive() override;
    asio::awaitable<bool> send(std::string text) override;
    asio::awaitable<bool> ping() override;
    SteadyTime last_heard() const override { return last_heard_; }
    asio::awaitable<void> close(int code, std::string reason) override;

private:
    class CutUnless;
    class CutOnCancel;

    asio::awaitable<boost::system::error_code> read_message(boost::beast::flat_buffer& buffer);
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
