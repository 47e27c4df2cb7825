#include "core/services/transcript_fetcher.hpp"

#include <charconv>

#include "core/async/run_on.hpp"
#include "core/feeds/times.hpp"
#include "core/services/local_source.hpp"
#include "core/text/digest.hpp"
#include "core/transcripts/adverts.hpp"
#include "core/transcripts/chapters.hpp"
#include "core/transcripts/choose.hpp"
#include "core/transcripts/parse.hpp"

namespace podbrief::services {

struct TranscriptFetcher::Bytes {
    bool ok = false;
    std::string body;
    std::string content_type;
    std::string problem;
    std::optional<Millis> retry_after;
};

namespace {

std::optional<Millis> retry_after_of(const HttpResponse& response, WallTime now) {
    const auto* value = find_header(response.headers, "Retry-After");
    if (value == nullptr) return std::nullopt;
    std::int64_t seconds = 0;
    const auto [end, error] = std::from_chars(value->data(), value->data() + value->size(), seconds);
    if (error == std::errc() && end == value->data() + value->size() && seconds >= 0) {
        return std::chrono::seconds(std::min<std::int64_t>(seconds, 86'400));
    }
    if (const auto date = feeds::parse_date(*value); date && *date > now) return *date - now;
    return std::nullopt;
}

struct Parsed {
    std::optional<Transcript> transcript;
    std::string problem;
};

Parsed parse_now(const std::string& body, const std::string& url, const transcripts::ParseHints& hints,
                 const std::vector<Chapter>& chapters, const std::string& show) {
    Parsed result;
    auto parsed = transcripts::parse_transcript(body, hints);
    if (!parsed) {
        result.problem = parsed.error().message;
        return result;
    }
    transcripts::mark_adverts(parsed->segments, chapters, show);
    Transcript transcript;
    transcript.format = parsed->format;
    transcript.source_url = url;
    transcript.content_hash = text::sha256_hex(body);
    transcript.language = std::move(parsed->language);
    transcript.timed = parsed->timed;
    transcript.segments = std::move(parsed->segments);
    result.transcript = std::move(transcript);
    return result;
}

}  // namespace

asio::awaitable<TranscriptFetcher::Bytes> TranscriptFetcher::bytes_of(std::string feed_url, std::string url,
                                                                      std::size_t most) {
    Bytes got;
    if (url.starts_with("file:")) {
        if (!may_read_file(feed_url, url)) {  // a feed from the network must not make us read our own disk
            got.problem = "a feed may only name files of its own folder";
            co_return got;
        }
        auto bytes = co_await files_.read(path_of_file_url(url), most);
        got.ok = bytes.has_value();
        if (bytes) {
            got.body = std::move(*bytes);
        } else {
            got.problem = path_of_file_url(url) + ": " + bytes.error().message();
        }
        co_return got;
    }
    HttpRequest request;
    request.url = url;
    request.deadline = limits_.deadline;
    request.max_body_bytes = most;
    HttpResult result = co_await http_.send(std::move(request));
    if (!result) {
        got.problem = std::string(to_string(result.error().code));
        if (!result.error().detail.empty()) got.problem = result.error().detail;
        co_return got;
    }
    got.ok = result->status == 200;
    if (const auto* type = find_header(result->headers, "Content-Type")) got.content_type = *type;
    if (!got.ok) {
        got.problem = fmt::format("the server answered {}", result->status);
        got.retry_after = retry_after_of(*result, clock_.wall_now());
    }
    got.body = std::move(result->body);
    co_return got;
}

asio::awaitable<void> TranscriptFetcher::fetch_chapters(const Podcast& podcast, Episode& episode) {
    if (!episode.chapters.empty() || episode.chapters_url.empty()) co_return;
    const Bytes got = co_await bytes_of(podcast.feed_url, episode.chapters_url, 1u << 20);
    if (!got.ok) co_return;  // helpful, not needed
    if (auto chapters = transcripts::parse_chapters(got.body)) episode.chapters = std::move(*chapters);
}

asio::awaitable<Fetched> TranscriptFetcher::read(Podcast podcast, Episode& episode, std::string json,
                                                 std::string source) {
    co_await fetch_chapters(podcast, episode);
    transcripts::ParseHints hints{"application/json", "", episode.duration};
    auto job = [body = std::move(json), url = std::move(source), hints, chapters = episode.chapters,
                show = podcast.title] { return parse_now(body, url, hints, chapters, show); };
    Parsed parsed = co_await run_on(heavy_, std::move(job));
    Fetched fetched;
    fetched.transcript = std::move(parsed.transcript);
    if (!fetched.transcript) {
        fetched.setback = transcripts::Setback::unreadable;
        fetched.problem = "transcript: " + parsed.problem;
        co_return fetched;
    }
    if (fetched.transcript->language.empty()) fetched.transcript->language = podcast.language;
    fetched.transcript->fetched_at = clock_.wall_now();
    co_return fetched;
}

asio::awaitable<Fetched> TranscriptFetcher::fetch(Podcast podcast, Episode& episode) {
    Fetched fetched;
    const auto offers = transcripts::ranked_offers(episode.transcripts, podcast.language);
    if (offers.empty()) {
        fetched.problem = "no transcript offered yet";
        co_return fetched;
    }
    co_await fetch_chapters(podcast, episode);
    for (std::size_t i = 0; i < std::min(offers.size(), limits_.most_offers); ++i) {
        Bytes got = co_await bytes_of(podcast.feed_url, offers[i].url, transcripts::size_limit);
        if (!got.ok) {
            fetched.setback = transcripts::Setback::failed;
            fetched.problem = "transcript: " + got.problem;
            if (got.retry_after) fetched.retry_after = got.retry_after;
            continue;
        }
        transcripts::ParseHints hints{got.content_type.empty() ? offers[i].type : got.content_type, offers[i].url,
                                      episode.duration};
        auto job = [body = std::move(got.body), url = offers[i].url, hints, chapters = episode.chapters,
                    show = podcast.title] { return parse_now(body, url, hints, chapters, show); };
        Parsed parsed = co_await run_on(heavy_, std::move(job));
        if (parsed.transcript) {
            fetched.transcript = std::move(parsed.transcript);
            if (fetched.transcript->language.empty()) fetched.transcript->language = offers[i].language;
            fetched.transcript->fetched_at = clock_.wall_now();
            fetched.problem.clear();
            co_return fetched;
        }
        // What failed may come back; what cannot be read will not: a failure is the better news.
        if (fetched.setback != transcripts::Setback::failed) fetched.setback = transcripts::Setback::unreadable;
        fetched.problem = "transcript: " + parsed.problem;
    }
    co_return fetched;
}

}  // namespace podbrief::services
