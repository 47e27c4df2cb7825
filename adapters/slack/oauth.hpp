#pragma once
#include <boost/asio/awaitable.hpp>
#include <map>
#include <optional>
#include <string>

#include "adapters/slack/grants.hpp"
#include "adapters/slack/installs.hpp"
#include "core/ports/http_server.hpp"
#include "core/ports/intake.hpp"

namespace podbrief::slack {

// The state of an installation that was begun: signed by us, bound to the browser by a cookie, good for 600 s and for
// one use. Pure but for the memory of what was used.
class InstallState {
public:
    static constexpr Millis lifetime{600'000};

    // `key`: 32 bytes.
    explicit InstallState(std::string key) : key_(std::move(key)) {}

    struct Accepted {
        std::string return_to;  // where the browser goes in the end: a path of ours, or empty
        std::string came_for;   // the deep link that the installation came by ("i_1a2b"); empty: none
    };
    // `cookie`: what the browser holds.
    std::string issue(const std::string& cookie, const Accepted& about, WallTime now) const;

    // nullopt: not ours, of another browser, too old, or used before. What is accepted is used.
    std::optional<Accepted> accept(const std::string& state, const std::string& cookie, WallTime now);

private:
    std::string key_;
    std::map<std::string, WallTime> used_;  // nonce -> until when it would be good
};

// A path of ours, fit for a Location header: "/a?b", never another host's ("//evil", "/\evil", tabs ...).
bool is_own_path(std::string_view target);

// GET install_path leads to Slack's page ("?insight=1a2b": by the page of that insight, whose topics whoever installs
// us finds chosen; "?return=/path": back to there in the end); GET callback_path comes back from there with a code.
class Oauth {
public:
    struct Ports {
        HttpClient& http;
        Clock& clock;
        Intake& intake;
        Log& log;
        Metrics& metrics;
    };
    Oauth(Ports ports, Installs& installs, const Options& options);

    asio::awaitable<ServerResponse> begin(ServerRequest request);
    asio::awaitable<ServerResponse> callback(ServerRequest request);

private:
    ServerResponse refused(std::string_view outcome, int status, std::string_view words);
    asio::awaitable<ServerResponse> finish(std::string code, InstallState::Accepted state);

    Ports ports_;
    Installs& installs_;
    const Options& options_;
    InstallState state_;
};

}  // namespace podbrief::slack
