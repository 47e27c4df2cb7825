#pragma once
#include <memory>

#include "bot/app.hpp"

namespace podbrief::net {
class Server;
}

namespace podbrief::bot {

// /healthz (the process answers), /readyz (the store answers too) and /metrics, where settings.server.listen says.
class StatusServer {
public:
    // Listens at once. Throws ExitError when the address cannot be had.
    explicit StatusServer(App& app);
    ~StatusServer();
    asio::awaitable<void> run();  // until cancelled

private:
    App& app_;
    std::unique_ptr<net::Server> server_;  // null: none wanted
};

}  // namespace podbrief::bot
