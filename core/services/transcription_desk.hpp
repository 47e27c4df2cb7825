#pragma once
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <functional>
#include <map>
#include <optional>
#include <string>

#include "core/async/turnstile.hpp"
#include "core/ports/audio_tools.hpp"
#include "core/ports/clock.hpp"
#include "core/ports/http_client.hpp"
#include "core/ports/library_store.hpp"
#include "core/ports/log.hpp"
#include "core/ports/metrics.hpp"
#include "core/ports/outbox_store.hpp"
#include "core/ports/scratch_files.hpp"
#include "core/ports/transcriber.hpp"
#include "core/services/transcription_job.hpp"
#include "core/transcripts/speech_spans.hpp"

namespace podbrief::services {

namespace asio = boost::asio;

// Has recordings transcribed of which no transcript is published, one after the other, the newest first: downloads,
// decodes, cuts, has each part heard, joins what was heard. The pipeline asks for an episode and goes on without; once
// its transcript is ready the episode is made due. Every step is kept beside the store: after a crash it goes on with
// the next, and no part is paid for twice. What it is given must outlive it.
class TranscriptionDesk {
public:
    struct Ports {
        LibraryStore& library;
        HttpClient& http;
        ScratchFiles& scratch;
        AudioTools& audio;
        Transcriber& transcriber;  // metered
        OutboxStore& notes;
        Clock& clock;
        Log& log;
        Metrics& metrics;
        asio::any_io_executor main;
    };
    struct Settings {
        std::size_t max_audio_bytes = 512u << 20;
        Millis download_deadline = std::chrono::minutes{30};
        Millis longest = std::chrono::hours{5};  // of a recording; what is beyond is left out
        Millis exchange_deadline = std::chrono::minutes{15};
        double least_quality = 0.3;  // below, the show notes are the better source
        transcripts::SpanRules spans;
    };
    TranscriptionDesk(Ports ports, Settings settings);

    struct Ready {
        std::string json;    // a transcript as podcasts publish it
        std::string source;  // "transcribed: openai whisper-1"
    };
    // Takes the wish down; nullopt: not ready (yet, or ever). Throws StoreFailure.
    asio::awaitable<std::optional<Ready>> ask(const Podcast& podcast, const Episode& episode);
    // The episode has a transcript: nothing more is kept for it.
    asio::awaitable<void> forget(EpisodeId episode);

    // For ever, until cancelled; `on_ready` when an episode was made due.
    asio::awaitable<void> run(std::function<void()> on_ready);
    // All that is wanted and can be done now; how many became ready.
    asio::awaitable<std::size_t> work_off();

private:
    using Job = TranscriptionJob;
    // How working on a job went.
    struct Outcome {
        enum class Kind { ready, later, paused, given_up, gone };
        Kind kind = Kind::ready;
        Millis wait{0};  // later: this job; paused: all
        std::string why;
    };
    asio::awaitable<void> load();
    asio::awaitable<void> keep(const Job& job);
    std::optional<EpisodeId> next_job() const;
    Millis until_next() const;
    asio::awaitable<bool> work_on(EpisodeId id);
    asio::awaitable<void> settle(Job job, Outcome outcome);
    asio::awaitable<void> make_due(EpisodeId id);
    asio::awaitable<std::size_t> remind();

    asio::awaitable<Outcome> transcribe(Job& job);
    asio::awaitable<std::optional<Outcome>> download(const Job& job);
    asio::awaitable<std::optional<Outcome>> prepare(const Job& job, PreparedAudio& audio);
    asio::awaitable<std::optional<Outcome>> hear(Job& job, std::size_t number, TimeSpan span, std::string prompt,
                                                 KeptPart& kept);
    asio::awaitable<Outcome> join(const Job& job, std::vector<KeptPart> parts, const PreparedAudio& audio);
    Outcome after(const ChatFailure& failure) const;

    Ports ports_;
    Settings settings_;
    Turnstile loading_;
    Wakeup wakeup_;
    bool loaded_ = false;
    std::map<EpisodeId, Job> jobs_;
    WallTime paused_until_{};
    WallTime reminded_at_{};
};

}  // namespace podbrief::services
