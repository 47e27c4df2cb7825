#pragma once
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <optional>
#include <string>

#include "core/model/episode.hpp"
#include "core/model/podcast.hpp"
#include "core/model/transcript.hpp"
#include "core/ports/clock.hpp"
#include "core/ports/http_client.hpp"
#include "core/ports/local_files.hpp"
#include "core/transcripts/waiting.hpp"

namespace podbrief::services {

namespace asio = boost::asio;

struct FetchLimits {
    Millis deadline{20'000};  // of each fetch
    std::size_t most_offers = 4;
};

// What came of asking for an episode's transcript.
struct Fetched {
    std::optional<Transcript> transcript;                               // id, version and episode not set
    transcripts::Setback setback = transcripts::Setback::none_offered;  // without a transcript: why
    std::string problem;                                                // the same for people
    std::optional<Millis> retry_after;
};

// Gets the best transcript that an episode offers: over HTTP, or from the disk for podcasts that lie there. Offers are
// tried in the order of choose.hpp until one can be read. Adverts, intro and outro are marked.
class TranscriptFetcher {
public:
    TranscriptFetcher(HttpClient& http, LocalFiles& files, Clock& clock, asio::any_io_executor heavy,
                      FetchLimits limits)
        : http_(http), files_(files), clock_(clock), heavy_(std::move(heavy)), limits_(limits) {}

    // `episode.chapters` is filled in from chapters_url when it is empty and that can be had.
    asio::awaitable<Fetched> fetch(Podcast podcast, Episode& episode);

    // Reads a transcript that comes from elsewhere (JSON as podcasts publish it), as if it were fetched.
    asio::awaitable<Fetched> read(Podcast podcast, Episode& episode, std::string json, std::string source);

private:
    struct Bytes;
    asio::awaitable<Bytes> bytes_of(std::string feed_url, std::string url, std::size_t most);
    asio::awaitable<void> fetch_chapters(const Podcast& podcast, Episode& episode);

    HttpClient& http_;
    LocalFiles& files_;
    Clock& clock_;
    asio::any_io_executor heavy_;
    FetchLimits limits_;
};

}  // namespace podbrief::services
