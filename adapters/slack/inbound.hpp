#pragma once
#include <optional>
#include <string>
#include <vector>

#include "adapters/slack/response_routes.hpp"
#include "adapters/slack/wire.hpp"
#include "core/model/incoming.hpp"
#include "core/ports/http_server.hpp"

namespace podbrief::slack {

// What Slack told us, read: all of it bounded, ids of plain letters. Pure.
struct Inbound {
    enum class Kind {
        ignored,       // nothing for us: our own message, another bot's, an edit, an unknown event
        incoming,      // `incoming` is to be accepted
        challenge,     // url_verification: `text` is the answer
        probe,         // ssl_check: an empty 200
        suggestions,   // somebody types a name: `text` is what, `typed` how far
        rate_limited,  // Slack held events back for a minute
        malformed,
    };
    Kind kind = Kind::ignored;
    Incoming incoming;
    std::string text;
    std::string typed;
    std::optional<Route> route;
    std::string trigger;  // opens a form within 3 s; once
    // A direct conversation that may not be ours: a command can be given in one with somebody else. The answer then
    // goes back by the route, and everything later to their conversation with us.
    bool elsewhere = false;
    bool token_gone = false;
};

// The Events API: an envelope, or url_verification (docs.slack.dev/apis/events-api).
Inbound read_event(const Json& envelope, WallTime now);
// A slash command, as a form or as a JSON object of the same names.
Inbound read_command(const std::vector<FormField>& fields, WallTime now);
// block_actions, view_submission, block_suggestion (docs.slack.dev/reference/interaction-payloads).
Inbound read_interaction(const Json& payload, WallTime now);

// A message of a direct conversation, as conversations.history gives it; ignored: not one that somebody wrote to us.
Inbound read_missed(const std::string& workspace, const std::string& channel, const Json& message, WallTime now);

// Where an answer goes, kept in a form's private_metadata.
std::string place_json(const Incoming& asked);

}  // namespace podbrief::slack
