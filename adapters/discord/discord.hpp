#pragma once
#include <memory>
#include <string>
#include <vector>

#include "core/ports/clock.hpp"
#include "core/ports/http_client.hpp"
#include "core/ports/intake.hpp"
#include "core/ports/log.hpp"
#include "core/ports/messenger.hpp"
#include "core/ports/metrics.hpp"
#include "core/ports/platform.hpp"
#include "core/ports/random.hpp"
#include "core/ports/web_socket.hpp"

namespace podbrief::discord {

struct Options {
    std::string token;                     // of the bot; a secret
    std::string application_id;            // which is the bot's user id too
    std::vector<std::string> public_keys;  // 64 hex digits each; for HTTP; several while the key changes
    // How we hear of what people do. Discord sends interactions one way only: once an endpoint is set, by HTTP.
    // Messages (direct ones and mentions) come by the gateway only. Both may be on.
    bool http = false;
    bool gateway = true;
    std::string path = "/discord/interactions";  // of the endpoint
    std::string public_url;                      // "https://brief.example.org": under which `path` is reached
    std::string api = "https://discord.com/api/v10";
    std::string user_agent = "DiscordBot (https://github.com/podbrief/podbrief, 1.0)";
};

struct Ports {
    HttpClient& http;
    WebSocketClient* sockets = nullptr;  // null: no gateway
    Intake& intake;
    Clock& clock;
    Random& random;
    Log& log;
    Metrics& metrics;
};

// Discord, complete: one bot.
class Discord {
public:
    Discord(Options options, Ports ports);
    ~Discord();
    Discord(const Discord&) = delete;
    Discord& operator=(const Discord&) = delete;

    Messenger& messenger();
    Frontend& frontend();
    std::vector<WebRoute> routes();  // empty when not in HTTP mode
    // The gateway, where it is on; else waits. Until cancelled.
    asio::awaitable<void> run();
    // Looks at token, application, keys, endpoint, commands, gateway and clock. Changes nothing.
    asio::awaitable<std::vector<Finding>> check();
    // Registers the commands; sets the endpoint in HTTP mode where `public_url` is known (we must be reachable under it
    // by then: Discord asks at once), and takes it away where only the gateway is on.
    asio::awaitable<std::vector<Finding>> setup();

private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

// Discord's page where somebody adds the bot to a server, or to their own account. Discord gives nothing back that
// could carry what they came for.
std::string invitation(const std::string& application_id);

// What /brief and /ask are registered as: config/discord-commands.json.
std::string commands_json();

}  // namespace podbrief::discord
