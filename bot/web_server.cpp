#include "bot/web_server.hpp"

#include <algorithm>
#include <charconv>

#include "adapters/http/server.hpp"
#include "bot/exit_codes.hpp"

namespace podbrief::bot {
namespace {

// No platform sends more. With its header, and what is read at once, no more than 256 KiB of a request are ever read.
constexpr std::size_t largest_body = 224 << 10;
constexpr std::size_t most_connections = 2'000;  // at most half of the files that may be open: the store needs some too

}  // namespace

asio::awaitable<ServerResponse> WebServer::status(ServerRequest request) {
    const std::string path(request.path());
    if (request.method != "GET" && request.method != "HEAD") co_return text_response(405, "only GET\n");
    if (path == "/healthz") co_return text_response(200, "ok\n");
    if (path == "/readyz") {
        const auto counts = co_await app_.library().counts();  // a store that fails answers 500
        co_return text_response(200, fmt::format("ok {} insights\n", counts.insights));
    }
    if (path == "/metrics") {
        app_.metrics().set("index_insights", static_cast<double>(app_.index().size()));
        if (server_) {
            const net::Server::Figures& figures = server_->figures();
            app_.metrics().set("web_connections", static_cast<double>(server_->connections()));
            app_.metrics().set("web_connections_accepted", static_cast<double>(figures.accepted));
            app_.metrics().set("web_connections_shed", static_cast<double>(figures.shed));
            app_.metrics().set("web_connections_turned_away", static_cast<double>(figures.turned_away));
            app_.metrics().set("web_requests", static_cast<double>(figures.requests));
            app_.metrics().set("web_requests_refused", static_cast<double>(figures.refused));
        }
        app_.metrics().set("resident_memory_bytes", static_cast<double>(system::memory_in_use().resident));
        co_return text_response(200, app_.metrics().text(), "text/plain; version=0.0.4");
    }
    co_return text_response(404, "not here; try /healthz, /readyz or /metrics\n");
}

asio::awaitable<ServerResponse> WebServer::answer(ServerRequest request) {
    const auto route = routes_.find(request.path());
    if (route == routes_.end()) return status(std::move(request));
    return route->second(std::move(request));
}

WebServer::WebServer(App& app, std::vector<WebRoute> routes) : app_(app) {
    for (WebRoute& route : routes) routes_[route.path] = std::move(route.handler);
    const std::string& listen = app.settings().server.listen;
    if (listen.empty() && !routes_.empty()) {
        throw ExitError(exit_config, "a platform calls this server, and server.listen is empty; give it an address");
    }
    if (listen.empty()) return;
    const auto colon = listen.rfind(':');
    net::ServerOptions options;
    options.address = listen.substr(0, colon);
    options.max_body_bytes = largest_body;
    options.max_connections = std::min(most_connections, system::raise_open_files() / 2);
    options.certificate_file = app.settings().server.certificate_file;
    options.key_file = app.settings().server.key_file;
    std::from_chars(listen.data() + colon + 1, listen.data() + listen.size(),
                    options.port);  // validated with the settings
    auto handler = [this](ServerRequest request) { return answer(std::move(request)); };
    try {
        server_ = std::make_unique<net::Server>(app.executor(), app.clock(), options, std::move(handler));
    } catch (const std::runtime_error& error) {
        throw ExitError(exit_unavailable,
                        fmt::format("server.listen = \"{}\": {}; choose another address", listen, error.what()));
    }
}

WebServer::~WebServer() = default;

std::uint16_t WebServer::port() const {
    return server_ ? server_->port() : 0;
}

asio::awaitable<void> WebServer::run() {
    if (server_) {
        app_.log().info("listening", {{"port", std::to_string(server_->port())}});
        co_await server_->run();
        co_return;
    }
    for (;;) co_await app_.clock().sleep_for(std::chrono::hours{1});
}

}  // namespace podbrief::bot
