#include "tests/adapters/http/socket_world.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace podbrief::net::testing {

CertificateFiles::CertificateFiles(const std::filesystem::path& folder, const Certificate& pem)
    : certificate((folder / "certificate.pem").string()), key((folder / "key.pem").string()) {
    podbrief::testing::write_file(certificate, pem.certificate_pem);
    podbrief::testing::write_file(key, pem.key_pem);
}

SocketWorld::SocketWorld(Wire w, Script s, Clock* server_clock, Clock* client_clock, ServerOptions options)
    : wire(w), script(std::move(s)), world(client_options(), client_clock) {
    world.resolver.set("sockets.test", "127.0.0.1");
    auto refuse = [](ServerRequest) -> asio::awaitable<ServerResponse> {
        co_return text_response(401, "who are you?");
    };
    WebSocketService service;
    service.accepts = [](const ServerRequest& request) { return request.path().starts_with("/open"); };
    service.handler = [this](ServerRequest request, std::unique_ptr<WebSocket> socket) -> asio::awaitable<void> {
        asked.push_back(std::move(request));
        const int nth = ++sockets;
        co_await script(*socket, nth);
    };
    server = std::make_unique<RunningServer>(world.context, server_clock != nullptr ? *server_clock : world.real_clock,
                                             server_options(std::move(options)), refuse, service);
}

ClientOptions SocketWorld::client_options() {
    const auto file = folder.path() / "ca.pem";
    podbrief::testing::write_file(file, authority.pem());
    ClientOptions out;
    out.extra_ca_file = file.string();
    return out;
}

ServerOptions SocketWorld::server_options(ServerOptions options) {
    if (wire == Wire::plain) return options;
    CertificateRequest request;
    request.names = {"DNS:sockets.test"};
    const CertificateFiles files(folder.path(), authority.issue(request));
    options.certificate_file = files.certificate;
    options.key_file = files.key;
    return options;
}

std::string SocketWorld::url(const std::string& path, const std::string& host) const {
    return fmt::format("{}://{}:{}{}", wire == Wire::tls ? "wss" : "ws", host, server->port(), path);
}

std::unique_ptr<WebSocket> SocketWorld::open(const std::string& path) {
    WebSocketRequest request;
    request.url = url(path);
    auto opened = open(std::move(request));
    if (!opened.socket) throw std::runtime_error("not opened: " + opened.problem);
    return std::move(opened.socket);
}

void SocketWorld::until(const std::function<bool()>& done) {
    while (!done()) {
        world.context.restart();
        if (world.context.run_one_for(std::chrono::seconds{60}) == 0) throw std::runtime_error("nothing happens");
    }
}

std::string describe(const WebSocket::Received& received) {
    if (received.text) return "text: " + *received.text;
    if (received.closed) return fmt::format("closed: {} {}", received.closed->code, received.closed->reason);
    return "nothing";
}

asio::awaitable<void> echo_all(WebSocket& socket, int) {
    for (;;) {
        auto received = co_await socket.receive();
        if (received.closed) co_return;
        const bool sent = co_await socket.send(std::move(*received.text));
        if (!sent) co_return;
    }
}

asio::awaitable<void> say_nothing(WebSocket&, int) {
    asio::steady_timer timer(co_await asio::this_coro::executor, asio::steady_timer::time_point::max());
    co_await timer.async_wait(asio::use_awaitable);
}

}  // namespace podbrief::net::testing
