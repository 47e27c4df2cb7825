#pragma once
#include <optional>
#include <string>

#include "core/ports/http_client.hpp"

namespace podbrief::discord {

// What Discord's API answered to one call (docs.discord.com: topics/rate-limits, topics/opcodes-and-status-codes).
struct Answer {
    int status = 0;
    bool readable = false;  // the body is JSON (or there is none, and need not be)
    std::string body;
    int code = 0;  // of a JSON error; 0: none
    std::string message;
    std::string id;         // of a single object
    Millis retry_after{0};  // 0: it does not say
    bool global = false;
    std::string scope;   // X-RateLimit-Scope
    std::string bucket;  // X-RateLimit-Bucket
    std::optional<int> remaining;
    Millis reset_after{0};
    std::optional<WallTime> date;  // Discord's clock
};

// `now`: for a Retry-After that is a date, where the answer itself has none.
Answer read_answer(HttpResponse response, WallTime now);

}  // namespace podbrief::discord
