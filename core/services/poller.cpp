#include "core/services/poller.hpp"

#include <set>

#include "core/async/parallel.hpp"
#include "core/async/run_on.hpp"
#include "core/feeds/address.hpp"
#include "core/feeds/identity.hpp"
#include "core/ports/store_failure.hpp"
#include "core/services/local_source.hpp"
#include "core/text/digest.hpp"
#include "core/transcripts/waiting.hpp"

namespace podbrief::services {

using feeds::PollVerdict;

feeds::PollLimits poll_limits(Millis interval) {
    feeds::PollLimits limits;
    limits.base = interval;
    limits.relaxed = std::max(interval, std::min<Millis>(interval * 8, std::chrono::hours{12}));
    limits.shortest = std::min<Millis>(interval, std::chrono::minutes{1});
    limits.longest = std::max<Millis>(limits.relaxed, std::chrono::hours{24});
    return limits;
}

struct Poller::Read {
    feeds::PollDecision decision;
    std::optional<feeds::ParsedFeed> feed;  // nothing new without it
    bool no_answer = false;
};

namespace {

feeds::FeedResult<feeds::ParsedFeed> parse_now(std::string body, feeds::ParseOptions options) {
    return feeds::parse_feed(std::move(body), options);
}

// The newest episodes of a podcast just added are read, older ones only noted. Later, a burst of items older than the
// subscription is a re-import of the back catalogue, not news.
std::size_t skip_back_catalogue(std::vector<IdentifiedEpisode>& added, bool first_poll, WallTime subscribed_at,
                                std::size_t first_episodes) {
    constexpr std::size_t burst = 20;
    const auto skip = [](IdentifiedEpisode& e) { e.episode.state = EpisodeState::skipped; };
    std::size_t skipped = 0;
    if (first_poll) {
        for (std::size_t i = first_episodes; i < added.size(); ++i, ++skipped) skip(added[i]);
        return skipped;
    }
    if (added.size() <= burst) return 0;
    for (auto& item : added) {
        if (ordering_time(item.episode) < subscribed_at - std::chrono::days{7}) {
            skip(item);
            ++skipped;
        }
    }
    return skipped;
}

// A failure of the server or the network, not of what was asked for.
bool is_outage(const HttpResult& result) {
    if (result) return result->status == 408 || result->status == 429 || result->status >= 500;
    switch (result.error().code) {
        case HttpErrc::resolve_failed:
        case HttpErrc::connect_failed:
        case HttpErrc::tls_failed:
        case HttpErrc::timed_out:
        case HttpErrc::connection_lost:
            return true;
        default:
            return false;
    }
}

// What we know of an episode and the feed does not.
void carry_over(const Episode& stored, Episode& as_in_feed) {
    as_in_feed.state = stored.state;
    as_in_feed.attempts = stored.attempts;
    as_in_feed.last_error = stored.last_error;
    as_in_feed.first_seen_at = stored.first_seen_at;
    as_in_feed.next_attempt_at = stored.next_attempt_at;
}

}  // namespace

asio::awaitable<Poller::Read> Poller::read_remote(const Subscription& subscription) {
    const auto& [podcast, before] = subscription;
    HttpRequest request = feeds::poll_request(podcast, before);
    request.deadline = settings_.deadline;
    request.max_body_bytes = settings_.max_body_bytes;
    HttpResult result = co_await ports_.http.send(std::move(request));

    const double jitter = ports_.random.unit();
    const WallTime now = ports_.clock.wall_now();
    feeds::PollOutcome outcome = feeds::poll_outcome(result);
    Read read;
    read.no_answer = is_outage(result);
    read.decision = feeds::after_poll(before, outcome, settings_.limits, now, jitter);
    if (read.decision.verdict != PollVerdict::parse_body) co_return read;

    feeds::ParseOptions options;
    options.url = result->url;
    if (const auto* type = find_header(result->headers, "Content-Type")) options.content_type = *type;
    options.now = now;
    options.max_bytes = settings_.max_body_bytes;
    auto job = [body = std::move(result->body), options]() mutable { return parse_now(std::move(body), options); };
    auto parsed = co_await run_on(ports_.heavy, std::move(job));
    outcome.parsed = parsed.has_value();
    if (parsed) {
        outcome.ttl = parsed->ttl;
        for (const auto& episode : parsed->episodes) outcome.published.push_back(ordering_time(episode));
        read.feed = std::move(*parsed);
    } else {
        outcome.parse_error = parsed.error().message;
    }
    read.decision = feeds::after_poll(before, outcome, settings_.limits, now, jitter);
    if (read.feed && !read.feed->new_feed_url.empty() && read.feed->new_feed_url != podcast.feed_url &&
        read.decision.confirmed_url.empty()) {
        const auto target = feeds::normalise_feed_address(read.feed->new_feed_url);
        const bool downgrade = podcast.feed_url.starts_with("https:") && target && target->starts_with("http:");
        if (target && *target != podcast.feed_url && !downgrade && co_await is_feed(*target)) {
            read.decision.confirmed_url = *target;
        }
    }
    co_return read;
}

// The feed says that it moved: believed once a feed is found there.
asio::awaitable<bool> Poller::is_feed(std::string url) {
    Podcast there;
    there.feed_url = url;
    HttpRequest request = feeds::poll_request(there, {});
    request.deadline = settings_.deadline;
    request.max_body_bytes = settings_.max_body_bytes;
    HttpResult result = co_await ports_.http.send(std::move(request));
    if (!result || result->status != 200) co_return false;
    feeds::ParseOptions options;
    options.url = result->url;
    options.now = ports_.clock.wall_now();
    auto job = [body = std::move(result->body), options]() mutable { return parse_now(std::move(body), options); };
    co_return (co_await run_on(ports_.heavy, std::move(job))).has_value();
}

asio::awaitable<Poller::Read> Poller::read_local(const Subscription& subscription) {
    const auto& [podcast, before] = subscription;
    const WallTime now = ports_.clock.wall_now();
    LocalListing listing = co_await read_local_source(ports_.files, ports_.heavy, podcast, now);
    Read read;
    read.decision.state = before;
    auto& state = read.decision.state;
    state.last_attempt_at = now;
    state.next_poll_at = now + settings_.limits.base;
    if (!listing.problem.empty()) {
        read.decision.verdict = PollVerdict::failed;
        ++state.consecutive_failures;
        state.last_error = listing.problem;
        co_return read;
    }
    read.decision.verdict = PollVerdict::parsed;
    state.last_success_at = now;
    state.consecutive_failures = 0;
    state.last_error.clear();
    read.feed = std::move(listing.feed);
    co_return read;
}

asio::awaitable<PollReport> Poller::write(const Subscription& subscription, Read read) {
    const auto& [podcast, before] = subscription;
    const WallTime now = ports_.clock.wall_now();
    PollReport report;
    report.podcast = podcast.id;
    report.title = podcast.title.empty() ? podcast.feed_url : podcast.title;
    report.verdict = read.decision.verdict;
    report.problem = read.decision.state.last_error;
    report.no_answer = read.no_answer;
    report.next_poll_at = read.decision.state.next_poll_at;

    FeedUpdate update;
    update.podcast = podcast.id;
    update.poll = std::move(read.decision.state);
    update.confirmed_url = std::move(read.decision.confirmed_url);
    if (read.feed) {
        if (!read.feed->podcast.title.empty()) report.title = read.feed->podcast.title;
        const auto known = co_await ports_.library.identities(podcast.id);
        feeds::MatchResult matched = feeds::match(known, std::move(read.feed->episodes));
        for (const auto& match : matched.lower_rungs) {
            ports_.log.info(
                "episode recognised",
                {{"podcast", report.title}, {"episode", match.title}, {"by", std::string(to_string(match.rung))}});
        }
        const bool first_poll = known.empty() && !before.last_success_at;
        // A folder has no back catalogue: what lies there is meant.
        if (!podcast.feed_url.starts_with("file:")) {
            report.skipped = skip_back_catalogue(matched.added, first_poll, podcast.added_at, settings_.first_episodes);
        }
        report.changed = matched.changed.size();
        for (auto& item : matched.changed) {
            const auto stored = co_await ports_.library.episode(item.episode.id);
            if (!stored) continue;
            const auto look = transcripts::after_feed_update(*stored, item.episode.transcripts, now);
            carry_over(*stored, item.episode);
            item.episode.next_attempt_at = look.at;
            const bool file_changed = !item.episode.revision.empty() && stored->state != EpisodeState::skipped;
            if (file_changed) item.episode.next_attempt_at = now;
            if (item.episode.next_attempt_at == now) item.episode.attempts = 0;
            update.changed.push_back(std::move(item));
        }
        for (auto& item : matched.reidentified) {
            const auto stored = co_await ports_.library.episode(item.episode.id);
            if (!stored) continue;
            carry_over(*stored, item.episode);
            update.changed.push_back(std::move(item));
        }
        update.added = std::move(matched.added);
        update.metadata = std::move(read.feed->podcast);
    }
    if (!update.confirmed_url.empty()) {
        update.poll.etag.clear();  // they belong to the old address
        update.poll.last_modified.clear();
        update.poll.body_hash.clear();
        ports_.log.info("podcast moved", {{"podcast", report.title}});
    }
    const auto added = co_await ports_.library.apply(std::move(update));
    for (const auto& episode : added) report.added += episode.state == EpisodeState::skipped ? 0 : 1;
    ports_.metrics.count("polls_total", to_string(report.verdict));
    ports_.metrics.count("episodes_discovered_total", {}, static_cast<double>(report.added));
    co_return report;
}

asio::awaitable<PollReport> Poller::poll(Subscription subscription) {
    const bool local = subscription.podcast.feed_url.starts_with("file:");
    Read read;
    if (local) {
        read = co_await read_local(subscription);
    } else {
        read = co_await read_remote(subscription);
    }
    co_return co_await write(subscription, std::move(read));
}

// A feed that trips over a bug of ours must not stop the others, nor be asked again at once.
asio::awaitable<PollReport> Poller::poll_contained(Subscription subscription) {
    std::string bug;
    try {
        co_return co_await poll(subscription);
    } catch (const StoreFailure&) {
        throw;
    } catch (const boost::system::system_error& error) {
        if (error.code() == asio::error::operation_aborted) throw;
        bug = error.what();
    } catch (const std::exception& error) {
        bug = error.what();
    }
    ports_.log.error("poll failed by a bug", {{"podcast", subscription.podcast.title}, {"error", bug}});
    Read read;
    read.decision.verdict = PollVerdict::failed;
    read.decision.state = subscription.poll;
    read.decision.state.next_poll_at = ports_.clock.wall_now() + std::chrono::hours{1};
    ++read.decision.state.consecutive_failures;
    read.decision.state.last_error = "an error that should not happen; please report it: " + bug;
    co_return co_await write(subscription, std::move(read));
}

asio::awaitable<std::vector<PollReport>> Poller::poll_due(std::function<void(const PollReport&)> on_polled) {
    std::vector<PollReport> reports;
    std::set<PodcastId> asked;  // each podcast once in a call, however short its interval
    for (;;) {
        auto due = co_await ports_.library.feeds_due(ports_.clock.wall_now(), settings_.parallel * 4 + asked.size());
        std::erase_if(due, [&](const Subscription& s) { return !asked.insert(s.podcast.id).second; });
        if (due.empty()) co_return reports;
        // Kept by for_each_parallel until all have ended.
        // NOLINTNEXTLINE(cppcoreguidelines-avoid-capturing-lambda-coroutines)
        auto work = [this, &reports, &on_polled](Subscription& subscription) -> asio::awaitable<void> {
            PollReport report = co_await poll_contained(std::move(subscription));
            if (on_polled) on_polled(report);
            reports.push_back(std::move(report));
        };
        co_await for_each_parallel(std::move(due), settings_.parallel, std::move(work));
    }
}

asio::awaitable<void> Poller::run(std::function<void()> on_added) {
    constexpr Millis longest_sleep = std::chrono::seconds{60};
    const auto report = [&](const PollReport& r) {
        if (r.verdict == PollVerdict::failed || r.verdict == PollVerdict::gone) {
            ports_.log.warning("poll failed", {{"podcast", r.title}, {"why", r.problem}});
        } else if (r.added + r.changed > 0) {
            ports_.log.info("polled", {{"podcast", r.title},
                                       {"new", std::to_string(r.added)},
                                       {"changed", std::to_string(r.changed)},
                                       {"skipped", std::to_string(r.skipped)}});
        }
        if (r.added + r.changed > 0) on_added();
    };
    for (;;) {
        Millis wait = longest_sleep;
        try {
            co_await poll_due(report);
            const auto next = co_await ports_.library.next_feed_due();
            if (next) wait = std::clamp<Millis>(*next - ports_.clock.wall_now(), Millis{20}, longest_sleep);
        } catch (const StoreFailure& failure) {
            if (!failure.may_pass()) throw;
            ports_.log.error("store failed", {{"error", failure.what()}});
        }
        co_await ports_.clock.sleep_for(wait);
    }
}

}  // namespace podbrief::services
