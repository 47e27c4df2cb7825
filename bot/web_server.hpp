#pragma once
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "adapters/http/forwarded.hpp"
#include "bot/app.hpp"
#include "core/ports/platform.hpp"

namespace podbrief::net {
class Server;
}
namespace podbrief::web {
class BriefPages;
class JoinPage;
class OperatorPages;
class Site;
struct OperatorFacts;
}  // namespace podbrief::web

namespace podbrief::bot {

// /healthz (the process answers), /readyz (the store answers too; else 503), /metrics, what platforms call, the public
// pages, those of readers and the operator's, where settings.server.listen says.
class WebServer {
public:
    // Listens at once. Throws ExitError when the address cannot be had, or when there is none though `routes` want one.
    // `telegram_bot` gives the name of the bot for links to it; empty: not known (yet).
    // `facts`: what the operator's page shows beside the store's figures; empty: nothing.
    using Facts = std::function<asio::awaitable<web::OperatorFacts>()>;
    WebServer(App& app, std::vector<WebRoute> routes, std::function<std::string()> telegram_bot = {}, Facts facts = {});
    ~WebServer();
    asio::awaitable<void> run();  // until cancelled
    std::uint16_t port() const;   // 0: no server

private:
    asio::awaitable<ServerResponse> answer(ServerRequest request);
    asio::awaitable<ServerResponse> status(ServerRequest request);
    asio::awaitable<ServerResponse> routed(ServerRequest request);
    asio::awaitable<ServerResponse> page(ServerRequest request);
    asio::awaitable<ServerResponse> page_of(ServerRequest request);
    void add_private_pages(Facts facts);
    asio::awaitable<void> serve();
    asio::awaitable<void> watch_certificate();
    asio::awaitable<void> hear_hangups();
    void reload_certificate();
    static bool is_status(std::string_view path);

    App& app_;
    net::TrustedProxies proxies_;
    std::vector<net::Network> metrics_from_;
    std::map<std::string, ServerHandler, std::less<>> routes_;
    std::unique_ptr<web::Site> site_;
    std::unique_ptr<web::BriefPages> briefs_;
    std::unique_ptr<web::OperatorPages> operator_;
    std::unique_ptr<web::JoinPage> join_;  // null: Discord is not on
    std::unique_ptr<net::Server> server_;  // null: none wanted
};

}  // namespace podbrief::bot
