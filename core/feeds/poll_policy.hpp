#pragma once
#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/model/podcast.hpp"
#include "core/model/time.hpp"
#include "core/ports/http_client.hpp"

namespace podbrief::feeds {

struct PollLimits {
    Millis base = std::chrono::minutes{30};     // a feed that may publish any time
    Millis relaxed = std::chrono::hours{4};     // longest own interval, for shows that publish seldom
    Millis shortest = std::chrono::minutes{1};  // no feed is asked more often than this
    Millis longest = std::chrono::hours{24};    // no server, feed or failure makes us wait longer
    Millis not_found = std::chrono::hours{6};   // first wait after 401, 403, 404
    Millis gone = std::chrono::days{7};         // wait after 410
    int confirm_moves = 3;                      // polls in a row that must see the same permanent redirect
};

// The conditional GET of a feed: Accept, and If-None-Match / If-Modified-Since when a body was parsed before. The
// HTTP client adds Accept-Encoding. `user_agent` empty: that of the HTTP client.
HttpRequest poll_request(const Podcast& podcast, const PollState& state, std::string_view user_agent = {});

// What came of a poll, in two steps: made from the exchange, then completed once the body was parsed.
struct PollOutcome {
    int status = 0;                      // 0: no answer came
    std::optional<HttpFailure> failure;  // why
    std::vector<HttpHeader> headers;
    std::vector<HttpRedirect> redirects;
    std::string body_hash;  // SHA-256 hex; empty unless the status is 200

    bool parsed = false;                      // the body was parsed ...
    std::string parse_error;                  // ... or could not be: one line for people
    std::optional<std::chrono::minutes> ttl;  // of the parsed feed
    // When episodes were published, newest first, where the caller knows: the interval then follows the show's rhythm.
    std::vector<WallTime> published;
};
PollOutcome poll_outcome(const HttpResult& result);

enum class PollVerdict {
    unchanged,
    parse_body,  // new bytes: parse them, complete the outcome and call after_poll again with the same state
    parsed,
    failed,
    gone,  // 410
};
std::string_view to_string(PollVerdict);

struct PollDecision {
    PollVerdict verdict = PollVerdict::failed;
    PollState state;            // to be stored; with parse_body only if the body turns out well
    std::string confirmed_url;  // the feed moved for good: its new address; empty: it did not
};

// Decides what a poll means and when to ask again. `before` is the state the request was made from. `jitter01` is
// uniform in [0, 1).
// - next poll after success = the longest of own interval, ttl, Cache-Control max-age or Expires; at most `longest`.
// - failures: full jitter below a doubling limit, at most `longest`; never earlier than Retry-After (itself at most
//   `longest`). It never gives up for good.
// - a parse error is a failure: validators and hash stay as they were, so that the body is fetched whole again.
PollDecision after_poll(const PollState& before, const PollOutcome& outcome, const PollLimits& limits, WallTime now,
                        double jitter01);

// How often to ask a show that published at these times (newest first): `base` around the time its next episode is
// expected and when nothing is known, up to `relaxed` otherwise.
Millis own_interval(const std::vector<WallTime>& published, const PollLimits& limits, WallTime now);

// The first poll of one of many feeds: spread over `window` by its address, the same at every start.
WallTime first_poll_at(std::string_view feed_url, WallTime now, Millis window);

}  // namespace podbrief::feeds
