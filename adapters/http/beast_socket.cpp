#include "adapters/http/beast_socket.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/system/system_error.hpp>

#include "adapters/http/farewell.hpp"
#include "core/async/with_timeout.hpp"

namespace podbrief::net {
namespace {

namespace beast = boost::beast;
namespace http = boost::beast::http;
namespace websocket = boost::beast::websocket;
using boost::system::error_code;

constexpr Millis longest_send{30'000};
constexpr Millis longest_goodbye{3'000};
constexpr std::size_t write_step = 16 * 1024;       // masked, and sent, at once
constexpr std::size_t most_unread_bytes = 1 << 20;  // read and thrown away behind a message that was refused
constexpr std::size_t longest_reason = 123;         // bytes; RFC 6455, 5.5

// RFC 6455, 7.4: what may stand in a close frame.
bool may_be_said(int code) {
    return (code >= 1000 && code <= 1003) || (code >= 1007 && code <= 1014) || (code >= 3000 && code <= 4999);
}

// Without half a character at the end.
std::string shortened(std::string reason) {
    if (reason.size() <= longest_reason) return reason;
    std::size_t end = longest_reason;
    while (end > 0 && (static_cast<unsigned char>(reason[end]) & 0xC0U) == 0x80U) --end;
    reason.resize(end);
    return reason;
}

// How Beast is called: see CutOnCancel.
auto uncancelled() {
    return asio::bind_cancellation_slot(asio::cancellation_slot(), asio::as_tuple(asio::use_awaitable));
}

asio::awaitable<void> throw_if_cancelled() {
    const auto state = co_await asio::this_coro::cancellation_state;
    if (state.cancelled() != asio::cancellation_type::none) {
        throw boost::system::system_error(asio::error::operation_aborted);
    }
}

template <class Fields>
void add(Fields& fields, const std::vector<HttpHeader>& headers) {
    for (const HttpHeader& header : headers) fields.insert(header.name, header.value);
}

bool is_of_protocol(const error_code& failure) {
    return failure.category() == make_error_code(websocket::error::closed).category();
}

}  // namespace

// Cuts the connection where it goes, unless all went well.
class BeastSocket::CutUnless {
public:
    explicit CutUnless(BeastSocket& socket) : socket_(socket) {}
    CutUnless(const CutUnless&) = delete;
    CutUnless& operator=(const CutUnless&) = delete;
    ~CutUnless() {
        if (!well) socket_.cut();
    }
    bool well = false;

private:
    BeastSocket& socket_;
};

// While it lives, a cancellation of the coroutine that it lives in cuts the connection.
class BeastSocket::CutOnCancel {
public:
    CutOnCancel(BeastSocket& socket, asio::cancellation_slot slot) : slot_(slot) {
        if (slot_.is_connected()) slot_.assign([&socket](asio::cancellation_type) { socket.cut(); });
    }
    CutOnCancel(const CutOnCancel&) = delete;
    CutOnCancel& operator=(const CutOnCancel&) = delete;
    ~CutOnCancel() { slot_.clear(); }

private:
    asio::cancellation_slot slot_;
};

BeastSocket::BeastSocket(Clock& clock, std::unique_ptr<Connection> connection, std::size_t max_message_bytes)
    : clock_(clock),
      stream_(std::move(connection)),
      writers_(stream_.get_executor()),
      when_cut_(stream_.get_executor(), asio::steady_timer::time_point::max()),
      max_message_bytes_(std::max<std::size_t>(max_message_bytes, 1)),
      last_heard_(clock.steady_now()) {
    stream_.read_message_max(max_message_bytes_);
    stream_.auto_fragment(false);
    stream_.write_buffer_bytes(write_step);
    stream_.control_callback([this](websocket::frame_type, beast::string_view) { last_heard_ = clock_.steady_now(); });
}

asio::awaitable<Result<int>> BeastSocket::ask(const Outgoing& request, Answer& answer) {
    auto decorate = [&request](websocket::request_type& out) { add(out, request.headers); };
    stream_.set_option(websocket::stream_base::decorator(decorate));
    const std::string host = request.url.authority();
    const auto state = co_await asio::this_coro::cancellation_state;
    CutOnCancel guard(*this, state.slot());
    auto [failure] = co_await stream_.async_handshake(answer, host, request.url.target, uncancelled());
    co_await throw_if_cancelled();
    if (failure) co_return failure;
    co_return 0;
}

asio::awaitable<Result<int>> BeastSocket::grant(const ServerRequest& request) {
    auto decorate = [](websocket::response_type& out) { out.set(http::field::server, "podbrief"); };
    stream_.set_option(websocket::stream_base::decorator(decorate));
    http::request<http::empty_body> asked;
    asked.method_string(request.method);
    asked.target(request.target);
    asked.version(11);
    add(asked, request.headers);
    asked.erase(http::field::expect);
    const auto state = co_await asio::this_coro::cancellation_state;
    CutOnCancel guard(*this, state.slot());
    auto [failure] = co_await stream_.async_accept(asked, uncancelled());
    co_await throw_if_cancelled();
    if (failure) co_return failure;
    co_return 0;
}

asio::awaitable<WebSocket::Received> BeastSocket::receive() {
    Received out;
    if (over()) {
        if (!closed_) closed_ = Closed{};
        out.closed = closed_;
        co_return out;
    }
    CutUnless end(*this);
    beast::flat_buffer buffer;
    const auto failure = co_await read_message(buffer);
    co_await throw_if_cancelled();
    if (!failure) {
        end.well = true;
        last_heard_ = clock_.steady_now();
        out.text.emplace(static_cast<const char*>(buffer.data().data()), buffer.size());
        co_return out;
    }
    // Our own goodbye is under way: it hears the other side's.
    if (closing_ && !closed_) co_await until_cut();
    co_await throw_if_cancelled();
    if (!closed_) {
        closed_ = reason_of(failure);
        const bool refused = is_of_protocol(failure) && failure != websocket::error::closed;
        if (refused) co_await take_leave(clock_, stream_.next_layer().socket(), most_unread_bytes);
    }
    out.closed = closed_;
    co_return out;
}

asio::awaitable<bool> BeastSocket::send(std::string text) {
    if (over() || closing_) co_return false;
    const auto turn = co_await writers_.enter();
    if (over()) co_return false;
    CutUnless end(*this);
    const auto sent = co_await with_timeout(clock_, longest_send, write_message(text));
    co_await throw_if_cancelled();
    end.well = sent.has_value();
    co_return end.well;
}

asio::awaitable<bool> BeastSocket::ping() {
    if (over() || closing_) co_return false;
    const auto turn = co_await writers_.enter();
    if (over()) co_return false;
    CutUnless end(*this);
    const auto sent = co_await with_timeout(clock_, longest_send, write_ping());
    co_await throw_if_cancelled();
    end.well = sent.has_value();
    co_return end.well;
}

asio::awaitable<void> BeastSocket::close(int code, std::string reason) {
    if (over()) co_return;
    if (closing_) {
        co_await until_cut();
        co_return;
    }
    closing_ = true;
    CutUnless end(*this);  // in any case: nothing follows a goodbye
    const auto said = co_await with_timeout(clock_, longest_goodbye, say_goodbye(code, std::move(reason)));
    co_await throw_if_cancelled();
    if (!closed_) closed_ = heard(said ? 1005 : 1006);
}

asio::awaitable<error_code> BeastSocket::read_message(boost::beast::flat_buffer& buffer) {
    const auto state = co_await asio::this_coro::cancellation_state;
    CutOnCancel guard(*this, state.slot());
    auto [failure, count] = co_await stream_.async_read(buffer, uncancelled());
    co_return failure;
}

asio::awaitable<Result<int>> BeastSocket::write_message(const std::string& text) {
    const auto bytes = asio::buffer(text);
    const auto state = co_await asio::this_coro::cancellation_state;
    CutOnCancel guard(*this, state.slot());
    auto [failure, count] = co_await stream_.async_write(bytes, uncancelled());
    if (failure) co_return failure;
    co_return 0;
}

asio::awaitable<Result<int>> BeastSocket::write_ping() {
    const websocket::ping_data nothing;
    const auto state = co_await asio::this_coro::cancellation_state;
    CutOnCancel guard(*this, state.slot());
    auto [failure] = co_await stream_.async_ping(nothing, uncancelled());
    if (failure) co_return failure;
    co_return 0;
}

// What waits to be sent goes before it.
asio::awaitable<Result<int>> BeastSocket::say_goodbye(int code, std::string reason) {
    const auto turn = co_await writers_.enter();
    if (over()) co_return Errc::unavailable;
    websocket::close_reason words;
    if (may_be_said(code)) {
        words.code = static_cast<websocket::close_code>(code);
        words.reason = shortened(std::move(reason));
    }
    const auto state = co_await asio::this_coro::cancellation_state;
    CutOnCancel guard(*this, state.slot());
    auto [failure] = co_await stream_.async_close(words, uncancelled());
    if (failure) co_return failure;
    co_return 0;
}

asio::awaitable<void> BeastSocket::until_cut() {
    while (!cut_) {
        co_await when_cut_.async_wait(asio::as_tuple(asio::use_awaitable));
        const auto state = co_await asio::this_coro::cancellation_state;
        if (state.cancelled() != asio::cancellation_type::none) co_return;
    }
}

void BeastSocket::cut() {
    cut_ = true;
    error_code ignored;
    stream_.next_layer().socket().close(ignored);
    when_cut_.cancel();
}

WebSocket::Closed BeastSocket::heard(int without_code) {
    const websocket::close_reason& words = stream_.reason();
    Closed out;
    out.code = words.code == websocket::close_code::none ? without_code : static_cast<int>(words.code);
    out.reason.assign(words.reason.data(), words.reason.size());
    return out;
}

WebSocket::Closed BeastSocket::reason_of(const error_code& failure) {
    Closed out;
    if (failure == websocket::error::closed) return heard(1005);
    if (!is_of_protocol(failure)) return out;
    out.code = 1002;
    out.reason = failure.message();
    if (failure == websocket::error::bad_frame_payload) out.code = 1007;
    if (failure == websocket::error::message_too_big) {
        out.code = 1009;
        out.reason = fmt::format("a message of more than {} bytes", max_message_bytes_);
    }
    return out;
}

}  // namespace podbrief::net
