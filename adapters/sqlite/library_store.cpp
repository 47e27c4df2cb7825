// Each call becomes one job on the thread that fits. What a job needs, it owns.
#include "adapters/sqlite/episode_rows.hpp"
#include "adapters/sqlite/insight_rows.hpp"
#include "adapters/sqlite/podcast_rows.hpp"
#include "adapters/sqlite/stores.hpp"

namespace podbrief::sqlite {

asio::awaitable<LibraryStore::Added> SqliteLibrary::add_podcast(Podcast podcast, PollState poll) {
    return threads_.write<Added>([podcast = std::move(podcast), poll = std::move(poll)](Connection& c) {
        return sqlite::add_podcast(c, podcast, poll);
    });
}

asio::awaitable<bool> SqliteLibrary::remove_podcast(PodcastId id) {
    return threads_.write<bool>([id](Connection& c) { return sqlite::remove_podcast(c, id); });
}

asio::awaitable<std::vector<Subscription>> SqliteLibrary::subscriptions() {
    return threads_.read<std::vector<Subscription>>([](Connection& c) { return sqlite::subscriptions(c); });
}

asio::awaitable<std::optional<Subscription>> SqliteLibrary::subscription(PodcastId id) {
    return threads_.read<std::optional<Subscription>>([id](Connection& c) { return sqlite::subscription(c, id); });
}

asio::awaitable<std::vector<Subscription>> SqliteLibrary::feeds_due(WallTime now, std::size_t limit) {
    return threads_.read<std::vector<Subscription>>(
        [now, limit](Connection& c) { return sqlite::feeds_due(c, now, limit); });
}

asio::awaitable<std::optional<WallTime>> SqliteLibrary::next_feed_due() {
    return threads_.read<std::optional<WallTime>>([](Connection& c) { return sqlite::next_feed_due(c); });
}

asio::awaitable<std::vector<EpisodeIdentity>> SqliteLibrary::identities(PodcastId podcast) {
    return threads_.read<std::vector<EpisodeIdentity>>(
        [podcast](Connection& c) { return sqlite::identities(c, podcast); });
}

asio::awaitable<std::vector<Episode>> SqliteLibrary::apply(FeedUpdate update) {
    return threads_.write<std::vector<Episode>>(
        [update = std::move(update)](Connection& c) mutable { return sqlite::apply(c, std::move(update)); });
}

asio::awaitable<std::optional<Episode>> SqliteLibrary::episode(EpisodeId id) {
    return threads_.read<std::optional<Episode>>([id](Connection& c) { return sqlite::episode(c, id); });
}

asio::awaitable<std::vector<Episode>> SqliteLibrary::episodes(PodcastId podcast) {
    return threads_.read<std::vector<Episode>>([podcast](Connection& c) { return sqlite::episodes(c, podcast); });
}

asio::awaitable<std::vector<Episode>> SqliteLibrary::episodes_due(WallTime now, std::size_t limit) {
    return threads_.read<std::vector<Episode>>(
        [now, limit](Connection& c) { return sqlite::episodes_due(c, now, limit); });
}

asio::awaitable<std::optional<WallTime>> SqliteLibrary::next_episode_due() {
    return threads_.read<std::optional<WallTime>>([](Connection& c) { return sqlite::next_episode_due(c); });
}

asio::awaitable<void> SqliteLibrary::update_progress(Episode episode) {
    return threads_.write<void>([episode = std::move(episode)](Connection& c) { sqlite::update_progress(c, episode); });
}

asio::awaitable<ExtractionSaved> SqliteLibrary::save(Extraction extraction) {
    return threads_.write<ExtractionSaved>([extraction = std::move(extraction)](Connection& c) mutable {
        return save_extraction(c, std::move(extraction));
    });
}

asio::awaitable<std::vector<Insight>> SqliteLibrary::add_insights(EpisodeId episode, TranscriptId transcript,
                                                                  std::vector<Insight> insights) {
    return threads_.write<std::vector<Insight>>(
        [episode, transcript, insights = std::move(insights)](Connection& c) mutable {
            return sqlite::add_insights(c, episode, transcript, std::move(insights));
        });
}

asio::awaitable<std::optional<Transcript>> SqliteLibrary::transcript(EpisodeId episode) {
    return threads_.read<std::optional<Transcript>>([episode](Connection& c) { return newest_transcript(c, episode); });
}

asio::awaitable<std::vector<InsightChange>> SqliteLibrary::changes_since(std::int64_t sequence, std::size_t limit) {
    return threads_.read<std::vector<InsightChange>>(
        [sequence, limit](Connection& c) { return sqlite::changes_since(c, sequence, limit); });
}

asio::awaitable<std::vector<InsightDetail>> SqliteLibrary::details(std::vector<InsightId> ids) {
    return threads_.read<std::vector<InsightDetail>>(
        [ids = std::move(ids)](Connection& c) { return sqlite::details(c, ids); });
}

asio::awaitable<std::vector<Insight>> SqliteLibrary::insights_since(WallTime since, std::size_t limit) {
    return threads_.read<std::vector<Insight>>(
        [since, limit](Connection& c) { return sqlite::insights_since(c, since, limit); });
}

asio::awaitable<std::vector<Insight>> SqliteLibrary::insights_of(EpisodeId episode) {
    return threads_.read<std::vector<Insight>>([episode](Connection& c) { return sqlite::insights_of(c, episode); });
}

asio::awaitable<LibraryCounts> SqliteLibrary::counts() {
    return threads_.read<LibraryCounts>([](Connection& c) { return sqlite::counts(c); });
}

}  // namespace podbrief::sqlite
