#pragma once
#include <boost/asio/awaitable.hpp>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/model/episode.hpp"
#include "core/model/insight.hpp"
#include "core/model/podcast.hpp"
#include "core/model/transcript.hpp"

namespace podbrief {

namespace asio = boost::asio;

struct Subscription {
    Podcast podcast;
    PollState poll;
};

// What an episode is recognised by (core/feeds/identity decides, the store keeps). Keys are normalised texts; empty
// means the feed gave nothing to make one of.
struct EpisodeIdentity {
    EpisodeId id;
    std::string guid;
    std::string enclosure_key;  // enclosure URL without scheme, tracking prefixes, query and fragment
    std::string title_key;      // folded title
    std::optional<WallTime> published_at;
    Millis duration{};
    std::string fingerprint;  // of all that would make us look at the episode again
    bool operator==(const EpisodeIdentity&) const = default;
};

struct IdentifiedEpisode {
    Episode episode;           // id 0: new
    EpisodeIdentity identity;  // same id
};

// What one poll found, to be written as one.
struct FeedUpdate {
    PodcastId podcast;
    std::optional<Podcast>
        metadata;  // the feed's own fields; id, feed_url and added_at are ignored; nullopt: unchanged
    std::vector<IdentifiedEpisode> added;
    std::vector<IdentifiedEpisode> changed;  // id set; state, attempts and next_attempt_at are written as given
    PollState poll;
    std::string confirmed_url;  // the feed moved for good: its new address; the old one stays as an alias; empty: no
};

// What one transcript (or the show notes) gave, to be written as one.
struct Extraction {
    EpisodeId episode;
    Transcript transcript;          // id and version are given by the store
    std::vector<Insight> insights;  // id 0; cluster 0 starts a cluster of its own; episode and transcript are set here
    EpisodeState state = EpisodeState::extracted;
    WallTime next_attempt_at{};  // when to look again for a better or changed transcript; epoch: not needed
};

struct ExtractionSaved {
    bool new_version = false;  // false: the same content was there already and nothing was written but the state
    TranscriptId transcript;
    std::vector<Insight> insights;  // as stored, with ids and clusters; empty when not a new version
    std::vector<InsightId> superseded;
};

// One step of the change feed that the search index follows.
struct InsightChange {
    std::int64_t sequence = 0;  // grows by every change, never reused
    Insight insight;            // as it is now; `superseded` says that it must leave the index
};

// An insight with what is needed to show it.
struct InsightDetail {
    Insight insight;
    std::string show;
    std::string show_language;
    std::string episode_title;
    std::string episode_link;
    std::string enclosure_url;
    std::vector<Person> persons;
    bool timed = false;                      // the transcript had times of its own
    std::vector<InsightId> cluster_members;  // insights of the same claim that are not superseded, itself among them
    int independent_sources = 1;             // see ClaimCluster
};

struct LibraryCounts {
    std::int64_t podcasts = 0;
    std::int64_t episodes = 0;
    std::int64_t transcripts = 0;  // versions
    std::int64_t insights = 0;     // not superseded
    std::map<EpisodeState, std::int64_t> episodes_by_state;
};

// Podcasts, episodes, transcripts, insights. The truth; every write can be repeated safely by natural key. Every call
// is one transaction. Calls may be made at the same time; writes apply in the order in which they were started.
// Throws StoreFailure where the machine fails (disk full, unreadable file). Cancellation: a write that began is
// finished; the caller is resumed with operation_aborted or with the value.
class LibraryStore {
public:
    virtual ~LibraryStore() = default;

    // Adds a podcast by its feed URL (or alias), or returns the one that is there. `poll` is used only when new.
    struct Added {
        PodcastId id;
        bool created = false;
    };
    virtual asio::awaitable<Added> add_podcast(Podcast podcast, PollState poll) = 0;
    // False: no such podcast. Its episodes, transcripts and insights go too; the change feed says so.
    virtual asio::awaitable<bool> remove_podcast(PodcastId id) = 0;
    virtual asio::awaitable<std::vector<Subscription>> subscriptions() = 0;  // by title, then id
    virtual asio::awaitable<std::optional<Subscription>> subscription(PodcastId id) = 0;
    // Due at `now`, longest overdue first.
    virtual asio::awaitable<std::vector<Subscription>> feeds_due(WallTime now, std::size_t limit) = 0;
    // When the next feed is due; nullopt without podcasts.
    virtual asio::awaitable<std::optional<WallTime>> next_feed_due() = 0;

    virtual asio::awaitable<std::vector<EpisodeIdentity>> identities(PodcastId podcast) = 0;
    // Writes a poll. An added episode whose (podcast, guid), or without guid (podcast, enclosure_key, title_key), is
    // there already is left out. Returns the episodes that were really added, with their ids.
    virtual asio::awaitable<std::vector<Episode>> apply(FeedUpdate update) = 0;

    virtual asio::awaitable<std::optional<Episode>> episode(EpisodeId id) = 0;
    virtual asio::awaitable<std::vector<Episode>> episodes(PodcastId podcast) = 0;  // newest first
    // Episodes whose transcript is to be fetched: state discovered, awaiting_transcript, from_notes,
    // without_transcript or extracted, with next_attempt_at <= now and not epoch (discovered: epoch too); newest first.
    virtual asio::awaitable<std::vector<Episode>> episodes_due(WallTime now, std::size_t limit) = 0;
    virtual asio::awaitable<std::optional<WallTime>> next_episode_due() = 0;
    // Writes state, next_attempt_at, attempts, last_error and chapters of one episode.
    virtual asio::awaitable<void> update_progress(Episode episode) = 0;

    virtual asio::awaitable<ExtractionSaved> save(Extraction extraction) = 0;
    // Adds insights to the newest transcript of an episode (somebody asked); ids, clusters as in Extraction. Those
    // whose quote is an insight already come back as that one. Empty: `transcript` is not the newest of the episode.
    virtual asio::awaitable<std::vector<Insight>> add_insights(EpisodeId episode, TranscriptId transcript,
                                                               std::vector<Insight> insights) = 0;
    // The newest version; nullopt when there is none.
    virtual asio::awaitable<std::optional<Transcript>> transcript(EpisodeId episode) = 0;

    virtual asio::awaitable<std::vector<InsightChange>> changes_since(std::int64_t sequence, std::size_t limit) = 0;
    // In the order asked for; unknown ids are left out.
    virtual asio::awaitable<std::vector<InsightDetail>> details(std::vector<InsightId> ids) = 0;
    // Not superseded, published at or after `since`, newest first.
    virtual asio::awaitable<std::vector<Insight>> insights_since(WallTime since, std::size_t limit) = 0;
    virtual asio::awaitable<std::vector<Insight>> insights_of(EpisodeId episode) = 0;  // by start
    virtual asio::awaitable<LibraryCounts> counts() = 0;
};

}  // namespace podbrief
