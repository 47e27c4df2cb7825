#pragma once
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <functional>
#include <string>
#include <vector>

#include "core/async/turnstile.hpp"
#include "core/insights/settings.hpp"
#include "core/ports/clock.hpp"
#include "core/ports/http_client.hpp"
#include "core/ports/insight_engine.hpp"
#include "core/ports/library_store.hpp"
#include "core/ports/local_files.hpp"
#include "core/ports/log.hpp"
#include "core/ports/metrics.hpp"
#include "core/ports/search_index.hpp"
#include "core/services/indexer.hpp"
#include "core/services/transcript_fetcher.hpp"
#include "core/services/transcription_desk.hpp"

namespace podbrief::services {

namespace asio = boost::asio;

// How one episode came out.
struct EpisodeReport {
    EpisodeId episode;
    std::string podcast;  // title
    std::string title;
    EpisodeState state = EpisodeState::awaiting_transcript;
    std::size_t insights = 0;
    Millis talk{};        // length of what was read
    Millis took{};        // by the steady clock
    std::string problem;  // why there is no transcript (yet)
};

// Reads episodes: fetches the best transcript, leaves out adverts, makes insights, joins equal claims, stores, indexes.
// An episode is done when its transcript and insights are stored in one transaction; until then it is due, whatever
// happens to the process. What it is given must outlive it; `heavy` runs what computes long.
class Pipeline {
public:
    struct Ports {
        LibraryStore& library;
        SearchIndex& index;
        InsightEngine& engine;
        HttpClient& http;
        LocalFiles& files;
        Indexer& indexer;
        Clock& clock;
        Log& log;
        Metrics& metrics;
        asio::any_io_executor main;  // where the services run
        asio::any_io_executor heavy;
        TranscriptionDesk* transcription = nullptr;  // null: recordings are not transcribed
    };
    struct Settings {
        std::size_t parallel = 4;
        Millis transcribe_after = std::chrono::hours{1};  // from first seen: publishers may be late
        Millis wait_for_transcript = std::chrono::hours{48};
        insights::EngineSettings engine;
        FetchLimits fetch;
    };
    Pipeline(Ports ports, Settings settings);

    // One episode, now. Throws StoreFailure.
    asio::awaitable<EpisodeReport> read(Episode episode);

    // All that are due, newest first, some at a time. `on_due` hears how many are known to come in all.
    asio::awaitable<void> read_due(std::function<void(const EpisodeReport&)> on_read = {},
                                   std::function<void(std::size_t)> on_due = {});

    // For ever, until cancelled; `wake` when there may be something new.
    asio::awaitable<void> run();
    void wake() { wakeup_.notify(); }

private:
    asio::awaitable<EpisodeReport> read_contained(Episode episode);
    asio::awaitable<void> ask_for_transcription(TranscriptFetcher& fetcher, const Podcast& podcast, Episode& episode,
                                                Fetched& fetched);
    asio::awaitable<std::size_t> join_and_store(Extraction extraction, ExtractedInsights extracted);

    Ports ports_;
    Settings settings_;
    Turnstile joining_;  // an equal claim can only be found once the one before is in the index
    Wakeup wakeup_;
};

}  // namespace podbrief::services
