#include "core/feeds/poll_policy.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/feeds/freshness.hpp"
#include "core/feeds/trim.hpp"
#include "core/text/digest.hpp"

namespace podbrief::feeds {
namespace {

using namespace std::chrono_literals;

// A body that was parsed must be behind the validators: without one, a 304 would leave us with nothing.
bool may_be_conditional(const PollState& state) {
    return !state.body_hash.empty() && (!state.etag.empty() || !state.last_modified.empty());
}

bool forbids_validators(const std::vector<HttpHeader>& headers) {
    const std::string* expires = find_header(headers, "Expires");
    return expires != nullptr && trimmed(*expires) == "0";
}

std::string header_or_empty(const std::vector<HttpHeader>& headers, std::string_view name) {
    constexpr std::size_t most = 1024;
    const std::string* value = find_header(headers, name);
    return value != nullptr && value->size() <= most ? *value : std::string();
}

bool is_permanent(const HttpRedirect& hop) {
    return hop.status == 301 || hop.status == 308;
}

// The same address with https for http: as good as permanent, whatever the status says.
bool only_adds_tls(const HttpRedirect& hop) {
    return begins_ignoring_case(hop.from, "http://") && begins_ignoring_case(hop.to, "https://") &&
           std::string_view(hop.from).substr(7) == std::string_view(hop.to).substr(8);
}

bool drops_tls(const HttpRedirect& hop) {
    return begins_ignoring_case(hop.from, "https://") && !begins_ignoring_case(hop.to, "https://");
}

// Where the first hop says that the feed has moved to; empty: nowhere, or not for good.
std::string permanent_target(const PollOutcome& outcome) {
    if (outcome.redirects.empty()) return {};
    const HttpRedirect& first = outcome.redirects.front();
    if (!is_permanent(first) && !only_adds_tls(first)) return {};
    return drops_tls(first) ? std::string() : first.to;
}

std::string one_line(std::string_view text, std::size_t most = 300) {
    std::string line(text.substr(0, most));
    for (char& c : line) {
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) c = ' ';
    }
    return line;
}

std::string_view remedy(HttpErrc code) {
    switch (code) {
        case HttpErrc::bad_url:
        case HttpErrc::resolve_failed:
            return "check the address";
        case HttpErrc::blocked:
            return "if you trust it, add its network to network.allow in the settings";
        case HttpErrc::tls_failed:
            return "tell its publisher, or add your own authority with network.ca_file in the settings";
        case HttpErrc::too_large:
            return "tell its publisher, or allow more with network.max_body_mib in the settings";
        case HttpErrc::malformed:
        case HttpErrc::too_many_redirects:
            return "check the address, or tell its publisher";
        case HttpErrc::connect_failed:
        case HttpErrc::timed_out:
        case HttpErrc::connection_lost:
        case HttpErrc::called_off:
            return "check the address, or try again later";
    }
    return "try again later";
}

std::string why(const PollOutcome& outcome) {
    const std::string* challenge = find_header(outcome.headers, "cf-mitigated");
    const int status = outcome.status;
    if (status == 0) {
        if (!outcome.failure) return "no answer came";
        std::string text(to_string(outcome.failure->code));
        if (!outcome.failure->detail.empty()) text += ": " + outcome.failure->detail;
        return one_line(fmt::format("{}; {}", text, remedy(outcome.failure->code)));
    }
    if (!outcome.parse_error.empty()) return one_line(outcome.parse_error);
    switch (status) {
        case 304:
            return "304 Not Modified, though we did not ask for changes only: the server is at fault; tell its "
                   "publisher";
        case 401:
            return "401 Unauthorized: the feed wants a login; subscribe with the personal address that the publisher "
                   "gives";
        case 402:
            return "402 Payment Required: the feed is for paying subscribers; use the personal address that the "
                   "publisher gives";
        case 403:
            if (challenge != nullptr && trimmed(*challenge) == "challenge") {
                return "403 Forbidden: blocked by a bot challenge (Cloudflare); ask the publisher to let feed readers "
                       "through";
            }
            return "403 Forbidden: the server refuses us this feed; check the address, or ask its publisher";
        case 404:
            return "404 Not Found: there is no feed at this address; check whether the show has moved";
        case 410:
            return "410 Gone: the publisher has taken this feed down; remove it, or find the show's new address";
        case 429:
            return "429 Too Many Requests: the server wants to be asked less often; wait";
        case 503:
            return "503 Service Unavailable: the server is down or busy; try again later";
        default:
            break;
    }
    if (status >= 500) return fmt::format("{}: the server has a problem; try again later", status);
    if (status >= 300 && status < 400)
        return fmt::format("{}: a redirect that leads nowhere; check the address", status);
    return fmt::format("{}: an answer that is of no use for a feed; check the address", status);
}

// first * 2^(failures - 1), at most `longest`
Millis doubled(Millis first, int failures, Millis longest) {
    Millis wait = std::min(first, longest);
    for (int i = 1; i < failures && wait < longest; ++i) wait = std::min(wait * 2, longest);
    return wait;
}

Millis part_of(Millis whole, double share) {
    return Millis{static_cast<std::int64_t>(static_cast<double>(whole.count()) * share)};
}

Millis wait_after_failure(const PollOutcome& outcome, int failures, const PollLimits& limits, WallTime now,
                          double jitter01) {
    Millis wait{};
    if (outcome.status == 401 || outcome.status == 402 || outcome.status == 403 || outcome.status == 404) {
        const Millis most = doubled(limits.not_found, failures, limits.longest);
        wait = part_of(most, 0.5 + 0.5 * jitter01);  // long in any case
    } else {
        wait = part_of(doubled(limits.base, failures, limits.longest), jitter01);
    }
    const Millis asked = std::min(retry_after(outcome.headers, now), limits.longest);
    // A little later than asked, so that not all who were sent away come back at once.
    if (asked > wait) wait = std::min(asked + part_of(std::min<Millis>(asked, 10min), 0.1 * jitter01), limits.longest);
    return std::clamp(wait, limits.shortest, limits.longest);
}

PollDecision failed(const PollState& before, const PollOutcome& outcome, const PollLimits& limits, WallTime now,
                    double jitter01) {
    PollDecision decision{PollVerdict::failed, before, {}};
    PollState& state = decision.state;
    state.last_attempt_at = now;
    state.consecutive_failures = std::min(before.consecutive_failures + 1, 1'000'000);
    state.last_error = why(outcome);
    if (outcome.status == 410 || (before.gone && outcome.status == 404)) {
        decision.verdict = PollVerdict::gone;
        state.gone = true;
        state.next_poll_at = now + limits.gone + part_of(limits.gone, 0.05 * jitter01);
    } else {
        state.next_poll_at = now + wait_after_failure(outcome, state.consecutive_failures, limits, now, jitter01);
    }
    return decision;
}

void note_move(PollDecision& decision, const PollOutcome& outcome, const PollLimits& limits) {
    PollState& state = decision.state;
    const std::string target = permanent_target(outcome);
    state.moved_seen = target.empty() ? 0 : target == state.moved_to ? state.moved_seen + 1 : 1;
    state.moved_to = target;
    if (target.empty() || state.moved_seen < limits.confirm_moves) return;
    decision.confirmed_url = target;
    state.moved_to.clear();
    state.moved_seen = 0;
}

PollDecision succeeded(PollVerdict verdict, const PollState& before, const PollOutcome& outcome,
                       const PollLimits& limits, WallTime now, double jitter01) {
    PollDecision decision{verdict, before, {}};
    PollState& state = decision.state;
    state.last_attempt_at = now;
    state.last_success_at = now;
    state.consecutive_failures = 0;
    state.last_error.clear();
    state.gone = false;
    const std::string etag = header_or_empty(outcome.headers, "ETag");
    const std::string last_modified = header_or_empty(outcome.headers, "Last-Modified");
    if (forbids_validators(outcome.headers)) {
        state.etag.clear();
        state.last_modified.clear();
    } else if (outcome.status == 200) {
        state.etag = etag;
        state.last_modified = last_modified;
    } else {  // a 304 may refresh them, and leaves out what stays
        if (!etag.empty()) state.etag = etag;
        if (!last_modified.empty()) state.last_modified = last_modified;
    }
    if (outcome.status == 200) state.body_hash = outcome.body_hash;
    note_move(decision, outcome, limits);

    const Millis own = own_interval(outcome.published, limits, now);
    Millis wait = std::max<Millis>(part_of(own, 0.9 + 0.2 * jitter01), limits.shortest);
    const Millis asked = std::max<Millis>(fresh_for(outcome.headers, now), outcome.ttl.value_or(0min));
    if (asked > wait) wait = asked + part_of(own, 0.1 * jitter01);
    state.next_poll_at = now + std::min(wait, limits.longest);
    return decision;
}

}  // namespace

