#include "tests/adapters/discord_payloads/conversation.hpp"
#include "tests/npm/payloads.hpp"

namespace podbrief::testing {
namespace {

namespace app = podbrief::discord;
using app::World;

void add_requests(const World& world, std::vector<Payload>& out) {
    constexpr std::string_view base = "https://discord.double/api/v10";
    for (const HttpRequest& request : world.http.sent()) {
        if (!request.url.starts_with(base)) continue;
        const std::string path = request.url.substr(base.size(), request.url.find('?') - base.size());
        out.push_back({"discord", request.method + " " + path, request.body});
    }
}

}  // namespace

std::vector<Payload> discord_payloads() {
    std::vector<Payload> out;
    World gateway(World::Mode::gateway);  // callbacks are requests of ours
    gateway.start();
    gateway.until([&] { return gateway.server.gateway().connected(); });
    app::converse(gateway);
    std::size_t number = 0;
    for (const Reply& reply : all_kinds_of_replies()) {
        for (const Reply& part : gateway.discord.messenger().split(reply)) {
            OutgoingMessage message;
            message.to = {"discord", app::guild, app::channel, ""};
            message.key = "p" + std::to_string(number++);
            message.key.resize(24, 'x');
            message.plainness = static_cast<int>(number % 3);
            message.content = part;
            gateway.post(message);
            gateway.pass(Millis{1'100});
        }
    }
    add_requests(gateway, out);

    World endpoint(World::Mode::http);  // callbacks are answers of ours
    Recorder recorder(endpoint.http);
    endpoint.server.reach_by(&recorder);
    endpoint.run(endpoint.server.set_endpoint(app::endpoint));  // asks with a PING
    app::converse(endpoint);
    add_requests(endpoint, out);
    for (Payload answer : recorder.answers()) {
        answer.platform = "discord";
        out.push_back(std::move(answer));
    }
    return out;
}

}  // namespace podbrief::testing
