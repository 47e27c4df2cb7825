#include "adapters/discord/check.hpp"

#include <algorithm>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <set>

#include "adapters/discord/commands.hpp"
#include "adapters/discord/wire.hpp"

namespace podbrief::discord {
namespace {

using Grade = Finding::Grade;

// View Channel, Send Messages, Embed Links, Read Message History, Send Messages in Threads.
constexpr const char* portal = "discord.com/developers/applications";
constexpr std::int64_t few_sessions = 50;

std::string endpoint_of(const Options& options) {
    std::string url = options.public_url;
    while (!url.empty() && url.back() == '/') url.pop_back();
    return url.empty() ? url : url + options.path;
}

std::string problem_of(const RestResult& result) {
    if (const auto* failure = std::get_if<HttpFailure>(&result)) {
        return std::string(to_string(failure->code)) + " (" + failure->detail + ")";
    }
    if (const auto* held = std::get_if<NotSent>(&result)) return held->reason;
    const auto& answer = std::get<Answer>(result);
    return std::to_string(answer.status) + " " + answer.message;
}

// Signatures are good for five minutes.
void look_at_clock(const Answer& answer, WallTime now, std::vector<Finding>& findings) {
    constexpr Millis tolerated{60'000};
    if (!answer.date) return;
    const Millis apart = now - *answer.date;
    if (apart <= tolerated && apart >= -tolerated) return;
    const auto seconds = std::to_string(std::abs(apart.count()) / 1000);
    findings.push_back({Grade::bad, "This machine's clock is " + seconds + " s away from Discord's.",
                        "let NTP set it (timedatectl set-ntp true); signatures older than 5 minutes are refused"});
}

// Asks, and adds a finding where no answer came. False: `body` says nothing.
asio::awaitable<bool> ask(Rest& rest, const std::string& path, const std::string& what, std::vector<Finding>& findings,
                          Json& body) {
    const RestResult result = co_await rest.call(about_us("GET", path));
    const auto* answer = std::get_if<Answer>(&result);
    if (answer != nullptr && answer->status == 200 && read_json(answer->body, body)) co_return true;
    const bool refused = answer != nullptr && answer->status == 401;
    Finding bad;
    bad.grade = Grade::bad;
    bad.what = refused ? "Discord does not take the bot token." : what + ": " + problem_of(result) + ".";
    bad.remedy = refused ? std::string(portal) + " > the application > Bot > Reset Token, and set it in the settings"
                         : "try again; see discordstatus.com";
    findings.push_back(std::move(bad));
    co_return false;
}

void look_at_application(const Options& options, const Json& application, std::vector<Finding>& findings) {
    const std::string general = std::string(portal) + " > the application > General Information";
    if (text_member(application, "id") != options.application_id) {
        findings.push_back({Grade::bad, "The token is of application " + text_member(application, "id") + ".",
                            "set application_id to it, or take the token of the right one"});
    }
    const std::string endpoint = text_member(application, "interactions_endpoint_url");
    if (options.http) {
        const std::string key = text_member(application, "verify_key");
        const bool known = std::any_of(options.public_keys.begin(), options.public_keys.end(),
                                       [&](const std::string& one) { return one == key; });
        if (!known) {
            findings.push_back({Grade::bad, "The application's public key is not among ours.",
                                general + " > Public Key: set it as public_keys in the settings"});
        }
        if (endpoint.empty()) {
            findings.push_back({Grade::bad, "No interactions endpoint is set.",
                                "run podbrief platforms setup discord, or " + general +
                                    " > Interactions Endpoint URL: " + endpoint_of(options)});
        } else if (!endpoint_of(options).empty() && endpoint != endpoint_of(options)) {
            findings.push_back({Grade::bad, "Interactions go to " + endpoint + ".",
                                general + " > Interactions Endpoint URL: " + endpoint_of(options)});
        } else {
            findings.push_back({Grade::good, "Interactions come to " + endpoint + ".", {}});
        }
    } else if (!endpoint.empty()) {
        findings.push_back(
            {Grade::bad, "Interactions go to " + endpoint + ", not to the gateway.",
             general + " > Interactions Endpoint URL: empty it, or run podbrief platforms setup discord"});
    }
}

void look_at_gateway(const Json& gateway, std::vector<Finding>& findings) {
    const auto shards = number_member(gateway, "shards", 1);
    if (shards > 1) {
        findings.push_back(
            {Grade::bad,
             "Discord recommends " + std::to_string(shards) +
                 " gateway connections; this server makes one, which Discord refuses from 2,500 servers on.",
             "use the HTTP mode (a public URL), which has no such limit"});
    }
    const auto remaining = number_member(member(gateway, "session_start_limit"), "remaining", few_sessions);
    if (remaining < few_sessions) {
        findings.push_back({Grade::note, "Only " + std::to_string(remaining) + " new gateway sessions are left today.",
                            "look for a server that restarts again and again"});
    } else {
        findings.push_back({Grade::good, "The gateway takes us.", {}});
    }
}

void look_at_commands(const Json& registered, std::vector<Finding>& findings) {
    std::set<std::string> missing;
    for (const Json& command : command_list()) missing.insert(text_member(command, "name"));
    if (registered.is_array()) {
        for (const Json& command : registered) missing.erase(text_member(command, "name"));
    }
    if (missing.empty()) {
        findings.push_back({Grade::good, "The commands are registered.", {}});
    } else {
        findings.push_back(
            {Grade::bad, "/" + *missing.begin() + " is not registered.", "podbrief platforms setup discord"});
    }
}

asio::awaitable<Finding> done(Rest& rest, RestCall call, std::string good, std::string bad, std::string remedy) {
    const RestResult result = co_await rest.call(std::move(call));
    const auto* answer = std::get_if<Answer>(&result);
    Finding out;
    if (answer != nullptr && answer->status == 200) {
        out.what = std::move(good);
    } else {
        out.grade = Grade::bad;
        out.what = std::move(bad) + ": " + problem_of(result) + ".";
        out.remedy = std::move(remedy);
    }
    co_return out;
}

}  // namespace

asio::awaitable<std::vector<Finding>> check_all(const Options& options, Rest& rest, Clock& clock) {
    std::vector<Finding> findings;
    const RestResult first = co_await rest.call(about_us("GET", "/users/@me"));
    if (const auto* answer = std::get_if<Answer>(&first)) look_at_clock(*answer, clock.wall_now(), findings);
    Json user;
    if (!co_await ask(rest, "/users/@me", "Discord does not answer", findings, user)) co_return findings;
    findings.push_back({Grade::good, "The token is of the bot " + text_member(user, "username") + ".", {}});
    Json application;
    if (co_await ask(rest, "/applications/@me", "The application cannot be read", findings, application)) {
        look_at_application(options, application, findings);
    }
    Json commands;
    const std::string path = "/applications/" + options.application_id + "/commands";
    if (co_await ask(rest, path, "The commands cannot be read", findings, commands)) {
        look_at_commands(commands, findings);
    }
    Json gateway;
    if (options.gateway && co_await ask(rest, "/gateway/bot", "The gateway cannot be read", findings, gateway)) {
        look_at_gateway(gateway, findings);
    }
    Json guilds;
    if (co_await ask(rest, "/users/@me/guilds", "The servers cannot be read", findings, guilds)) {
        const bool none = guilds.is_array() && guilds.empty();
        if (none)
            findings.push_back(
                {Grade::note, "The bot is in no server yet.", "open " + invitation(options.application_id)});
    }
    if (options.http && !options.gateway) {
        findings.push_back({Grade::note, "Direct messages and mentions are not heard in HTTP mode alone.",
                            "switch the gateway on too, if readers shall write without a slash"});
    }
    co_return findings;
}

asio::awaitable<std::vector<Finding>> set_up(const Options& options, Rest& rest) {
    std::vector<Finding> findings;
    RestCall commands = about_us("PUT", "/applications/" + options.application_id + "/commands");
    commands.body = command_list().dump();
    findings.push_back(co_await done(rest, std::move(commands), "The commands are registered.",
                                     "The commands could not be registered", "podbrief doctor --platform discord"));
    const std::string url = endpoint_of(options);
    if (options.http && url.empty()) {
        findings.push_back({Grade::note, "The public URL is not set.",
                            std::string(portal) +
                                " > the application > General Information > Interactions Endpoint URL: <public URL>" +
                                options.path});
        co_return findings;
    }
    Json body = Json::object();
    body["interactions_endpoint_url"] = nullptr;
    if (options.http) body["interactions_endpoint_url"] = url;
    RestCall endpoint = about_us("PATCH", "/applications/@me");
    endpoint.body = body.dump();
    std::string good = options.http ? "Interactions come to " + url + "." : "Interactions come by the gateway.";
    findings.push_back(co_await done(rest, std::move(endpoint), std::move(good),
                                     "The interactions endpoint could not be set",
                                     "podbrief serve must run and be reachable there while this is done"));
    co_return findings;
}

}  // namespace podbrief::discord
