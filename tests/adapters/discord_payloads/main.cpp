// Has a conversation with Discord's double in every way there is, and prints each request that we made: one JSON object
// a line, {"method", "path", "body"}.
#include <cstdio>
#include <nlohmann/json.hpp>

#include "tests/adapters/discord_payloads/conversation.hpp"
#include "tests/support/any_reply.hpp"

int main() {
    using namespace podbrief;
    discord::World world(discord::World::Mode::gateway);
    world.start();
    world.until([&] { return world.server.gateway().connected(); });
    discord::converse(world);
    discord::post_anything(world, testing::replies_to_try(200));
    constexpr std::string_view base = "https://discord.double/api/v10";
    for (const HttpRequest& request : world.http.sent()) {
        nlohmann::json line = nlohmann::json::object();
        line["method"] = request.method;
        line["path"] = request.url.substr(base.size(), request.url.find('?') - base.size());
        line["body"] = request.body.empty() ? nlohmann::json() : nlohmann::json::parse(request.body);
        std::printf("%s\n", line.dump().c_str());
    }
    for (const std::string& wrong : world.refused()) std::fprintf(stderr, "refused by the double: %s\n", wrong.c_str());
    return world.refused().empty() ? 0 : 1;
}
