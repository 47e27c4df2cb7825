#include "adapters/sqlite/episode_rows.hpp"

#include "adapters/sqlite/json_columns.hpp"
#include "adapters/sqlite/podcast_rows.hpp"

namespace podbrief::sqlite {
namespace {

#define EPISODE                                                                                                    \
    "SELECT id, podcast_id, state, next_attempt_at_ms, published_at_ms, first_seen_at_ms, duration_ms, season, "   \
    "number, attempts, last_error, guid, title, link, enclosure_url, enclosure_type, episode_type, chapters_url, " \
    "persons_json, transcripts_json, soundbites_json, chapters_json, notes FROM episodes "

Episode read_episode(Query& row) {
    Episode e;
    e.id = row.id<EpisodeId>();
    e.podcast = row.id<PodcastId>();
    e.state = episode_state_from(row.text()).value_or(EpisodeState::discovered);
    e.next_attempt_at = row.time();
    e.published_at = row.maybe_time();
    e.first_seen_at = row.time();
    e.duration = row.millis();
    if (const auto season = row.maybe_integer()) e.season = static_cast<int>(*season);
    e.number = row.maybe_real();
    e.attempts = static_cast<int>(row.integer());
    e.last_error = row.text();
    e.guid = row.text();
    e.title = row.text();
    e.link = row.text();
    e.enclosure_url = row.text();
    e.enclosure_type = row.text();
    e.episode_type = row.text();
    e.chapters_url = row.text();
    e.persons = persons_from(row.text());
    e.transcripts = offers_from(row.text());
    e.soundbites = soundbites_from(row.text());
    e.chapters = chapters_from(row.text());
    e.notes = row.text();
    return e;
}

std::vector<Episode> read_all(Query query) {
    std::vector<Episode> all;
    while (query.next()) all.push_back(read_episode(query));
    return all;
}

std::optional<WallTime> due_at(EpisodeState state, WallTime next_attempt_at) {
    switch (state) {
        case EpisodeState::discovered:
            return next_attempt_at;
        case EpisodeState::skipped:
            return std::nullopt;
        case EpisodeState::awaiting_transcript:
        case EpisodeState::extracted:
        case EpisodeState::from_notes:
        case EpisodeState::without_transcript:
            break;
    }
    if (next_attempt_at == WallTime{}) return std::nullopt;
    return next_attempt_at;
}

// True: another episode of the podcast is recognised by the same keys.
bool taken(Connection& connection, PodcastId podcast, const EpisodeIdentity& identity, EpisodeId except) {
    if (!identity.guid.empty()) {
        return connection
            .query(
                "SELECT 1 FROM episode_identities WHERE podcast_id = ? AND guid = ? AND guid <> '' AND episode_id <> ?",
                podcast, identity.guid, except)
            .next();
    }
    return connection
        .query(
            "SELECT 1 FROM episode_identities WHERE podcast_id = ? AND enclosure_key = ? AND title_key = ? "
            "AND episode_id <> ?",
            podcast, identity.enclosure_key, identity.title_key, except)
        .next();
}

EpisodeId insert_episode(Connection& connection, PodcastId podcast, const Episode& e) {
    connection.run(
        "INSERT INTO episodes (podcast_id, state, next_attempt_at_ms, due_at_ms, ordered_at_ms, published_at_ms, "
        "first_seen_at_ms, duration_ms, season, number, attempts, last_error, guid, title, link, enclosure_url, "
        "enclosure_type, episode_type, chapters_url, persons_json, transcripts_json, soundbites_json, chapters_json, "
        "notes) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        podcast, to_string(e.state), e.next_attempt_at, due_at(e.state, e.next_attempt_at), ordering_time(e),
        e.published_at, e.first_seen_at, e.duration, e.season, e.number, e.attempts, e.last_error, e.guid, e.title,
        e.link, e.enclosure_url, e.enclosure_type, e.episode_type, e.chapters_url, to_json(e.persons),
        to_json(e.transcripts), to_json(e.soundbites), to_json(e.chapters), e.notes);
    return {connection.last_id()};
}

void insert_identity(Connection& connection, PodcastId podcast, const EpisodeIdentity& identity) {
    connection.run(
        "INSERT INTO episode_identities (episode_id, podcast_id, guid, enclosure_key, title_key, published_at_ms, "
        "duration_ms, fingerprint) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        identity.id, podcast, identity.guid, identity.enclosure_key, identity.title_key, identity.published_at,
        identity.duration, identity.fingerprint);
}

// Everything but podcast and first_seen_at.
void update_episode(Connection& connection, const Episode& e) {
    connection.run(
        "UPDATE episodes SET state = ?, next_attempt_at_ms = ?, due_at_ms = ?, ordered_at_ms = ?, published_at_ms = ?, "
        "duration_ms = ?, season = ?, number = ?, attempts = ?, last_error = ?, guid = ?, title = ?, link = ?, "
        "enclosure_url = ?, enclosure_type = ?, episode_type = ?, chapters_url = ?, persons_json = ?, "
        "transcripts_json = ?, soundbites_json = ?, chapters_json = ?, notes = ? WHERE id = ?",
        to_string(e.state), e.next_attempt_at, due_at(e.state, e.next_attempt_at), ordering_time(e), e.published_at,
        e.duration, e.season, e.number, e.attempts, e.last_error, e.guid, e.title, e.link, e.enclosure_url,
        e.enclosure_type, e.episode_type, e.chapters_url, to_json(e.persons), to_json(e.transcripts),
        to_json(e.soundbites), to_json(e.chapters), e.notes, e.id);
}

void update_identity(Connection& connection, PodcastId podcast, const EpisodeIdentity& identity) {
    connection.run(
        "UPDATE episode_identities SET published_at_ms = ?, duration_ms = ?, fingerprint = ? WHERE episode_id = ?",
        identity.published_at, identity.duration, identity.fingerprint, identity.id);
    // Keys that lead to another episode are not taken over: the two stay apart.
    if (taken(connection, podcast, identity, identity.id)) return;
    connection.run("UPDATE episode_identities SET guid = ?, enclosure_key = ?, title_key = ? WHERE episode_id = ?",
                   identity.guid, identity.enclosure_key, identity.title_key, identity.id);
}

void change(Connection& connection, PodcastId podcast, IdentifiedEpisode changed) {
    Query stored = connection.query("SELECT first_seen_at_ms FROM episodes WHERE id = ? AND podcast_id = ?",
                                    changed.episode.id, podcast);
    if (!stored.next()) return;  // removed meanwhile
    changed.episode.first_seen_at = stored.time();
    changed.identity.id = changed.episode.id;
    update_episode(connection, changed.episode);
    update_identity(connection, podcast, changed.identity);
}

std::vector<Episode> add_new(Connection& connection, PodcastId podcast, std::vector<IdentifiedEpisode> found) {
    std::vector<Episode> added;
    for (IdentifiedEpisode& entry : found) {
        if (taken(connection, podcast, entry.identity, {})) continue;
        entry.episode.podcast = podcast;
        entry.episode.id = entry.identity.id = insert_episode(connection, podcast, entry.episode);
        insert_identity(connection, podcast, entry.identity);
        added.push_back(std::move(entry.episode));
    }
    return added;
}

}  // namespace

std::vector<EpisodeIdentity> identities(Connection& connection, PodcastId podcast) {
    std::vector<EpisodeIdentity> all;
    Query row = connection.query(
        "SELECT episode_id, guid, enclosure_key, title_key, published_at_ms, duration_ms, fingerprint "
        "FROM episode_identities WHERE podcast_id = ? ORDER BY episode_id",
        podcast);
    while (row.next()) {
        EpisodeIdentity identity;
        identity.id = row.id<EpisodeId>();
        identity.guid = row.text();
        identity.enclosure_key = row.text();
        identity.title_key = row.text();
        identity.published_at = row.maybe_time();
        identity.duration = row.millis();
        identity.fingerprint = row.text();
        all.push_back(std::move(identity));
    }
    return all;
}

std::vector<Episode> apply(Connection& connection, FeedUpdate update) {
    if (!podcast_exists(connection, update.podcast)) return {};  // removed while it was polled
    if (update.metadata) write_metadata(connection, update.podcast, *update.metadata);
    for (IdentifiedEpisode& changed : update.changed) change(connection, update.podcast, std::move(changed));
    std::vector<Episode> added = add_new(connection, update.podcast, std::move(update.added));
    write_poll(connection, update.podcast, update.poll);
    if (!update.confirmed_url.empty()) move_feed(connection, update.podcast, update.confirmed_url);
    return added;
}

std::optional<Episode> episode(Connection& connection, EpisodeId id) {
    Query row = connection.query(EPISODE "WHERE id = ?", id);
    if (!row.next()) return std::nullopt;
    return read_episode(row);
}

std::vector<Episode> episodes(Connection& connection, PodcastId podcast) {
    return read_all(connection.query(EPISODE "WHERE podcast_id = ? ORDER BY ordered_at_ms DESC, id DESC", podcast));
}

std::vector<Episode> episodes_due(Connection& connection, WallTime now, std::size_t limit) {
    // Walks the episodes that wait, newest first, and stops at the limit: with thousands due, nothing is sorted.
    return read_all(connection.query(EPISODE
                                     "INDEXED BY episodes_due_newest WHERE due_at_ms IS NOT NULL AND due_at_ms <= ? "
                                     "ORDER BY ordered_at_ms DESC, id DESC LIMIT ?",
                                     now, as_limit(limit)));
}

std::optional<WallTime> next_episode_due(Connection& connection) {
    Query row = connection.query("SELECT min(due_at_ms) FROM episodes WHERE due_at_ms IS NOT NULL");
    row.next();
    return row.maybe_time();
}

void update_progress(Connection& connection, const Episode& episode) {
    write_state(connection, episode.id, episode.state, episode.next_attempt_at);
    connection.run("UPDATE episodes SET attempts = ?, last_error = ?, chapters_json = ? WHERE id = ?", episode.attempts,
                   episode.last_error, to_json(episode.chapters), episode.id);
}

void write_state(Connection& connection, EpisodeId id, EpisodeState state, WallTime next_attempt_at) {
    connection.run("UPDATE episodes SET state = ?, next_attempt_at_ms = ?, due_at_ms = ? WHERE id = ?",
                   to_string(state), next_attempt_at, due_at(state, next_attempt_at), id);
}

}  // namespace podbrief::sqlite
