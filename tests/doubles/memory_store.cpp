// Podcasts and episodes.
#include "tests/doubles/memory_store.hpp"

#include <algorithm>

namespace podbrief::testing {
namespace {

bool waits_for_transcript(const Episode& e) {
    switch (e.state) {
        case EpisodeState::discovered:
            return true;
        case EpisodeState::skipped:
            return false;
        case EpisodeState::awaiting_transcript:
        case EpisodeState::extracted:
        case EpisodeState::from_notes:
        case EpisodeState::without_transcript:
            return e.next_attempt_at != WallTime{};
    }
    return false;
}

void newest_first(std::vector<Episode>& episodes) {
    std::sort(episodes.begin(), episodes.end(), [](const Episode& a, const Episode& b) {
        return std::pair(ordering_time(a), a.id) > std::pair(ordering_time(b), b.id);
    });
}

template <class T>
void keep_first(std::vector<T>& values, std::size_t limit) {
    if (values.size() > limit) values.erase(values.begin() + static_cast<std::ptrdiff_t>(limit), values.end());
}

}  // namespace

asio::awaitable<LibraryStore::Added> MemoryStore::add_podcast(Podcast podcast, PollState poll) {
    if (const auto known = feed_urls_.find(podcast.feed_url); known != feed_urls_.end()) {
        co_return Added{known->second, false};
    }
    podcast.id = last_podcast_ = PodcastId{last_podcast_.value + 1};
    feed_urls_.emplace(podcast.feed_url, podcast.id);
    podcasts_[last_podcast_] = Subscription{std::move(podcast), std::move(poll)};
    co_return Added{last_podcast_, true};
}

asio::awaitable<bool> MemoryStore::remove_podcast(PodcastId id) {
    if (podcasts_.erase(id) == 0) co_return false;
    std::vector<InsightId> gone;
    for (const auto& [insight_id, insight] : insights_) {
        if (insight.podcast == id) gone.push_back(insight_id);
    }
    for (const InsightId insight : gone) {
        insights_.erase(insight);
        note_change(insight);
    }
    std::erase_if(transcripts_, [&](const auto& t) { return episodes_.at(t.second.episode).episode.podcast == id; });
    std::erase_if(episodes_, [&](const auto& e) { return e.second.episode.podcast == id; });
    std::erase_if(feed_urls_, [&](const auto& u) { return u.second == id; });
    co_return true;
}

asio::awaitable<std::vector<Subscription>> MemoryStore::subscriptions() {
    std::vector<Subscription> all;
    for (const auto& [id, subscription] : podcasts_) all.push_back(subscription);
    std::stable_sort(all.begin(), all.end(),
                     [](const auto& a, const auto& b) { return a.podcast.title < b.podcast.title; });
    co_return all;
}

asio::awaitable<std::optional<Subscription>> MemoryStore::subscription(PodcastId id) {
    const auto found = podcasts_.find(id);
    if (found == podcasts_.end()) co_return std::nullopt;
    co_return found->second;
}

asio::awaitable<std::vector<Subscription>> MemoryStore::feeds_due(WallTime now, std::size_t limit) {
    std::vector<Subscription> due;
    for (const auto& [id, subscription] : podcasts_) {
        if (subscription.poll.next_poll_at <= now) due.push_back(subscription);
    }
    std::stable_sort(due.begin(), due.end(),
                     [](const auto& a, const auto& b) { return a.poll.next_poll_at < b.poll.next_poll_at; });
    keep_first(due, limit);
    co_return due;
}

asio::awaitable<std::optional<WallTime>> MemoryStore::next_feed_due() {
    std::optional<WallTime> next;
    for (const auto& [id, subscription] : podcasts_) {
        if (!next || subscription.poll.next_poll_at < *next) next = subscription.poll.next_poll_at;
    }
    co_return next;
}

asio::awaitable<std::vector<EpisodeIdentity>> MemoryStore::identities(PodcastId podcast) {
    std::vector<EpisodeIdentity> all;
    for (const auto& [id, e] : episodes_) {
        if (e.episode.podcast == podcast) all.push_back(e.identity);
    }
    co_return all;
}

bool MemoryStore::taken(PodcastId podcast, const EpisodeIdentity& identity, EpisodeId except) const {
    return std::any_of(episodes_.begin(), episodes_.end(), [&](const auto& entry) {
        const EpisodeIdentity& other = entry.second.identity;
        if (entry.second.episode.podcast != podcast || entry.first == except) return false;
        if (!identity.guid.empty()) return other.guid == identity.guid;
        return other.enclosure_key == identity.enclosure_key && other.title_key == identity.title_key;
    });
}

void MemoryStore::change(PodcastId podcast, IdentifiedEpisode changed) {
    const auto found = episodes_.find(changed.episode.id);
    if (found == episodes_.end() || found->second.episode.podcast != podcast) return;
    const IdentifiedEpisode& old = found->second;
    changed.episode.podcast = podcast;
    changed.episode.first_seen_at = old.episode.first_seen_at;
    changed.identity.id = old.episode.id;
    if (taken(podcast, changed.identity, old.episode.id)) {
        changed.identity.guid = old.identity.guid;
        changed.identity.enclosure_key = old.identity.enclosure_key;
        changed.identity.title_key = old.identity.title_key;
    }
    found->second = std::move(changed);
}

asio::awaitable<std::vector<Episode>> MemoryStore::apply(FeedUpdate update) {
    const auto found = podcasts_.find(update.podcast);
    if (found == podcasts_.end()) co_return std::vector<Episode>{};
    Subscription& subscription = found->second;
    if (update.metadata) {
        Podcast& podcast = *update.metadata;
        podcast.id = update.podcast;
        podcast.feed_url = subscription.podcast.feed_url;
        podcast.added_at = subscription.podcast.added_at;
        subscription.podcast = std::move(podcast);
    }
    for (IdentifiedEpisode& changed : update.changed) change(update.podcast, std::move(changed));
    std::vector<Episode> added;
    for (IdentifiedEpisode& entry : update.added) {
        if (taken(update.podcast, entry.identity, {})) continue;
        last_episode_.value++;
        entry.episode.id = entry.identity.id = last_episode_;
        entry.episode.podcast = update.podcast;
        added.push_back(entry.episode);
        episodes_.emplace(last_episode_, std::move(entry));
    }
    subscription.poll = std::move(update.poll);
    if (!update.confirmed_url.empty()) {
        // An address that is another podcast's stays that podcast's.
        const auto [url, fresh] = feed_urls_.emplace(update.confirmed_url, update.podcast);
        if (url->second == update.podcast) subscription.podcast.feed_url = update.confirmed_url;
    }
    co_return added;
}

asio::awaitable<std::optional<Episode>> MemoryStore::episode(EpisodeId id) {
    const auto found = episodes_.find(id);
    if (found == episodes_.end()) co_return std::nullopt;
    co_return found->second.episode;
}

asio::awaitable<std::vector<Episode>> MemoryStore::episodes(PodcastId podcast) {
    std::vector<Episode> all;
    for (const auto& [id, e] : episodes_) {
        if (e.episode.podcast == podcast) all.push_back(e.episode);
    }
    newest_first(all);
    co_return all;
}

asio::awaitable<std::vector<Episode>> MemoryStore::episodes_due(WallTime now, std::size_t limit) {
    std::vector<Episode> due;
    for (const auto& [id, e] : episodes_) {
        if (waits_for_transcript(e.episode) && e.episode.next_attempt_at <= now) due.push_back(e.episode);
    }
    newest_first(due);
    keep_first(due, limit);
    co_return due;
}

asio::awaitable<std::optional<WallTime>> MemoryStore::next_episode_due() {
    std::optional<WallTime> next;
    for (const auto& [id, e] : episodes_) {
        if (!waits_for_transcript(e.episode)) continue;
        if (!next || e.episode.next_attempt_at < *next) next = e.episode.next_attempt_at;
    }
    co_return next;
}

asio::awaitable<void> MemoryStore::update_progress(Episode episode) {
    const auto found = episodes_.find(episode.id);
    if (found == episodes_.end()) co_return;
    Episode& stored = found->second.episode;
    stored.state = episode.state;
    stored.next_attempt_at = episode.next_attempt_at;
    stored.attempts = episode.attempts;
    stored.last_error = std::move(episode.last_error);
    stored.chapters = std::move(episode.chapters);
}

}  // namespace podbrief::testing
