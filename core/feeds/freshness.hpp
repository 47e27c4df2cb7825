#pragma once
#include <vector>

#include "core/model/time.hpp"
#include "core/ports/http_client.hpp"

namespace podbrief::feeds {

// What a server says about when to ask again. All durations are >= 0 and at most a year.

// Retry-After, in seconds or as a date; 0: it says nothing.
Millis retry_after(const std::vector<HttpHeader>& headers, WallTime now);

// For how long an answer stays fresh: Cache-Control max-age less Age, else Expires less Date; 0: it says nothing, or
// not at all (no-cache, no-store).
Millis fresh_for(const std::vector<HttpHeader>& headers, WallTime now);

}  // namespace podbrief::feeds
