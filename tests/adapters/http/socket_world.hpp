#pragma once
#include <boost/asio/this_coro.hpp>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tests/adapters/http/certificates.hpp"
#include "tests/adapters/http/running_server.hpp"
#include "tests/adapters/http/world.hpp"
#include "tests/support/files.hpp"

namespace podbrief::net::testing {

enum class Wire { plain, tls };

// Our client and our server with WebSockets, over loopback. The host is "sockets.test"; the server opens sockets below
// "/open", and answers everything else 401.
struct SocketWorld {
    // What the server does with the nth socket (from 1).
    using Script = std::function<asio::awaitable<void>(WebSocket& socket, int nth)>;

    SocketWorld(Wire wire, Script script, Clock* server_clock = nullptr, Clock* client_clock = nullptr,
                ServerOptions options = {});

    std::string url(const std::string& path = "/open", const std::string& host = "sockets.test") const;
    WebSocketClient::Opened open(WebSocketRequest request) { return run(world.context, world.client.open(request)); }
    // Fails the test when it is not opened.
    std::unique_ptr<WebSocket> open(const std::string& path = "/open");
    void stop_server() { server.reset(); }
    // Lets the world go on until `done`, for as long as a hanging test may.
    void until(const std::function<bool()>& done);

    CertificateAuthority authority;
    podbrief::testing::TemporaryFolder folder;
    Wire wire;
    Script script;
    World world;
    std::vector<ServerRequest> asked;  // that were opened
    int sockets = 0;
    std::unique_ptr<RunningServer> server;

private:
    ClientOptions client_options();
    ServerOptions server_options(ServerOptions options);
};

// Paths of PEM files in `folder` with this certificate.
struct CertificateFiles {
    CertificateFiles(const std::filesystem::path& folder, const Certificate& certificate);
    std::string certificate;
    std::string key;
};

// "text: hello", "closed: 1000 bye".
std::string describe(const WebSocket::Received& received);
// Sends back what comes until the socket is closed.
asio::awaitable<void> echo_all(WebSocket& socket, int nth);
// Never returns.
asio::awaitable<void> say_nothing(WebSocket& socket, int nth);

}  // namespace podbrief::net::testing
