#pragma once
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "core/ports/library_store.hpp"
#include "core/ports/reader_store.hpp"

namespace podbrief::testing {

// Both stores in memory, without threads: every call is done when it is awaited. Passes the store contract
// (tests/contract), so what holds here holds for the real stores.
class MemoryStore final : public LibraryStore, public ReaderStore {
public:
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
    using FeedbackKey = std::tuple<ReaderId, InsightId, FeedbackKind>;
    struct Conversation {
        ReaderId reader;
        ConversationState state;
    };

    bool taken(PodcastId podcast, const EpisodeIdentity& identity, EpisodeId except) const;
    void change(PodcastId podcast, IdentifiedEpisode changed);
    void note_change(InsightId id);  // a step of the change feed; it replaces an earlier one of the same insight
    InsightDetail detail_of(const Insight& insight) const;
    const Transcript* newest_transcript(EpisodeId episode) const;

    std::map<PodcastId, Subscription> podcasts_;
    std::map<std::string, PodcastId> feed_urls_;  // aliases too
    std::map<EpisodeId, IdentifiedEpisode> episodes_;
    std::map<TranscriptId, Transcript> transcripts_;
    std::map<InsightId, Insight> insights_;
    std::map<std::int64_t, InsightId> changes_;
    std::map<ReaderId, Reader> readers_;
    std::map<BriefId, Brief> briefs_;
    std::map<FeedbackKey, WallTime> feedback_;
    std::map<std::string, Conversation> conversations_;

    // The last ids given; never given again.
    PodcastId last_podcast_;
    EpisodeId last_episode_;
    TranscriptId last_transcript_;
    InsightId last_insight_;
    ClaimClusterId last_cluster_;
    ReaderId last_reader_;
    BriefId last_brief_;
    std::int64_t last_change_ = 0;
};

// Shows that carry a claim; shows that share a speaker (by folded name) count once. For the insights of one cluster.
int independent_sources(const std::vector<Insight>& members);

}  // namespace podbrief::testing
