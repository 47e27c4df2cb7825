#include "core/services/pipeline.hpp"

#include <set>

#include "core/async/parallel.hpp"
#include "core/async/run_on.hpp"
#include "core/insights/novelty.hpp"
#include "core/ports/store_failure.hpp"
#include "core/search/same_claim.hpp"
#include "core/text/digest.hpp"
#include "core/transcripts/show_notes.hpp"

namespace podbrief::services {
namespace {

// A transcript is looked at once more a day later, while the episode is news: publishers mend them.
constexpr Millis second_look = std::chrono::hours{24};

WallTime when_to_look_again(const Episode& episode, const Transcript& transcript, WallTime now) {
    const bool seen_before = episode.state == EpisodeState::extracted;
    const bool is_news = now - ordering_time(episode) < transcripts::WaitingRules{}.interest;
    const bool from_network = !transcript.source_url.starts_with("file:");
    return !seen_before && is_news && from_network ? now + second_look : WallTime{};
}

Millis length_of(const Transcript& transcript) {
    return transcript.segments.empty() ? Millis{} : transcript.segments.back().end;
}

Transcript transcript_of_notes(transcripts::ParsedTranscript notes, const Episode& episode, WallTime now) {
    Transcript transcript;
    transcript.format = TranscriptFormat::show_notes;
    transcript.content_hash = text::sha256_hex(episode.notes);
    transcript.language = std::move(notes.language);
    transcript.segments = std::move(notes.segments);
    transcript.fetched_at = now;
    return transcript;
}

}  // namespace

Pipeline::Pipeline(Ports ports, Settings settings)
    : ports_(std::move(ports)), settings_(settings), joining_(ports_.main), wakeup_(ports_.main) {}

// Stores an extraction: which insights are new to the library, and which repeat a claim that is there, can only be
// told when the episode before is in the index; so one at a time.
asio::awaitable<std::size_t> Pipeline::join_and_store(Extraction extraction, ExtractedInsights extracted) {
    const auto turn = co_await joining_.enter();
    const auto frequency = [this](std::string_view stem) { return ports_.index.document_frequency(stem); };
    insights::choose_by_novelty(extracted, frequency, ports_.index.size(), settings_.engine);
    for (auto& insight : extracted.insights) {
        if (const auto cluster = search::same_claim(ports_.index, insight)) {
            insight.cluster = *cluster;
            ports_.metrics.count("claims_merged_total");
        }
    }
    extraction.insights = std::move(extracted.insights);
    const std::size_t count = extraction.insights.size();
    const auto saved = co_await ports_.library.save(std::move(extraction));
    co_await ports_.indexer.catch_up();
    ports_.metrics.count("insights_total", {}, static_cast<double>(saved.insights.size()));
    co_return count;
}

// Where no transcript is published, the recording is transcribed; where one is offered and cannot be had, once patience
// has ended. An episode that has insights from a transcript keeps them.
asio::awaitable<void> Pipeline::ask_for_transcription(TranscriptFetcher& fetcher, const Podcast& podcast,
                                                      Episode& episode, Fetched& fetched) {
    if (episode.state == EpisodeState::extracted) co_return;
    const bool may_come = fetched.setback == transcripts::Setback::failed;
    const bool old = !may_come && episode.first_seen_at - ordering_time(episode) > transcripts::WaitingRules{}.interest;
    const Millis patience = may_come ? settings_.wait_for_transcript : settings_.transcribe_after;
    if (!old && ports_.clock.wall_now() - episode.first_seen_at < patience) co_return;
    auto ready = co_await ports_.transcription->ask(podcast, episode);
    if (!ready) co_return;
    Fetched read = co_await fetcher.read(podcast, episode, std::move(ready->json), std::move(ready->source));
    if (read.transcript) fetched = std::move(read);
}

asio::awaitable<EpisodeReport> Pipeline::read(Episode episode) {
    const SteadyTime started = ports_.clock.steady_now();
    EpisodeReport report;
    report.episode = episode.id;
    report.title = episode.title;
    report.state = episode.state;
    const auto subscription = co_await ports_.library.subscription(episode.podcast);
    if (!subscription) co_return report;  // removed meanwhile
    report.podcast = subscription->podcast.title;

    ++episode.attempts;
    TranscriptFetcher fetcher(ports_.http, ports_.files, ports_.clock, ports_.heavy, settings_.fetch);
    Fetched fetched = co_await fetcher.fetch(subscription->podcast, episode);
    if (ports_.transcription != nullptr && !fetched.transcript) {
        co_await ask_for_transcription(fetcher, subscription->podcast, episode, fetched);
    }
    const WallTime now = ports_.clock.wall_now();
    Extraction extraction;
    extraction.episode = episode.id;
    if (fetched.transcript) {
        extraction.next_attempt_at = when_to_look_again(episode, *fetched.transcript, now);
        const auto stored = co_await ports_.library.transcript(episode.id);
        if (stored && stored->content_hash == fetched.transcript->content_hash) {
            report.state = episode.state = EpisodeState::extracted;
            episode.next_attempt_at = extraction.next_attempt_at;
            episode.last_error.clear();
            co_await ports_.library.update_progress(episode);
            if (ports_.transcription != nullptr) co_await ports_.transcription->forget(episode.id);
            co_return report;
        }
        extraction.state = EpisodeState::extracted;
        extraction.transcript = std::move(*fetched.transcript);
    } else {
        report.problem = episode.last_error = fetched.problem;
        auto notes = transcripts::segments_from_notes(episode);
        transcripts::WaitingRules rules;
        rules.patience = settings_.wait_for_transcript;
        const auto next =
            transcripts::after_setback(episode, fetched.setback, fetched.retry_after, notes.has_value(), now, rules);
        report.state = next.state;
        if (next.state != EpisodeState::from_notes || episode.state == EpisodeState::from_notes || !notes) {
            episode.state = next.state;
            episode.next_attempt_at = next.at;
            co_await ports_.library.update_progress(episode);
            co_return report;
        }
        extraction.state = EpisodeState::from_notes;
        extraction.next_attempt_at = next.at;
        extraction.transcript = transcript_of_notes(std::move(*notes), episode, now);
    }

    ExtractionRequest request{subscription->podcast, episode, extraction.transcript};
    Result<ExtractedInsights> extracted = co_await ports_.engine.extract(std::move(request));
    if (!extracted) {
        report.state = episode.state = EpisodeState::awaiting_transcript;
        report.problem = episode.last_error = "insights: " + extracted.error().message();
        episode.next_attempt_at = now + std::chrono::minutes{10};
        co_await ports_.library.update_progress(episode);
        co_return report;
    }
    for (auto& insight : extracted->insights) insight.podcast = episode.podcast;
    report.state = extraction.state;
    if (extraction.state == EpisodeState::extracted) report.talk = length_of(extraction.transcript);
    report.insights = co_await join_and_store(std::move(extraction), std::move(*extracted));
    if (ports_.transcription != nullptr && report.state == EpisodeState::extracted) {
        co_await ports_.transcription->forget(episode.id);
    }
    if (report.insights == 0) ports_.indexer.tell_without_insights(episode);
    if (!episode.chapters.empty()) {
        auto stored = co_await ports_.library.episode(episode.id);
        if (stored && stored->chapters != episode.chapters) {
            stored->chapters = std::move(episode.chapters);
            co_await ports_.library.update_progress(std::move(*stored));
        }
    }
    report.took = ports_.clock.steady_now() - started;
    co_return report;
}

// An episode that trips over a bug of ours must not stop the others, nor be tried again at once.
asio::awaitable<EpisodeReport> Pipeline::read_contained(Episode episode) {
    std::string bug;
    try {
        co_return co_await read(episode);
    } catch (const StoreFailure&) {
        throw;
    } catch (const boost::system::system_error& error) {
        if (error.code() == asio::error::operation_aborted) throw;
        bug = error.what();
    } catch (const std::exception& error) {
        bug = error.what();
    }
    ports_.log.error("reading failed by a bug", {{"episode", episode.title}, {"error", bug}});
    constexpr int most_attempts = 24;
    ++episode.attempts;
    if (episode.state == EpisodeState::discovered) episode.state = EpisodeState::awaiting_transcript;
    episode.last_error = "an error that should not happen; please report it: " + bug;
    episode.next_attempt_at = episode.attempts < most_attempts
                                  ? ports_.clock.wall_now() + std::chrono::hours{1} * episode.attempts
                                  : transcripts::never;
    co_await ports_.library.update_progress(episode);
    EpisodeReport report;
    report.episode = episode.id;
    report.title = episode.title;
    report.state = episode.state;
    report.problem = episode.last_error;
    co_return report;
}

asio::awaitable<void> Pipeline::read_due(std::function<void(const EpisodeReport&)> on_read,
                                         std::function<void(std::size_t)> on_due) {
    constexpr std::size_t batch = 64;
    std::set<EpisodeId> done;  // each episode once in a call
    for (;;) {
        auto due = co_await ports_.library.episodes_due(ports_.clock.wall_now(), batch + done.size());
        std::erase_if(due, [&](const Episode& e) { return !done.insert(e.id).second; });
        if (due.empty()) co_return;
        if (on_due) {
            auto counts = co_await ports_.library.counts();
            const auto waiting = static_cast<std::size_t>(counts.episodes_by_state[EpisodeState::discovered]);
            on_due(done.size() - due.size() + std::max(due.size(), waiting));
        }
        // Kept by for_each_parallel until all have ended.
        // NOLINTNEXTLINE(cppcoreguidelines-avoid-capturing-lambda-coroutines)
        auto work = [this, &on_read](Episode& episode) -> asio::awaitable<void> {
            const EpisodeReport report = co_await read_contained(std::move(episode));
            ports_.metrics.count("episodes_read_total", to_string(report.state));
            if (on_read) on_read(report);
        };
        co_await for_each_parallel(std::move(due), settings_.parallel, std::move(work));
    }
}

asio::awaitable<void> Pipeline::run() {
    constexpr Millis longest_sleep = std::chrono::seconds{60};
    const auto report = [this](const EpisodeReport& r) {
        if (r.state == EpisodeState::extracted || r.state == EpisodeState::from_notes) {
            ports_.log.info("read", {{"podcast", r.podcast},
                                     {"episode", r.title},
                                     {"insights", std::to_string(r.insights)},
                                     {"from", r.state == EpisodeState::from_notes ? "show notes" : "transcript"}});
        } else {
            ports_.log.info("no transcript", {{"podcast", r.podcast},
                                              {"episode", r.title},
                                              {"state", std::string(to_string(r.state))},
                                              {"why", r.problem}});
        }
    };
    for (;;) {
        Millis wait = longest_sleep;
        try {
            co_await read_due(report);
            const auto next = co_await ports_.library.next_episode_due();
            if (next) wait = std::clamp<Millis>(*next - ports_.clock.wall_now(), Millis{20}, longest_sleep);
        } catch (const StoreFailure& failure) {
            if (!failure.may_pass()) throw;
            ports_.log.error("store failed", {{"error", failure.what()}});
        }
        co_await wakeup_.wait_for(ports_.clock, wait);
    }
}

}  // namespace podbrief::services
