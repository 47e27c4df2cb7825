#pragma once
#include <boost/asio/any_io_executor.hpp>
#include <functional>
#include <utility>

#include "adapters/sqlite/job.hpp"
#include "core/ports/library_store.hpp"
#include "core/ports/reader_store.hpp"

namespace podbrief::sqlite {

// The ways to the database's threads.
struct Threads {
    asio::any_io_executor io;
    JobQueue& writer;
    JobQueue& readers;

    template <class R>
    asio::awaitable<R> write(std::function<R(Connection&)> work) const {
        return run_in<R>(writer, io, std::move(work));
    }
    template <class R>
    asio::awaitable<R> read(std::function<R(Connection&)> work) const {
        return run_in<R>(readers, io, std::move(work));
    }
};

class SqliteLibrary final : public LibraryStore {
public:
    explicit SqliteLibrary(Threads threads) : threads_(std::move(threads)) {}

    asio::awaitable<Added> add_podcast(Podcast podcast, PollState poll) override;
    asio::awaitable<bool> remove_podcast(PodcastId id) override;
    asio::awaitable<std::vector<Subscription>> subscriptions() override;
    asio::awaitable<std::optional<Subscription>> subscription(PodcastId id) override;
    asio::awaitable<std::vector<Subscription>> feeds_due(WallTime now, std::size_t limit) override;
    asio::awaitable<std::optional<WallTime>> next_feed_due() override;
    asio::awaitable<std::vector<EpisodeIdentity>> identities(PodcastId podcast) override;
    asio::awaitable<std::vector<Episode>> apply(FeedUpdate update) override;
    asio::awaitable<std::optional<Episode>> episode(EpisodeId id) override;
    asio::awaitable<std::vector<Episode>> episodes(PodcastId podcast) override;
    asio::awaitable<std::vector<Episode>> episodes_due(WallTime now, std::size_t limit) override;
    asio::awaitable<std::optional<WallTime>> next_episode_due() override;
    asio::awaitable<void> update_progress(Episode episode) override;
    asio::awaitable<ExtractionSaved> save(Extraction extraction) override;
    asio::awaitable<std::optional<Transcript>> transcript(EpisodeId episode) override;
    asio::awaitable<std::vector<InsightChange>> changes_since(std::int64_t sequence, std::size_t limit) override;
    asio::awaitable<std::vector<InsightDetail>> details(std::vector<InsightId> ids) override;
    asio::awaitable<std::vector<Insight>> insights_since(WallTime since, std::size_t limit) override;
    asio::awaitable<std::vector<Insight>> insights_of(EpisodeId episode) override;
    asio::awaitable<LibraryCounts> counts() override;

private:
    Threads threads_;
};

class SqliteReaders final : public ReaderStore {
public:
    explicit SqliteReaders(Threads threads) : threads_(std::move(threads)) {}

    asio::awaitable<std::vector<Reader>> readers() override;
    asio::awaitable<std::optional<Reader>> reader_named(std::string name) override;
    asio::awaitable<std::optional<Reader>> reader(ReaderId id) override;
    asio::awaitable<Reader> save(Reader reader) override;
    asio::awaitable<bool> forget(ReaderId id) override;
    asio::awaitable<Brief> save(Brief brief) override;
    asio::awaitable<std::optional<Brief>> brief(ReaderId reader, std::string local_date) override;
    asio::awaitable<std::vector<Brief>> briefs_since(ReaderId reader, WallTime since) override;
    asio::awaitable<void> save(Feedback feedback) override;
    asio::awaitable<void> remove(ReaderId reader, InsightId insight, FeedbackKind kind) override;
    asio::awaitable<std::vector<Feedback>> feedback(ReaderId reader) override;
    asio::awaitable<ConversationState> conversation(std::string key) override;
    asio::awaitable<void> save_conversation(std::string key, ReaderId reader, ConversationState state) override;

private:
    Threads threads_;
};

}  // namespace podbrief::sqlite
