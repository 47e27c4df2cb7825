#include "bot/web_server.hpp"

#include <algorithm>
#include <charconv>

#include "adapters/http/server.hpp"
#include "adapters/slack/options.hpp"
#include "adapters/sqlite/database.hpp"
#include "adapters/web/site.hpp"
#include "bot/exit_codes.hpp"

namespace podbrief::bot {
namespace {

// No platform sends more. With its header, and what is read at once, no more than 256 KiB of a request are ever read.
constexpr std::size_t largest_body = 224 << 10;
constexpr std::size_t most_connections = 2'000;  // at most half of the files that may be open: the store needs some too

web::Site::Ports site_ports(App& app) {
    return {app.library(), app.outbox(), app.database().relations(), app.index(), app.clock(),
            app.workers(), &app.people()};
}

// What is not set up is no door.
web::Doors doors_of(const Settings& settings, const std::function<std::string()>& telegram_bot) {
    web::Doors doors;
    if (settings.slack.mode != Settings::Slack::Mode::off && !settings.slack.client_id.empty()) {
        doors.slack_url = slack::Options().install_path;
    }
    const std::string bot = telegram_bot ? telegram_bot() : std::string();
    if (!bot.empty()) doors.telegram_url = "https://t.me/" + bot;
    if (settings.discord.mode != Settings::Discord::Mode::off && !settings.discord.token.empty()) {
        doors.discord_url = "/join/discord";
    }
    return doors;
}

web::Site::Options site_options(const Settings& settings, std::function<std::string()> telegram_bot) {
    web::Site::Options options;
    options.public_url = settings.server.public_url;
    options.doors = [&settings, bot = std::move(telegram_bot)] { return doors_of(settings, bot); };
    return options;
}

}  // namespace

asio::awaitable<ServerResponse> WebServer::status(ServerRequest request) {
    const std::string path(request.path());
    if (request.method != "GET" && request.method != "HEAD") co_return text_response(405, "only GET\n");
    if (path == "/healthz") co_return text_response(200, "ok\n");
    if (path == "/readyz") {
        const auto counts = co_await app_.library().counts();  // a store that fails answers 500
        co_return text_response(200, fmt::format("ok {} insights\n", counts.insights));
    }
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

bool WebServer::is_status(std::string_view path) {
    return path == "/healthz" || path == "/readyz" || path == "/metrics";
}

asio::awaitable<ServerResponse> WebServer::answer(ServerRequest request) {
    const auto route = routes_.find(request.path());
    if (route != routes_.end()) return route->second(std::move(request));
    if (is_status(request.path())) return status(std::move(request));
    return site_->answer(std::move(request));
}

WebServer::WebServer(App& app, std::vector<WebRoute> routes, std::function<std::string()> telegram_bot) : app_(app) {
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
    site_ = std::make_unique<web::Site>(site_ports(app_), site_options(app_.settings(), std::move(telegram_bot)));
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
