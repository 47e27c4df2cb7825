#include "adapters/http/web_socket.hpp"

#include <fmt/format.h>

#include <boost/beast/http/error.hpp>
#include <boost/beast/http/rfc7230.hpp>

#include "adapters/http/beast_socket.hpp"

namespace podbrief::net {
namespace {

namespace http = boost::beast::http;
namespace websocket = boost::beast::websocket;
using boost::system::error_code;

bool is_of(const error_code& failure, const error_code& other) {
    return failure.category() == other.category();
}

WebSocketClient::Opened refusal(const error_code& failure, const websocket::response_type& answer,
                                const Progress& progress) {
    WebSocketClient::Opened out;
    std::string cause;
    if (failure == websocket::error::upgrade_declined) {
        out.status = answer.result_int();
        cause = fmt::format("answered {} instead of opening a WebSocket", out.status);
    } else if (is_of(failure, make_error_code(websocket::error::closed))) {
        out.status = answer.result_int();
        cause = "opened a WebSocket in a wrong way (" + failure.message() + ")";
    } else if (failure != http::error::end_of_stream && is_of(failure, make_error_code(http::error::end_of_stream))) {
        cause = "what it answered cannot be understood (" + failure.message() + ")";
    } else {
        cause = "the connection was lost before the answer was whole (" + failure.message() + ")";
    }
    out.problem = progress.failure(HttpErrc::malformed, cause).detail;
    return out;
}

}  // namespace

asio::awaitable<WebSocketClient::Opened> open_web_socket(Clock& clock, std::unique_ptr<Connection> connection,
                                                         const Outgoing& request, std::size_t max_message_bytes,
                                                         Progress& progress) {
    progress.stage = Progress::Stage::waiting_for_answer;
    auto socket = std::make_unique<BeastSocket>(clock, std::move(connection), max_message_bytes);
    websocket::response_type answer;
    const auto opened = co_await socket->ask(request, answer);
    if (!opened) co_return refusal(opened.error(), answer, progress);
    WebSocketClient::Opened out;
    out.status = answer.result_int();
    out.socket = std::move(socket);
    co_return out;
}

bool wants_web_socket(const ServerRequest& request) {
    const std::string* upgrade = find_header(request.headers, "Upgrade");
    return upgrade != nullptr && http::token_list{*upgrade}.exists("websocket");
}

asio::awaitable<std::unique_ptr<WebSocket>> accept_web_socket(Clock& clock, std::unique_ptr<Connection> connection,
                                                              const ServerRequest& request,
                                                              std::size_t max_message_bytes) {
    auto socket = std::make_unique<BeastSocket>(clock, std::move(connection), max_message_bytes);
    const auto granted = co_await socket->grant(request);
    if (!granted) co_return nullptr;
    co_return std::move(socket);
}

}  // namespace podbrief::net
