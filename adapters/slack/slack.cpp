#include "adapters/slack/slack.hpp"

#include <stdexcept>

#include "adapters/slack/check.hpp"
#include "adapters/slack/client.hpp"
#include "adapters/slack/desk.hpp"
#include "adapters/slack/frontend.hpp"
#include "adapters/slack/http_inbound.hpp"
#include "adapters/slack/installs.hpp"
#include "adapters/slack/oauth.hpp"
#include "adapters/slack/socket_mode.hpp"

namespace podbrief::slack {
namespace {

constexpr Millis forever{365LL * 86'400'000};

}  // namespace

struct Slack::Parts {
    Parts(Ports given, Options wanted)
        : ports(std::move(given)),
          options(std::move(wanted)),
          tokens(make_tokens()),
          api(ports.http, ports.clock, *tokens, options),
          people(api, ports.clock, options.looks_people_up),
          client(api, ports.http, ports.clock, people, routes, options),
          frontend(api, client, people, routes, ports.clock, ports.log, ports.metrics),
          desk({ports.intake, ports.clock, ports.log, ports.metrics}, api, people, routes),
          http(desk, ports.clock, options) {
        if (installs != nullptr && !options.client_id.empty()) {
            const Oauth::Ports of_oauth{ports.http, ports.clock, ports.intake, ports.log, ports.metrics};
            oauth = std::make_unique<Oauth>(of_oauth, *installs, options);
        }
        if (options.app_token.empty()) return;
        if (ports.sockets == nullptr) throw std::invalid_argument("Slack's Socket Mode needs WebSockets");
        SocketMode::Ports of_sockets{ports.executor, *ports.sockets, ports.clock,
                                     ports.random,   ports.log,      ports.metrics};
        sockets = std::make_unique<SocketMode>(std::move(of_sockets), api, desk, options);
    }

    std::unique_ptr<Tokens> make_tokens() {
        if (!options.bot_token.empty()) return std::make_unique<OneToken>(options.bot_token);
        if (ports.tenants == nullptr || ports.box == nullptr)
            throw std::invalid_argument("Slack needs a bot token, or a store for tokens and a key to seal them with");
        Installs::Ports of_installs{ports.executor, ports.http, ports.clock,  *ports.tenants,
                                    *ports.box,     ports.log,  ports.metrics};
        auto out = std::make_unique<Installs>(std::move(of_installs), options);
        installs = out.get();
        return out;
    }

    Ports ports;
    Options options;
    Installs* installs = nullptr;
    std::unique_ptr<Tokens> tokens;
    Api api;
    People people;
    ResponseRoutes routes;
    Client client;
    SlackFrontend frontend;
    Desk desk;
    HttpInbound http;
    std::unique_ptr<Oauth> oauth;
    std::unique_ptr<SocketMode> sockets;
};

Slack::Slack(Ports ports, Options options) : parts_(std::make_unique<Parts>(std::move(ports), std::move(options))) {}
Slack::~Slack() = default;

Messenger& Slack::messenger() {
    return parts_->client;
}

Frontend& Slack::frontend() {
    return parts_->frontend;
}

std::vector<WebRoute> Slack::routes() {
    std::vector<WebRoute> out;
    Parts& parts = *parts_;
    const Options& options = parts.options;
    if (!options.signing_secrets.empty()) {
        HttpInbound& http = parts.http;
        out.push_back({options.events_path, [&http](ServerRequest r) { return http.events(std::move(r)); }});
        out.push_back({options.commands_path, [&http](ServerRequest r) { return http.commands(std::move(r)); }});
        out.push_back(
            {options.interactivity_path, [&http](ServerRequest r) { return http.interactivity(std::move(r)); }});
    }
    if (parts.oauth) {
        Oauth& oauth = *parts.oauth;
        out.push_back({options.install_path, [&oauth](ServerRequest r) { return oauth.begin(std::move(r)); }});
        out.push_back({options.callback_path, [&oauth](ServerRequest r) { return oauth.callback(std::move(r)); }});
    }
    return out;
}

asio::awaitable<void> Slack::run() {
    if (parts_->sockets) co_await parts_->sockets->run();
    for (;;) co_await parts_->ports.clock.sleep_for(forever);
}

asio::awaitable<std::vector<Finding>> Slack::check() {
    return slack::check(parts_->api, parts_->ports.http, parts_->ports.clock, parts_->options);
}

}  // namespace podbrief::slack
