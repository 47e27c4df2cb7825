#include "core/feeds/poll_policy.hpp"

#include <gtest/gtest.h>

#include "core/feeds/freshness.hpp"
#include "core/feeds/times.hpp"

namespace podbrief::feeds {
namespace {

using namespace std::chrono_literals;

const WallTime now = std::chrono::sys_days{std::chrono::year{2026} / 3 / 2};
const PollLimits limits;

PollState polled_before() {
    PollState s;
    s.etag = "W/\"1\"";
    s.last_modified = "Mon, 01 Mar 2026 00:00:00 GMT";
    s.body_hash = "old hash";
    s.last_success_at = now - 1h;
    return s;
}

PollOutcome answer(int status, std::vector<HttpHeader> headers = {}, std::string hash = "new hash") {
    PollOutcome o;
    o.status = status;
    o.headers = std::move(headers);
    if (status == 200) o.body_hash = std::move(hash);
    return o;
}

PollOutcome no_answer(HttpErrc code, std::string detail = "example.com") {
    PollOutcome o;
    o.failure = HttpFailure{code, HandedOver::nothing, 0, std::move(detail)};
    return o;
}

PollDecision after(const PollState& before, const PollOutcome& outcome, double jitter = 0.5) {
    return after_poll(before, outcome, limits, now, jitter);
}

std::string header_of(const HttpRequest& request, std::string_view name) {
    const std::string* value = find_header(request.headers, name);
    return value == nullptr ? "-" : *value;
}

TEST(PollRequest, AsksForChangesOnlyWhenABodyWasParsed) {
    Podcast podcast;
    podcast.feed_url = "https://example.com/f";
    HttpRequest first = poll_request(podcast, {});
    EXPECT_EQ(first.method, "GET");
    EXPECT_EQ(first.url, "https://example.com/f");
    EXPECT_EQ(header_of(first, "Accept"),
              "application/rss+xml, application/atom+xml, application/xml;q=0.9, text/xml;q=0.8, */*;q=0.1");
    EXPECT_EQ(header_of(first, "If-None-Match"), "-");
    EXPECT_EQ(header_of(first, "If-Modified-Since"), "-");
    EXPECT_EQ(header_of(first, "User-Agent"), "-");

    const HttpRequest again = poll_request(podcast, polled_before(), "podbrief/1 (+https://bot.example.com)");
    EXPECT_EQ(header_of(again, "If-None-Match"), "W/\"1\"");
    EXPECT_EQ(header_of(again, "If-Modified-Since"), "Mon, 01 Mar 2026 00:00:00 GMT");
    EXPECT_EQ(header_of(again, "User-Agent"), "podbrief/1 (+https://bot.example.com)");

    PollState never_parsed = polled_before();
    never_parsed.body_hash.clear();
    EXPECT_EQ(header_of(poll_request(podcast, never_parsed), "If-None-Match"), "-");
}

TEST(PollOutcome, IsMadeFromTheExchange) {
    HttpResponse response;
    response.status = 200;
    response.headers = {{"ETag", "x"}};
    response.body = "abc";
    response.redirects = {{301, "http://a/", "http://b/"}};
    const PollOutcome o = poll_outcome(response);
    EXPECT_EQ(o.status, 200);
    EXPECT_EQ(o.body_hash, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    EXPECT_EQ(o.redirects.size(), 1u);
    EXPECT_FALSE(o.failure);
    const PollOutcome lost =
        poll_outcome(HttpFailure{HttpErrc::timed_out, HandedOver::maybe_executed, 10, "example.com"});
    EXPECT_EQ(lost.status, 0);
    EXPECT_EQ(lost.failure->code, HttpErrc::timed_out);
}

TEST(Poll, GivesItsVerdict) {
    PollOutcome well = answer(200), badly = answer(200);
    well.parsed = true;
    badly.parse_error = "the address gives a web page (HTML), not a feed";
    PollState gone = polled_before();
    gone.gone = true;
    const struct {
        const char* name;
        PollState before;
        PollOutcome outcome;
        PollVerdict verdict;
        const char* error;
    } cases[] = {
        {"new bytes", polled_before(), answer(200), PollVerdict::parse_body, ""},
        {"new bytes, parsed", polled_before(), well, PollVerdict::parsed, ""},
        {"new bytes, not a feed", polled_before(), badly, PollVerdict::failed, "web page"},
        {"first poll", {}, answer(200), PollVerdict::parse_body, ""},
        {"not modified", polled_before(), answer(304), PollVerdict::unchanged, ""},
        {"the same bytes", polled_before(), answer(200, {}, "old hash"), PollVerdict::unchanged, ""},
        {"other bytes under the same etag", polled_before(), answer(200, {{"ETag", "W/\"1\""}}),
         PollVerdict::parse_body, ""},
        {"not modified without being asked", {}, answer(304), PollVerdict::failed, "304"},
        {"no content", polled_before(), answer(204), PollVerdict::failed, "204"},
        {"a part", polled_before(), answer(206), PollVerdict::failed, "206"},
        {"a redirect without target", polled_before(), answer(302), PollVerdict::failed, "redirect"},
        {"login", polled_before(), answer(401), PollVerdict::failed, "401 Unauthorized"},
        {"forbidden", polled_before(), answer(403), PollVerdict::failed, "403 Forbidden"},
        {"a bot challenge", polled_before(), answer(403, {{"CF-Mitigated", "challenge"}}), PollVerdict::failed,
         "blocked"},
        {"not found", polled_before(), answer(404), PollVerdict::failed, "404 Not Found"},
        {"gone", polled_before(), answer(410), PollVerdict::gone, "410 Gone"},
        {"gone and now not found", gone, answer(404), PollVerdict::gone, "404"},
        {"gone and back", gone, answer(304), PollVerdict::unchanged, ""},
        {"too many requests", polled_before(), answer(429), PollVerdict::failed, "429"},
        {"teapot", polled_before(), answer(418), PollVerdict::failed, "418"},
        {"server error", polled_before(), answer(500), PollVerdict::failed, "500"},
        {"no such host", polled_before(), no_answer(HttpErrc::resolve_failed), PollVerdict::failed,
         "host name not found: example.com"},
        {"too slow", polled_before(), no_answer(HttpErrc::timed_out), PollVerdict::failed, "took too long"},
    };
    for (const auto& c : cases) {
        SCOPED_TRACE(c.name);
        const PollDecision d = after(c.before, c.outcome);
        EXPECT_EQ(d.verdict, c.verdict) << to_string(d.verdict);
        EXPECT_EQ(d.state.last_attempt_at, now);
        const bool success = c.verdict == PollVerdict::unchanged || c.verdict == PollVerdict::parse_body ||
                             c.verdict == PollVerdict::parsed;
        EXPECT_EQ(d.state.consecutive_failures, success ? 0 : c.before.consecutive_failures + 1);
        EXPECT_EQ(d.state.last_success_at, success ? std::optional(now) : c.before.last_success_at);
        EXPECT_EQ(d.state.gone, c.verdict == PollVerdict::gone);
        EXPECT_NE(d.state.last_error.find(c.error), std::string::npos) << d.state.last_error;
        EXPECT_EQ(d.state.last_error.empty(), success);
        EXPECT_EQ(d.state.last_error.find('\n'), std::string::npos);
        EXPECT_GT(d.state.next_poll_at, now);
        if (!success) {  // what we have stays
            EXPECT_EQ(d.state.etag, c.before.etag);
            EXPECT_EQ(d.state.body_hash, c.before.body_hash);
        }
    }
}

TEST(Poll, KeepsValidatorsVerbatim) {
    PollState s = after({}, answer(200, {{"etag", "W/\"x y\""}, {"last-modified", "yesterday"}})).state;
    EXPECT_EQ(s.etag, "W/\"x y\"");
    EXPECT_EQ(s.last_modified, "yesterday");
    EXPECT_EQ(s.body_hash, "new hash");
    s = after(s, answer(304, {{"ETag", "\"2\""}})).state;  // refreshed
    EXPECT_EQ(s.etag, "\"2\"");
    EXPECT_EQ(s.last_modified, "yesterday");
    s = after(s, answer(200, {{"ETag", "\"3\""}}, "third")).state;  // no longer given
    EXPECT_EQ(s.etag, "\"3\"");
    EXPECT_EQ(s.last_modified, "");
    s = after(s, answer(200, {{"ETag", "\"4\""}, {"Expires", "0"}}, "fourth")).state;
    EXPECT_EQ(s.etag, "");
    EXPECT_EQ(after({}, answer(200, {{"ETag", std::string(5000, 'x')}})).state.etag, "");
}

TEST(Poll, ComesAgainWhenServerAndFeedAgree) {
    const auto date = [](Millis from_now) { return rfc822(now + from_now); };
    PollOutcome with_ttl = answer(200);
    with_ttl.parsed = true;
    with_ttl.ttl = 120min;
    PollOutcome with_endless_ttl = with_ttl;
    with_endless_ttl.ttl = 60min * 24 * 30;
    const struct {
        const char* name;
        PollOutcome outcome;
        Millis at_least;
        Millis at_most;
    } cases[] = {
        {"own interval", answer(200), 27min, 33min},
        {"not modified", answer(304), 27min, 33min},
        {"ttl", with_ttl, 120min, 123min},
        {"an endless ttl", with_endless_ttl, 24h, 24h},
        {"max-age", answer(200, {{"Cache-Control", "public, max-age=7200"}}), 2h, 2h + 3min},
        {"max-age and age", answer(200, {{"Cache-Control", "max-age=7200"}, {"Age", "3600"}}), 1h, 1h + 3min},
        {"a short max-age", answer(200, {{"Cache-Control", "max-age=60"}}), 27min, 33min},
        {"max-age before expires", answer(200, {{"Cache-Control", "max-age=0"}, {"Expires", date(5h)}}), 27min, 33min},
        {"no-cache", answer(200, {{"Cache-Control", "no-cache, max-age=7200"}}), 27min, 33min},
        {"expires", answer(200, {{"Expires", date(3h)}}), 3h, 3h + 3min},
        {"expires by the server's clock", answer(200, {{"Date", date(10h)}, {"Expires", date(12h)}}), 2h, 2h + 3min},
        {"expires: 0", answer(200, {{"Expires", "0"}}), 27min, 33min},
        {"expires long ago", answer(200, {{"Expires", date(-5h)}}), 27min, 33min},
        {"a year", answer(200, {{"Cache-Control", "max-age=31536000"}}), 24h, 24h},
        {"a hostile number", answer(200, {{"Cache-Control", "max-age=99999999999999999999999"}}), 24h, 24h},
        {"nonsense", answer(200, {{"Cache-Control", "max-age=-5, max-age=soon"}, {"Age", "x"}}), 27min, 33min},
    };
    for (const auto& c : cases) {
        SCOPED_TRACE(c.name);
        for (const double jitter : {0.0, 0.3, 0.999}) {
            const Millis wait = after(polled_before(), c.outcome, jitter).state.next_poll_at - now;
            EXPECT_GE(wait, c.at_least);
            EXPECT_LE(wait, c.at_most);
        }
    }
}

TEST(Poll, HonoursRetryAfter) {
    const struct {
        const char* name;
        PollOutcome outcome;
        Millis at_least;
    } cases[] = {
        {"seconds", answer(429, {{"Retry-After", "7200"}}), 2h},
        {"a date", answer(503, {{"Retry-After", rfc822(now + 3h)}}), 3h},
        {"with a server error", answer(500, {{"Retry-After", "5400"}}), 90min},
        {"with a 404", answer(404, {{"Retry-After", "43200"}}), 12h},
        {"a hostile one is capped", answer(503, {{"Retry-After", "31536000"}}), 24h},
        {"a hostile date too", answer(503, {{"Retry-After", "Fri, 31 Dec 9999 23:59:59 GMT"}}), 24h},
        {"a date that has passed", answer(503, {{"Retry-After", rfc822(now - 3h)}}), 1min},
        {"nonsense", answer(503, {{"Retry-After", "soon"}}), 1min},
        {"negative", answer(503, {{"Retry-After", "-100"}}), 1min},
    };
    for (const auto& c : cases) {
        SCOPED_TRACE(c.name);
        for (const double jitter : {0.0, 0.5, 0.999}) {
            const Millis wait = after(polled_before(), c.outcome, jitter).state.next_poll_at - now;
            EXPECT_GE(wait, c.at_least);
            EXPECT_LE(wait, 24h);
        }
    }
}

TEST(Poll, WaitsGrowWithFailuresAndNeverEnd) {
    PollState s = polled_before();
    Millis last_limit{};
    for (int n = 1; n <= 100; ++n) {
        const Millis least = after(s, answer(500), 0.0).state.next_poll_at - now;
        const Millis limit = after(s, answer(500), 1.0).state.next_poll_at - now;
        EXPECT_EQ(least, 1min) << "full jitter begins at the shortest wait";
        EXPECT_GE(limit, last_limit);
        EXPECT_LE(limit, 24h);
        last_limit = limit;
        s = after(s, answer(500)).state;
        EXPECT_EQ(s.consecutive_failures, n);
    }
    EXPECT_EQ(last_limit, 24h);
    EXPECT_EQ(after(polled_before(), answer(500), 1.0).state.next_poll_at - now, 30min);
    s = after(s, answer(200)).state;
    EXPECT_EQ(s.consecutive_failures, 0);
    EXPECT_LE(s.next_poll_at - now, 33min);
}

TEST(Poll, AFeedThatIsNotThereIsAskedSeldom) {
    for (const int status : {401, 403, 404}) {
        PollState s = polled_before();
        EXPECT_GE(after(s, answer(status), 0.0).state.next_poll_at - now, 3h) << status;
        for (int i = 0; i < 10; ++i) s = after(s, answer(status)).state;
        EXPECT_GE(after(s, answer(status), 0.0).state.next_poll_at - now, 12h) << status;
        EXPECT_LE(after(s, answer(status), 1.0).state.next_poll_at - now, 24h) << status;
    }
    const Millis gone = after(polled_before(), answer(410)).state.next_poll_at - now;
    EXPECT_GE(gone, 7 * 24h);
    EXPECT_LE(gone, 8 * 24h);
}

PollOutcome moved(int status, std::string to, int answer_status = 304, std::string from = "https://old.example.com/f") {
    PollOutcome o = answer(answer_status);
    o.redirects = {{status, std::move(from), std::move(to)}};
    return o;
}

TEST(Poll, APermanentRedirectIsBelievedTheThirdTime) {
    const std::string target = "https://new.example.com/f";
    for (const int status : {301, 308}) {
        PollDecision d = after(polled_before(), moved(status, target));
        EXPECT_EQ(d.state.moved_to, target);
        EXPECT_EQ(d.state.moved_seen, 1);
        EXPECT_EQ(d.confirmed_url, "");
        PollOutcome with_body = moved(status, target, 200);
        with_body.headers = {{"ETag", "\"2\""}};
        d = after(d.state, with_body);
        EXPECT_EQ(d.confirmed_url, "");
        d = after(d.state, answer(500));  // says nothing about it
        EXPECT_EQ(d.state.moved_seen, 2);
        d = after(d.state, moved(status, target));
        EXPECT_EQ(d.confirmed_url, target);
        EXPECT_EQ(d.state.moved_to, "");
        EXPECT_EQ(d.state.moved_seen, 0);
    }
}

TEST(Poll, ARedirectThatFlapsIsNotBelieved) {
    PollState s = polled_before();
    for (int i = 0; i < 10; ++i) {
        PollDecision d = after(s, moved(301, i % 3 == 2 ? "https://b.example.com/" : "https://a.example.com/"));
        EXPECT_EQ(d.confirmed_url, "");
        s = d.state;
    }
    s = after(polled_before(), moved(301, "https://a.example.com/")).state;
    s = after(s, moved(301, "https://a.example.com/")).state;
    s = after(s, answer(304)).state;
    EXPECT_EQ(s.moved_to, "");
    EXPECT_EQ(s.moved_seen, 0);
}

TEST(Poll, OtherRedirectsMoveNothing) {
    const struct {
        const char* name;
        PollOutcome outcome;
        bool remembered;
    } cases[] = {
        {"302", moved(302, "https://new.example.com/f"), false},
        {"307", moved(307, "https://new.example.com/f"), false},
        {"the same with TLS is as good as permanent",
         moved(302, "https://old.example.com/f", 304, "http://old.example.com/f"), true},
        {"permanent, but away from TLS", moved(301, "http://old.example.com/f"), false},
        {"permanent only at the second hop",
         [] {
             PollOutcome o = moved(302, "https://a.example.com/");
             o.redirects.push_back({301, "https://a.example.com/", "https://b.example.com/"});
             return o;
         }(),
         false},
        {"permanent to a web page",
         [] {
             PollOutcome o = moved(301, "https://parked.example.com/", 200);
             o.parse_error = "a web page";
             return o;
         }(),
         false},
        {"permanent to a 404", moved(301, "https://parked.example.com/", 404), false},
    };
    for (const auto& c : cases) {
        EXPECT_EQ(!after(polled_before(), c.outcome).state.moved_to.empty(), c.remembered) << c.name;
    }
}

TEST(OwnInterval, FollowsTheShowsRhythm) {
    const auto every = [](Millis gap, Millis age) {
        std::vector<WallTime> published;
        for (int i = 0; i < 20; ++i) published.push_back(now - age - i * gap);
        return published;
    };
    EXPECT_EQ(own_interval({}, limits, now), 30min);
    EXPECT_EQ(own_interval({now - 1h}, limits, now), 30min);
    EXPECT_EQ(own_interval(every(24h, 1h), limits, now), 30min) << "daily";
    EXPECT_EQ(own_interval(every(168h, 24h), limits, now), 210min) << "weekly, just published";
    EXPECT_EQ(own_interval(every(168h, 165h), limits, now), 30min) << "weekly, due now";
    EXPECT_EQ(own_interval(every(168h, 300h), limits, now), 30min) << "weekly, late";
    EXPECT_EQ(own_interval(every(168h, 900h), limits, now), 210min) << "weekly, asleep";
    EXPECT_EQ(own_interval(every(720h, 24h), limits, now), 4h) << "monthly";
    EXPECT_EQ(own_interval(every(0h, 1h), limits, now), 30min) << "all at once";
    EXPECT_EQ(own_interval(every(24h, -24h), limits, now), 30min) << "in the future";
}

TEST(FirstPoll, IsSpreadOverTheWindow) {
    std::vector<int> tenths(10);
    for (int i = 0; i < 1000; ++i) {
        const std::string url = "https://example.com/feed/" + std::to_string(i);
        const WallTime at = first_poll_at(url, now, 10min);
        EXPECT_GE(at, now);
        EXPECT_LT(at, now + 10min);
        EXPECT_EQ(at, first_poll_at(url, now, 10min));
        ++tenths[static_cast<std::size_t>((at - now) / 1min)];
    }
    for (const int count : tenths) EXPECT_GT(count, 50);
    EXPECT_EQ(first_poll_at("x", now, 0ms), now);
}

}  // namespace
}  // namespace podbrief::feeds