std::string_view to_string(PollVerdict verdict) {
    switch (verdict) {
        case PollVerdict::unchanged:
            return "unchanged";
        case PollVerdict::parse_body:
            return "parse body";
        case PollVerdict::parsed:
            return "parsed";
        case PollVerdict::failed:
            return "failed";
        case PollVerdict::gone:
            return "gone";
    }
    return "?";
}

HttpRequest poll_request(const Podcast& podcast, const PollState& state, std::string_view user_agent) {
    HttpRequest request;
    request.url = podcast.feed_url;
    request.max_redirects = 10;
    if (!user_agent.empty()) request.headers.push_back({"User-Agent", std::string(user_agent)});
    request.headers.push_back(
        {"Accept", "application/rss+xml, application/atom+xml, application/xml;q=0.9, text/xml;q=0.8, */*;q=0.1"});
    if (may_be_conditional(state)) {
        if (!state.etag.empty()) request.headers.push_back({"If-None-Match", state.etag});
        if (!state.last_modified.empty()) request.headers.push_back({"If-Modified-Since", state.last_modified});
    }
    return request;
}

PollOutcome poll_outcome(const HttpResult& result) {
    PollOutcome outcome;
    if (!result) {
        outcome.failure = result.error();
        return outcome;
    }
    outcome.status = result->status;
    outcome.headers = result->headers;
    outcome.redirects = result->redirects;
    if (result->status == 200) outcome.body_hash = text::sha256_hex(result->body);
    return outcome;
}

