#pragma once
#include <boost/asio/awaitable.hpp>
#include <optional>
#include <string>
#include <vector>

#include "adapters/slack/answer.hpp"
#include "adapters/slack/options.hpp"
#include "core/ports/clock.hpp"
#include "core/ports/http_client.hpp"
#include "core/ports/http_server.hpp"

namespace podbrief::slack {

namespace asio = boost::asio;

// Asks oauth.v2.access, as the app (HTTP Basic). docs.slack.dev/authentication/installing-with-oauth
asio::awaitable<Answered> ask_for_grant(HttpClient& http, Clock& clock, const Options& options,
                                        std::vector<FormField> fields);

// What it gave: secrets.
struct Grant {
    std::string token;
    std::string refresh;  // empty: the token does not rotate
    std::optional<Millis> lives;
    std::string workspace;  // team, or enterprise for an organisation's installation
    std::string name;
    std::string bot_user;
    std::string app;
    std::string scopes;
    std::string user;  // who installed it
};
// nullopt: not as documented, or no bot's token.
std::optional<Grant> grant_of(const Answer& answer);

}  // namespace podbrief::slack
