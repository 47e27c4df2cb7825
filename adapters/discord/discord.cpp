#include "adapters/discord/discord.hpp"

#include <nlohmann/json.hpp>

#include "adapters/discord/check.hpp"
#include "adapters/discord/client.hpp"
#include "adapters/discord/commands.hpp"
#include "adapters/discord/frontend.hpp"
#include "adapters/discord/gateway.hpp"
#include "adapters/discord/http_inbound.hpp"

namespace podbrief::discord {

struct Discord::Parts {
    Parts(Options chosen, Ports given)
        : options(std::move(chosen)),
          ports(given),
          rest({options.api, options.token, options.user_agent}, ports.http, ports.clock, ports.metrics),
          directs(rest, places, ports.clock, ports.log, ports.metrics),
          client(options.application_id, rest, directs, ways, ports.clock),
          frontend(options.application_id, rest, directs, ways, ports.clock, ports.log),
          interactions(options.application_id, ports.intake, places, ways, ports.clock, ports.log, ports.metrics),
          http_inbound(options.public_keys, interactions, ports.clock, ports.log, ports.metrics) {}

    Options options;
    Ports ports;
    Rest rest;
    Places places;
    Ways ways;
    DirectMessages directs;
    Client client;
    DiscordFrontend frontend;
    Interactions interactions;
    HttpInbound http_inbound;
};

Discord::Discord(Options options, Ports ports) : parts_(std::make_unique<Parts>(std::move(options), ports)) {}
Discord::~Discord() = default;

Messenger& Discord::messenger() {
    return parts_->client;
}

Frontend& Discord::frontend() {
    return parts_->frontend;
}

std::vector<WebRoute> Discord::routes() {
    std::vector<WebRoute> routes;
    if (!parts_->options.http) return routes;
    HttpInbound& inbound = parts_->http_inbound;
    routes.push_back(
        {parts_->options.path, [&inbound](ServerRequest request) { return inbound.handle(std::move(request)); }});
    return routes;
}

asio::awaitable<void> Discord::run() {
    Parts& p = *parts_;
    if (!p.options.gateway || p.ports.sockets == nullptr) {
        for (;;) co_await p.ports.clock.sleep_for(std::chrono::hours{1});
    }
    Gateway gateway(p.options.token, p.options.application_id,
                    {*p.ports.sockets, p.rest, p.interactions, p.ports.intake, p.places, p.ports.clock, p.ports.random,
                     p.ports.log, p.ports.metrics});
    co_await gateway.run();
}

asio::awaitable<std::vector<Finding>> Discord::check() {
    co_return co_await check_all(parts_->options, parts_->rest, parts_->ports.clock);
}

asio::awaitable<std::vector<Finding>> Discord::setup() {
    co_return co_await set_up(parts_->options, parts_->rest);
}

// View channels, send messages (in threads too), embed links, read the history.
std::string invitation(const std::string& application_id) {
    return "https://discord.com/oauth2/authorize?client_id=" + application_id +
           "&scope=bot+applications.commands&permissions=274877991936";
}

std::string commands_json() {
    return command_list().dump(2) + "\n";
}

}  // namespace podbrief::discord
