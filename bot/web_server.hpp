#pragma once
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "bot/app.hpp"
#include "core/ports/platform.hpp"

namespace podbrief::net {
class Server;
}

namespace podbrief::bot {

// /healthz (the process answers), /readyz (the store answers too), /metrics and what platforms call, where
// settings.server.listen says.
class WebServer {
public:
    // Listens at once. Throws ExitError when the address cannot be had, or when there is none though `routes` want one.
    WebServer(App& app, std::vector<WebRoute> routes);
    ~WebServer();
    asio::awaitable<void> run();  // until cancelled
    std::uint16_t port() const;   // 0: no server

private:
    asio::awaitable<ServerResponse> answer(ServerRequest request);
    asio::awaitable<ServerResponse> status(ServerRequest request);

    App& app_;
    std::map<std::string, ServerHandler, std::less<>> routes_;
    std::unique_ptr<net::Server> server_;  // null: none wanted
};

}  // namespace podbrief::bot
