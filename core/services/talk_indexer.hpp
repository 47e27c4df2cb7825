#pragma once
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/strand.hpp>
#include <map>
#include <set>
#include <utility>

#include "core/async/run_on.hpp"
#include "core/async/turnstile.hpp"
#include "core/ports/clock.hpp"
#include "core/ports/library_store.hpp"
#include "core/ports/log.hpp"
#include "core/ports/passage_index.hpp"
#include "core/services/indexer.hpp"
#include "core/services/known_acronyms.hpp"

namespace podbrief::services {

// Keeps the index of all that was said in step with the store: the newest episodes, as far as they have a transcript.
// What there is it hears from the change feed, through the Indexer; transcripts are loaded one by one, and computing is
// done on threads of `heavy`, one job at a time, as the index demands. What it is given must outlive it.
class TalkIndexer final : public ChangeListener {
public:
    struct Settings {
        std::size_t most_episodes = 1000;  // 0: nothing is kept
        bool when_asked = false;           // the first question fills it: for programs that answer one and end
    };
    TalkIndexer(LibraryStore& library, PassageIndex& index, Clock& clock, Log& log, asio::any_io_executor main,
                asio::any_io_executor heavy, Settings settings);

    // Is told what the episodes in the index spell out. Before the first catch_up.
    void tell(KnownAcronyms& acronyms) { acronyms_ = &acronyms; }

    void heard(const InsightChange& change) override;
    void heard_without_insights(const Episode& episode) override;

    // Until nothing is missing. Throws StoreFailure; cancellation: operation_aborted, and what was done is kept.
    asio::awaitable<void> catch_up();
    // For ever, until cancelled.
    asio::awaitable<void> run();

    bool is_on() const { return settings_.most_episodes > 0; }
    // How many episodes are wanted and not there yet.
    std::size_t missing() const;

    // Runs `job(index)` where the index may be read; what is in it by then counts. The job owns what it uses.
    template <class Job, class R = std::invoke_result_t<Job&, const PassageIndex&>>
    asio::awaitable<R> read(Job job) {
        if (settings_.when_asked) co_await catch_up();
        auto reading = [&index = index_, job = std::move(job)]() mutable { return job(std::as_const(index)); };
        co_return co_await run_on(strand_, std::move(reading));
    }

private:
    struct Known {
        TranscriptId transcript;  // the newest that is known of
        PodcastId podcast;
        WallTime published_at{};
    };
    // Newest first.
    using Order = std::set<std::pair<WallTime, EpisodeId>, std::greater<>>;

    asio::awaitable<void> look_around();
    asio::awaitable<void> forget_removed();
    std::vector<EpisodeId> wanted() const;
    asio::awaitable<void> load(EpisodeId id);
    asio::awaitable<void> leave_out(EpisodeId id);
    void forget(EpisodeId id);

    LibraryStore& library_;
    PassageIndex& index_;
    Clock& clock_;
    Log& log_;
    KnownAcronyms* acronyms_ = nullptr;
    asio::any_io_executor strand_;
    Settings settings_;
    Turnstile turnstile_;
    Wakeup wakeup_;
    std::map<EpisodeId, Known> known_;
    Order order_;
    std::map<EpisodeId, TranscriptId> indexed_;  // also what has nothing that could be indexed
    std::set<EpisodeId> doubtful_;               // an insight of it was withdrawn: maybe the transcript was
    bool podcast_removed_ = false;
    bool looked_around_ = false;
};

}  // namespace podbrief::services
