#pragma once
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "bot/app.hpp"
#include "core/ports/platform.hpp"

namespace podbrief::net {
class Server;
}
namespace podbrief::web {
class Site;
}

namespace podbrief::bot {

// /healthz (the process answers), /readyz (the store answers too), /metrics, what platforms call and the public pages,
// where settings.server.listen says.
class WebServer {
public:
    // Listens at once. Throws ExitError when the address cannot be had, or when there is none though `routes` want one.
    // `telegram_bot` gives the name of the bot for links to it; empty: not known (yet).
    WebServer(App& app, std::vector<WebRoute> routes, std::function<std::string()> telegram_bot = {});
    ~WebServer();
    asio::awaitable<void> run();  // until cancelled
    std::uint16_t port() const;   // 0: no server

private:
    asio::awaitable<ServerResponse> answer(ServerRequest request);
    asio::awaitable<ServerResponse> status(ServerRequest request);
    static bool is_status(std::string_view path);

    App& app_;
    std::map<std::string, ServerHandler, std::less<>> routes_;
    std::unique_ptr<web::Site> site_;
    std::unique_ptr<net::Server> server_;  // null: none wanted
};

}  // namespace podbrief::bot
