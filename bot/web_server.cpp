#include "bot/web_server.hpp"

#include <algorithm>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <charconv>

#include "adapters/discord/discord.hpp"
#include "adapters/http/server.hpp"
#include "adapters/slack/options.hpp"
#include "adapters/sqlite/database.hpp"
#include "adapters/web/brief_pages.hpp"
#include "adapters/web/join_page.hpp"
#include "adapters/web/operator_pages.hpp"
#include "adapters/web/site.hpp"
#include "bot/certificate_watch.hpp"
#include "bot/embeddings.hpp"
#include "bot/exit_codes.hpp"
#include "core/async/until_first_ends.hpp"
#include "core/ports/store_failure.hpp"

namespace podbrief::bot {
namespace {

// No platform sends more. With its header, and what is read at once, no more than 256 KiB of a request are ever read.
constexpr std::size_t largest_body = 224 << 10;
constexpr std::chrono::minutes between_looks{1};  // at the certificate
constexpr std::size_t most_connections = 2'000;  // at most half of the files that may be open: the store needs some too

web::Site::Ports site_ports(App& app) {
    return {app.library(),  app.outbox(),    app.database().relations(),
            app.index(),    app.catalogue(), app.clock(),
            app.workers(),  &app.people(),   app.embeddings() == nullptr ? nullptr : &app.embeddings()->meanings(),
            &app.acronyms()};
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
    options.requests_a_second = settings.web.requests_per_s;
    options.burst = settings.web.burst;
    options.cache_bytes = settings.web.page_cache_mib << 20U;
    options.doors = [&settings, bot = std::move(telegram_bot)] { return doors_of(settings, bot); };
    return options;
}

std::vector<net::Network> networks_of(const std::vector<std::string>& texts) {
    std::vector<net::Network> networks;
    for (const std::string& text : texts) networks.push_back(net::parse_network(text).value());  // validated before
    return networks;
}

net::TrustedProxies proxies_of(const Settings::Server& server) {
    const bool standard = server.forwarded_by == Settings::Server::ForwardedBy::forwarded;
    return {networks_of(server.trusted_proxies),
            standard ? net::TrustedProxies::Header::forwarded : net::TrustedProxies::Header::x_forwarded_for};
}

asio::awaitable<ServerResponse> refuse_metrics() {
    co_return text_response(403, "metrics are shown to the addresses of server.metrics_from\n");
}

asio::awaitable<web::OperatorFacts> no_facts() {
    co_return web::OperatorFacts();
}

}  // namespace

asio::awaitable<ServerResponse> WebServer::status(ServerRequest request) {
    const std::string path(request.path());
    if (request.method != "GET" && request.method != "HEAD") co_return text_response(405, "only GET\n");
    if (path == "/healthz") co_return text_response(200, "ok\n");
    if (path == "/readyz") {
        // Whether the store answers at all; what there is and how it goes is told to the operator, by /status.
        const auto nobody = co_await app_.library().episode(EpisodeId());
        co_return text_response(200, "ready\n");
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
    if (site_) {
        const web::Site::Figures pages = site_->figures();
        app_.metrics().set("web_page_cache_hits", static_cast<double>(pages.hits));
        app_.metrics().set("web_page_cache_misses", static_cast<double>(pages.misses));
        app_.metrics().set("web_page_cache_joined", static_cast<double>(pages.joined));
        app_.metrics().set("web_page_cache_pages", static_cast<double>(pages.pages));
        app_.metrics().set("web_page_cache_bytes", static_cast<double>(pages.bytes));
    }
    app_.metrics().set("resident_memory_bytes", static_cast<double>(system::memory_in_use().resident));
    co_return text_response(200, app_.metrics().text(), "text/plain; version=0.0.4");
}

bool WebServer::is_status(std::string_view path) {
    return path == "/healthz" || path == "/readyz" || path == "/metrics";
}

// What comes by a proxy of ours is told from what a proxy says that we do not know.
asio::awaitable<ServerResponse> WebServer::answer(ServerRequest request) {
    const bool unknown_proxy = net::says_forwarded(request) && !proxies_.trusts(request.remote_address);
    proxies_.apply(request);
    if (request.path() == "/metrics" && (unknown_proxy || !net::is_within(metrics_from_, request.remote_address))) {
        return refuse_metrics();
    }
    return routed(std::move(request));
}

// What platforms call goes its own way: they come again by their own rules. A store that cannot answer now is told of
// as such; it may pass.
asio::awaitable<ServerResponse> WebServer::routed(ServerRequest request) {
    const auto route = routes_.find(request.path());
    if (route != routes_.end()) return route->second(std::move(request));
    return page(std::move(request));
}

asio::awaitable<ServerResponse> WebServer::page(ServerRequest request) {
    const bool asked_whether_ready = request.path() == "/readyz";
    std::string failure;
    try {
        co_return co_await page_of(std::move(request));
    } catch (const StoreFailure& error) {
        failure = error.what();
    }
    app_.log().error("store failed", {{"error", failure}});
    app_.metrics().count("web_pages_without_store_total", {}, 1);
    if (!asked_whether_ready) co_return site_->out_of_order();
    ServerResponse response = text_response(503, "not ready\n");
    response.headers.push_back({"Retry-After", "30"});
    co_return response;
}

asio::awaitable<ServerResponse> WebServer::page_of(ServerRequest request) {
    if (is_status(request.path())) return status(std::move(request));
    if (web::BriefPages::has(request.path())) return briefs_->answer(std::move(request));
    if (web::OperatorPages::has(request.path())) return operator_->answer(std::move(request));
    if (join_ && request.path() == web::JoinPage::path) return join_->answer(std::move(request));
    return site_->answer(std::move(request));
}

WebServer::WebServer(App& app, std::vector<WebRoute> routes, std::function<std::string()> telegram_bot, Facts facts)
    : app_(app),
      proxies_(proxies_of(app.settings().server)),
      metrics_from_(networks_of(app.settings().server.metrics_from)) {
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
    options.message_deadline = app.settings().web.deadline;
    options.max_connections = std::min(most_connections, system::raise_open_files() / 2);
    options.certificate_file = app.settings().server.certificate_file;
    options.key_file = app.settings().server.key_file;
    std::from_chars(listen.data() + colon + 1, listen.data() + listen.size(),
                    options.port);  // validated with the settings
    site_ = std::make_unique<web::Site>(site_ports(app_), site_options(app_.settings(), std::move(telegram_bot)));
    add_private_pages(std::move(facts));
    auto handler = [this](ServerRequest request) { return answer(std::move(request)); };
    try {
        server_ = std::make_unique<net::Server>(app.executor(), app.clock(), options, std::move(handler));
    } catch (const std::runtime_error& error) {
        throw ExitError(exit_unavailable,
                        fmt::format("server.listen = \"{}\": {}; choose another address", listen, error.what()));
    }
}

WebServer::~WebServer() = default;

void WebServer::add_private_pages(Facts facts) {
    const web::BriefPages::Ports ports{app_.keys(), app_.readers(), app_.library(), app_.outbox(), app_.clock()};
    briefs_ = std::make_unique<web::BriefPages>(ports, site_->shell(), [this] { return app_.site(); });
    if (!facts) facts = no_facts;
    operator_ = std::make_unique<web::OperatorPages>(
        web::OperatorPages::Ports{app_.keys(), app_.database().status(), app_.outbox(), app_.readers(), app_.library(),
                                  app_.clock(), std::move(facts)},
        site_->shell());
    const Settings::Discord& discord = app_.settings().discord;
    if (discord.mode == Settings::Discord::Mode::off || discord.token.empty()) return;
    const web::JoinPage::Ports joining{app_.library(), app_.outbox()};
    join_ = std::make_unique<web::JoinPage>(joining, site_->shell(), discord::invitation(discord.application_id));
}

std::uint16_t WebServer::port() const {
    return server_ ? server_->port() : 0;
}

void WebServer::reload_certificate() {
    try {
        server_->reload_certificate();
        app_.log().info("certificate read again");
    } catch (const std::runtime_error& error) {
        app_.log().error("certificate cannot be used; the one before stays", {{"error", error.what()}});
    }
}

asio::awaitable<void> WebServer::watch_certificate() {
    CertificateWatch watch({app_.settings().server.certificate_file, app_.settings().server.key_file});
    for (;;) {
        co_await app_.clock().sleep_for(between_looks);
        if (watch.changed()) reload_certificate();
    }
}

asio::awaitable<void> WebServer::hear_hangups() {
    asio::signal_set hangup(app_.executor(), SIGHUP);
    for (;;) {
        co_await hangup.async_wait(asio::use_awaitable);
        reload_certificate();
    }
}

asio::awaitable<void> WebServer::serve() {
    app_.log().info("listening", {{"port", std::to_string(server_->port())}});
    std::vector<NamedTask> tasks;
    tasks.push_back({"server", server_->run()});
    if (!app_.settings().server.certificate_file.empty()) {
        tasks.push_back({"certificate", watch_certificate()});
        tasks.push_back({"hang-ups", hear_hangups()});
    }
    co_await until_first_ends(std::move(tasks));
}

asio::awaitable<void> WebServer::run() {
    if (server_) co_await serve();
    for (;;) co_await app_.clock().sleep_for(std::chrono::hours{1});
}

}  // namespace podbrief::bot
