#pragma once
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <variant>

#include "adapters/slack/wire.hpp"
#include "core/model/time.hpp"
#include "core/ports/http_client.hpp"

namespace podbrief::slack {

// What the Web API answered (docs.slack.dev/apis/web-api: HTTP 200 even for failures, which `ok` and `error` tell).
struct Answer {
    int status = 200;
    bool readable = false;  // JSON of the documented shape
    bool ok = false;
    std::string error;                 // "channel_not_found"; empty: none
    std::string needed;                // the scope that is missing
    Millis retry_after{0};             // 0: it says nothing usable
    std::string scopes;                // X-OAuth-Scopes: what the token may
    std::optional<WallTime> date;      // by the answer's own clock
    std::shared_ptr<const Json> body;  // never null where readable
};

// There was no token to ask with.
struct NoToken {
    std::string reason;
};

// Nothing was asked: a limit of ours, or the store does not answer. Later it may do.
struct NotNow {
    std::string reason;
};

using Answered = std::variant<Answer, HttpFailure, NoToken, NotNow>;

// The answer, if there is one and it is `ok`; null: it is not.
const Answer* good(const Answered& answered);
// What went wrong, in one line without secrets.
std::string problem_of(const Answered& answered);

// `now` only matters for a Retry-After that is a date, where the answer has no Date of its own.
Answer read_answer(const HttpResponse& response, WallTime now);

}  // namespace podbrief::slack