PollDecision after_poll(const PollState& before, const PollOutcome& outcome, const PollLimits& limits, WallTime now,
                        double jitter01) {
    jitter01 = std::clamp(jitter01, 0.0, 1.0);
    if (outcome.status == 304 && may_be_conditional(before)) {
        return succeeded(PollVerdict::unchanged, before, outcome, limits, now, jitter01);
    }
    if (outcome.status != 200 || !outcome.parse_error.empty()) return failed(before, outcome, limits, now, jitter01);
    // The body decides, not its validators: there are servers whose ETag never changes.
    if (!before.body_hash.empty() && outcome.body_hash == before.body_hash) {
        return succeeded(PollVerdict::unchanged, before, outcome, limits, now, jitter01);
    }
    const PollVerdict verdict = outcome.parsed ? PollVerdict::parsed : PollVerdict::parse_body;
    return succeeded(verdict, before, outcome, limits, now, jitter01);
}

Millis own_interval(const std::vector<WallTime>& published, const PollLimits& limits, WallTime now) {
    constexpr std::size_t most = 11;
    std::vector<Millis> gaps;
    for (std::size_t i = 1; i < std::min(published.size(), most); ++i) {
        if (published[i - 1] > published[i]) gaps.push_back(published[i - 1] - published[i]);
    }
    if (gaps.empty() || published.front() > now) return limits.base;
    std::nth_element(gaps.begin(), gaps.begin() + static_cast<std::ptrdiff_t>(gaps.size() / 2), gaps.end());
    const Millis rhythm = gaps[gaps.size() / 2];
    const Millis age = now - published.front();
    const Millis calm = std::clamp(rhythm / 48, limits.base, std::max(limits.base, limits.relaxed));
    const bool is_expected = age > rhythm - calm - calm && age < 2 * rhythm;
    return is_expected ? limits.base : calm;
}

WallTime first_poll_at(std::string_view feed_url, WallTime now, Millis window) {
    if (window <= 0ms) return now;
    return now + Millis{static_cast<std::int64_t>(text::fnv1a(feed_url) % static_cast<std::uint64_t>(window.count()))};
}

}  // namespace podbrief::feeds
