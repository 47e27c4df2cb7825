#include "bot/status_server.hpp"

#include <charconv>

#include "adapters/http/server.hpp"
#include "bot/exit_codes.hpp"

namespace podbrief::bot {
namespace {

asio::awaitable<ServerResponse> answer(App& app, ServerRequest request) {
    const std::string path(request.path());
    if (request.method != "GET" && request.method != "HEAD") co_return text_response(405, "only GET\n");
    if (path == "/healthz") co_return text_response(200, "ok\n");
    if (path == "/readyz") {
        const auto counts = co_await app.library().counts();  // a store that fails answers 500
        co_return text_response(200, fmt::format("ok {} insights\n", counts.insights));
    }
    if (path == "/metrics") {
        app.metrics().set("index_insights", static_cast<double>(app.index().size()));
        app.metrics().set("resident_memory_bytes", static_cast<double>(system::memory_in_use().resident));
        co_return text_response(200, app.metrics().text(), "text/plain; version=0.0.4");
    }
    co_return text_response(404, "not here; try /healthz, /readyz or /metrics\n");
}

}  // namespace

StatusServer::StatusServer(App& app) : app_(app) {
    const std::string& listen = app.settings().server.listen;
    if (listen.empty()) return;
    const auto colon = listen.rfind(':');
    net::ServerOptions options;
    options.address = listen.substr(0, colon);
    std::from_chars(listen.data() + colon + 1, listen.data() + listen.size(),
                    options.port);  // validated with the settings
    auto handler = [&app](ServerRequest request) { return answer(app, std::move(request)); };
    try {
        server_ = std::make_unique<net::Server>(app.executor(), app.clock(), options, std::move(handler));
    } catch (const std::runtime_error& error) {
        throw ExitError(exit_unavailable,
                        fmt::format("server.listen = \"{}\": {}; choose another address", listen, error.what()));
    }
}

StatusServer::~StatusServer() = default;

asio::awaitable<void> StatusServer::run() {
    if (server_) {
        app_.log().info("listening", {{"port", std::to_string(server_->port())}});
        co_await server_->run();
        co_return;
    }
    for (;;) co_await app_.clock().sleep_for(std::chrono::hours{1});
}

}  // namespace podbrief::bot
