#include "tests/adapters/http/world.hpp"

#include <fmt/format.h>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/write.hpp>
#include <boost/system/system_error.hpp>

namespace podbrief::net::testing {

WallTime RealClock::wall_now() const {
    return std::chrono::floor<Millis>(std::chrono::system_clock::now());
}
SteadyTime RealClock::steady_now() const {
    return SteadyTime{std::chrono::duration_cast<Millis>(std::chrono::steady_clock::now().time_since_epoch())};
}

asio::awaitable<void> RealClock::sleep_for(Millis wait) {
    if (wait <= Millis::zero()) co_return;
    asio::steady_timer timer(co_await asio::this_coro::executor, wait);
    co_await timer.async_wait(asio::use_awaitable);
}

namespace {

asio::awaitable<void> forever() {
    asio::steady_timer timer(co_await asio::this_coro::executor, asio::steady_timer::time_point::max());
    co_await timer.async_wait(asio::use_awaitable);
}

}  // namespace

void FakeResolver::set(const std::string& host, const std::string& address) {
    answers_[host] = {{asio::ip::make_address(address)}};
}

asio::awaitable<Result<Addresses>> FakeResolver::resolve(std::string host) {
    ++asked;
    if (when_asked_) {
        when_asked_();
        co_await forever();
    }
    const auto found = answers_.find(host);
    if (found == answers_.end()) co_return Errc::not_found;
    Addresses answer = found->second.front();
    if (found->second.size() > 1) found->second.erase(found->second.begin());
    co_return answer;
}

asio::awaitable<Result<Socket>> NotingDialer::connect(tcp::endpoint endpoint) {
    connected.push_back(endpoint);
    if (blackhole) {
        blackhole();
        co_await forever();
    }
    const tcp::endpoint target = detour.value_or(endpoint);
    co_return co_await real_.connect(target);
}

struct RawServer::State {
    State(asio::io_context& context, Script s, const std::string& address)
        : acceptor(context, tcp::endpoint(asio::ip::make_address(address), 0)), script(std::move(s)) {}
    tcp::acceptor acceptor;
    Script script;
    int connections = 0;
};

namespace {

asio::awaitable<void> play(std::shared_ptr<RawServer::State> state, std::shared_ptr<tcp::socket> socket, int nth) {
    co_await state->script(*socket, nth);
}

asio::awaitable<void> accept_all(std::shared_ptr<RawServer::State> state) {
    for (;;) {
        auto socket = std::make_shared<tcp::socket>(co_await state->acceptor.async_accept(asio::use_awaitable));
        const int nth = ++state->connections;
        auto rethrow = [](std::exception_ptr failure) {
            if (failure) std::rethrow_exception(failure);
        };
        asio::co_spawn(state->acceptor.get_executor(), play(state, socket, nth), rethrow);
    }
}

}  // namespace

RawServer::RawServer(asio::io_context& context, Script script, const std::string& address)
    : state_(std::make_shared<State>(context, std::move(script), address)) {
    asio::co_spawn(context, accept_all(state_), asio::detached);
}

std::uint16_t RawServer::port() const {
    return state_->acceptor.local_endpoint().port();
}
int RawServer::connections() const {
    return state_->connections;
}
std::string RawServer::url(const std::string& path, const std::string& host) const {
    return fmt::format("http://{}:{}{}", host, port(), path);
}

asio::awaitable<std::string> read_head(tcp::socket& socket) {
    std::string head;
    char byte = 0;
    while (!head.ends_with("\r\n\r\n")) {
        const auto buffer = asio::buffer(&byte, 1);
        auto [failure, count] = co_await socket.async_read_some(buffer, asio::as_tuple(asio::use_awaitable));
        if (failure) co_return "";
        head += byte;
    }
    co_return head;
}

asio::awaitable<std::string> read_exactly(tcp::socket& socket, std::size_t count) {
    std::string out(count, '\0');
    const auto buffer = asio::buffer(out);
    auto [failure, got] = co_await asio::async_read(socket, buffer, asio::as_tuple(asio::use_awaitable));
    out.resize(got);
    co_return out;
}

asio::awaitable<bool> say(tcp::socket& socket, std::string bytes) {
    const auto buffer = asio::buffer(bytes);
    auto [failure, count] = co_await asio::async_write(socket, buffer, asio::as_tuple(asio::use_awaitable));
    co_return !failure;
}

asio::awaitable<void> until_closed(tcp::socket& socket) {
    std::string space(4096, '\0');
    for (;;) {
        const auto buffer = asio::buffer(space);
        auto [failure, count] = co_await socket.async_read_some(buffer, asio::as_tuple(asio::use_awaitable));
        if (failure) co_return;
    }
}

asio::awaitable<std::string> raw_exchange(std::uint16_t port, std::string bytes, bool half_close) {
    tcp::socket socket(co_await asio::this_coro::executor);
    const tcp::endpoint endpoint(asio::ip::make_address("127.0.0.1"), port);
    co_await socket.async_connect(endpoint, asio::use_awaitable);
    co_await say(socket, std::move(bytes));
    boost::system::error_code ignored;
    if (half_close) socket.shutdown(tcp::socket::shutdown_send, ignored);
    std::string out;
    std::string space(4096, '\0');
    for (;;) {
        const auto buffer = asio::buffer(space);
        auto [failure, count] = co_await socket.async_read_some(buffer, asio::as_tuple(asio::use_awaitable));
        out.append(space, 0, count);
        if (failure) co_return out;
    }
}

void reset(tcp::socket& socket) {
    socket.set_option(asio::socket_base::linger(true, 0));
    socket.close();
}

std::string ok(const std::string& body, const std::string& headers) {
    return fmt::format("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n{}\r\n{}", body.size(), headers, body);
}

RawServer::Script answering(std::string bytes) {
    return [bytes](tcp::socket& socket, int) -> asio::awaitable<void> {
        for (;;) {
            const std::string head = co_await read_head(socket);
            if (head.empty()) co_return;
            const bool taken = co_await say(socket, bytes);
            if (!taken) co_return;
        }
    };
}

RawServer::Script answering_once(std::string bytes) {
    return [bytes](tcp::socket& socket, int) -> asio::awaitable<void> {
        co_await read_head(socket);
        co_await say(socket, bytes);
    };
}

ClientOptions World::loopback_allowed(ClientOptions options) {
    options.egress.allowed.push_back(parse_network("127.0.0.0/8").value());
    return options;
}

World::World(ClientOptions options, Clock* other_clock)
    : client(context.get_executor(), other_clock != nullptr ? *other_clock : real_clock, resolver,
             loopback_allowed(std::move(options)), &dialer) {}

HttpResult World::get(const std::string& url) {
    return send(get_request(url));
}

Mirror::Mirror(World& world)
    : server(world.context, [this](tcp::socket& socket, int) -> asio::awaitable<void> {
          for (;;) {
              std::string head = co_await read_head(socket);
              if (head.empty()) co_return;
              heads.push_back(head);
              const std::string answer = ok(head);
              co_await say(socket, answer);
          }
      }) {}

HttpRequest get_request(const std::string& url) {
    HttpRequest request;
    request.url = url;
    return request;
}

HttpRequest post_request(const std::string& url, std::string body) {
    HttpRequest request;
    request.method = "POST";
    request.url = url;
    request.body = std::move(body);
    return request;
}

std::string describe(const HttpResult& result) {
    if (result) return fmt::format("status {}, {} bytes", result->status, result->body.size());
    const auto& failure = result.error();
    return fmt::format("{} [{}, {} bytes]", failure.detail, to_string(failure.code), failure.bytes_handed_over);
}

}  // namespace podbrief::net::testing
