#include "adapters/http/server_session.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/http/status.hpp>
#include <boost/system/system_error.hpp>

#include "adapters/http/farewell.hpp"
#include "adapters/http/header_rules.hpp"
#include "adapters/http/web_socket.hpp"
#include "core/async/with_timeout.hpp"

namespace podbrief::net {
namespace {

using asio::ip::tcp;

constexpr std::size_t read_step = 16 * 1024;
// Read of a request that is refused, what is thrown away behind the refusal included.
constexpr std::size_t most_refused_bytes = 256 * 1024;

std::string_view reason(int status) {
    const auto text = boost::beast::http::obsolete_reason(static_cast<boost::beast::http::status>(status));
    return {text.data(), text.size()};
}

bool has_no_body(int status) {
    return status / 100 == 1 || status == 204 || status == 304;
}

std::string wire_form(const ServerResponse& response, WallTime now, bool without_body, bool keep_alive) {
    const auto seconds = std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count();
    std::string out = fmt::format("HTTP/1.1 {} {}\r\nDate: {:%a, %d %b %Y %H:%M:%S GMT}\r\n", response.status,
                                  reason(response.status), fmt::gmtime(static_cast<std::time_t>(seconds)));
    for (const auto& header : response.headers) {
        const bool own = same_name(header.name, "Content-Length") || same_name(header.name, "Connection") ||
                         same_name(header.name, "Transfer-Encoding") || same_name(header.name, "Date");
        if (!own) out += fmt::format("{}: {}\r\n", header.name, header.value);
    }
    if (!has_no_body(response.status)) out += fmt::format("Content-Length: {}\r\n", response.body.size());
    out += keep_alive ? "Connection: keep-alive\r\n\r\n" : "Connection: close\r\n\r\n";
    if (!without_body && !has_no_body(response.status)) out += response.body;
    return out;
}

// These as with_timeout wants them.
asio::awaitable<Result<int>> write_all(Connection& connection, std::string_view bytes) {
    std::size_t handed = 0;
    const auto written = co_await connection.write(bytes, handed);
    if (!written) co_return written.error();
    co_return 0;
}

asio::awaitable<Result<bool>> handshake(ServerTls& tls, Connection& connection) {
    const bool shaken = co_await tls.handshake(connection);
    co_return shaken;
}

asio::awaitable<Result<std::unique_ptr<WebSocket>>> open_socket(Clock& clock, std::unique_ptr<Connection> connection,
                                                                const ServerRequest& request, std::size_t most) {
    auto socket = co_await accept_web_socket(clock, std::move(connection), request, most);
    co_return std::move(socket);
}

}  // namespace

struct Session::Talk {
    std::unique_ptr<Connection> connection;
    std::string rest;  // came behind the last request
    std::string remote_address;
    std::size_t received = 0;  // bytes of the request that is being read
};

asio::awaitable<void> Session::serve(tcp::socket socket) {
    Talk talk;
    boost::system::error_code ignored;
    socket.set_option(tcp::no_delay(true), ignored);
    const auto remote = socket.remote_endpoint(ignored);
    if (!ignored) talk.remote_address = remote.address().to_string();
    auto owned = std::make_unique<tcp::socket>(std::move(socket));
    talk.connection = tls == nullptr ? plain_connection(std::move(owned)) : tls->connection(std::move(owned));
    Places::Place place(places, talk.connection->socket());
    if (tls != nullptr) {
        const auto shaken = co_await with_timeout(clock, options.message_deadline, handshake(*tls, *talk.connection));
        if (!shaken || !*shaken) co_return;
    }

    for (bool open = true; open;) {
        RequestReader::Limits limits;
        limits.header_bytes = options.max_header_bytes;
        limits.body_bytes = options.max_body_bytes;
        RequestReader reader(limits);
        const auto refusal = co_await with_timeout(clock, options.message_deadline, receive(talk, reader));
        if (place.lost()) co_return;
        if (!refusal) {
            if (reader.begun() && refusal.error() == make_error_code(Errc::timed_out)) co_await refuse(talk, 408);
            co_return;
        }
        if (*refusal != 0) {
            co_await refuse(talk, *refusal);
            co_return;
        }
        place.works();
        ++figures.requests;
        ServerRequest request = reader.take();
        request.remote_address = talk.remote_address;
        request.https = tls != nullptr;
        talk.rest = reader.take_rest();
        if (sockets.accepts && wants_web_socket(request) && sockets.accepts(request)) {
            co_await talk_over_socket(talk, std::move(request));
            co_return;
        }
        const bool without_body = request.method == "HEAD";
        const ServerResponse response = co_await answer(std::move(request));
        place.waits();
        open = co_await send(talk, response, without_body, reader.keep_alive());
    }
}

// 0: a whole request is there; a status: it is refused with that; an error: the connection is lost.
asio::awaitable<Result<int>> Session::receive(Talk& talk, RequestReader& reader) {
    const std::string rest = std::exchange(talk.rest, {});
    talk.received = rest.size();
    if (!rest.empty()) {
        if (const int status = reader.feed(rest)) co_return status;
    }
    const auto buffer = std::make_unique<std::array<char, read_step>>();
    while (!reader.done()) {
        if (reader.take_wish_to_continue()) {
            const auto written = co_await write_all(*talk.connection, "HTTP/1.1 100 Continue\r\n\r\n");
            if (!written) co_return written;
        }
        const auto count = co_await talk.connection->read_some(*buffer);
        if (!count) co_return count.error();
        talk.received += *count;
        figures.bytes_received += *count;
        if (const int status = reader.feed({buffer->data(), *count})) co_return status;
    }
    co_return 0;
}

asio::awaitable<ServerResponse> Session::answer(ServerRequest request) {
    ServerResponse response;
    try {
        response = co_await handler(std::move(request));
        if (!unfit_header(response.headers)) co_return response;
    } catch (const boost::system::system_error& error) {
        if (error.code() == asio::error::operation_aborted) throw;
    } catch (const std::exception&) {
    }
    co_return text_response(500, "internal error\n");
}

// False: the connection is to be closed.
asio::awaitable<bool> Session::send(Talk& talk, const ServerResponse& response, bool without_body, bool keep_alive) {
    const std::string wire = wire_form(response, clock.wall_now(), without_body, keep_alive);
    const auto sent = co_await with_timeout(clock, options.message_deadline, write_all(*talk.connection, wire));
    if (!sent || keep_alive) co_return sent.has_value();
    // Over TLS the end of an answer is proved by a goodbye.
    if (talk.connection->tls() != nullptr) {
        (void)co_await with_timeout(clock, longest_farewell, talk.connection->say_goodbye());
    }
    co_return false;
}

// The connection is the socket's from here on.
asio::awaitable<void> Session::talk_over_socket(Talk& talk, ServerRequest request) {
    // Nobody has anything to say before the socket is open.
    if (!request.body.empty() || !talk.rest.empty()) {
        co_await refuse(talk, 400);
        co_return;
    }
    auto work = open_socket(clock, std::move(talk.connection), request, options.max_socket_message_bytes);
    auto socket = co_await with_timeout(clock, options.message_deadline, std::move(work));
    if (!socket || *socket == nullptr) co_return;
    co_await sockets.handler(std::move(request), std::move(*socket));
}

asio::awaitable<void> Session::refuse(Talk& talk, int status) {
    ++figures.refused;
    const ServerResponse response = text_response(status, fmt::format("{} {}\n", status, reason(status)));
    co_await send(talk, response, false, false);
    const std::size_t most = most_refused_bytes - std::min(most_refused_bytes, talk.received);
    const std::size_t came = co_await take_leave(clock, talk.connection->socket(), most);
    figures.bytes_received += came;
}

void turn_away(tcp::socket socket) {
    boost::system::error_code ignored;
    socket.non_blocking(true, ignored);
    const std::string wire =
        "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
    socket.write_some(asio::buffer(wire), ignored);
}

}  // namespace podbrief::net
