#pragma once
#include <optional>
#include <string>
#include <vector>

#include "core/model/time.hpp"

namespace podbrief::slack {

struct Options {
    // Where Slack is; another address for a double.
    std::string api = "https://slack.com/api";
    std::string authorize = "https://slack.com/oauth/v2/authorize";
    std::string responses = "https://hooks.slack.com/";  // what a response_url begins with
    std::string user_agent = "podbrief";

    // One workspace, by its own token (xoxb-...). Empty: workspaces install us (OAuth), tokens are in the TenantStore.
    std::string bot_token;

    // HTTP mode: Slack calls us. The signing secret; while it is changed, the new one and the old one. Empty: no
    // routes for what Slack sends.
    std::vector<std::string> signing_secrets;

    // Socket Mode: we call Slack. App-level token (xapp-..., scope connections:write); empty: not this mode.
    std::string app_token;
    int sockets = 2;  // that are open at once, so that one can be renewed while the other works

    // Installing by OAuth: empty client_id: no routes for it.
    std::string client_id;
    std::string client_secret;
    std::string public_url;  // "https://podbrief.example"; what Slack knows us by
    std::string state_key;   // 32 bytes for signing an installation's state; empty: made by chance at each start
    std::vector<std::string> scopes{"chat:write", "commands", "app_mentions:read",
                                    "im:history", "im:write", "users:read"};

    // Asks Slack who somebody is (name, locale, time zone) when they first write. False: never.
    bool looks_people_up = true;

    // The paths of the routes.
    std::string events_path = "/slack/events";
    std::string commands_path = "/slack/commands";
    std::string interactivity_path = "/slack/interactivity";
    std::string install_path = "/slack/install";
    std::string callback_path = "/slack/oauth/callback";

    // What we allow ourselves in a workspace, below what Slack allows (see PlatformTraits).
    int posts_per_second = 5;
};

}  // namespace podbrief::slack
