// The library, readers and briefs. Ids are never given twice (AUTOINCREMENT): a change feed, feedback and briefs name
// insights that may be gone. Times are UTC milliseconds (*_ms). Columns named *_json hold small lists that are read and
// written whole (json_columns.cpp).
#include "adapters/sqlite/schema.hpp"

namespace podbrief::sqlite {

std::vector<std::string> schema_1() {
    return {
        R"(CREATE TABLE podcasts (
            id           INTEGER PRIMARY KEY AUTOINCREMENT,
            feed_url     TEXT NOT NULL UNIQUE,
            title        TEXT NOT NULL,
            description  TEXT NOT NULL,
            language     TEXT NOT NULL,
            link         TEXT NOT NULL,
            image_url    TEXT NOT NULL,
            podcast_guid TEXT NOT NULL,
            persons_json TEXT NOT NULL,
            added_at_ms  INTEGER NOT NULL
        ) STRICT)",

        // Every address a podcast was ever known by, the present one too.
        R"(CREATE TABLE feed_urls (
            url        TEXT PRIMARY KEY,
            podcast_id INTEGER NOT NULL REFERENCES podcasts(id) ON DELETE CASCADE
        ) STRICT, WITHOUT ROWID)",
        "CREATE INDEX feed_urls_by_podcast ON feed_urls(podcast_id)",

        // Written by every poll, so apart from what the feed says of itself.
        R"(CREATE TABLE polls (
            podcast_id           INTEGER PRIMARY KEY REFERENCES podcasts(id) ON DELETE CASCADE,
            next_poll_at_ms      INTEGER NOT NULL,
            last_success_at_ms   INTEGER,
            last_attempt_at_ms   INTEGER,
            etag                 TEXT NOT NULL,
            last_modified        TEXT NOT NULL,
            body_hash            TEXT NOT NULL,
            consecutive_failures INTEGER NOT NULL,
            last_error           TEXT NOT NULL,
            moved_to             TEXT NOT NULL,
            moved_seen           INTEGER NOT NULL,
            gone                 INTEGER NOT NULL
        ) STRICT)",
        "CREATE INDEX polls_due ON polls(next_poll_at_ms, podcast_id)",

        R"(CREATE TABLE episodes (
            id                 INTEGER PRIMARY KEY AUTOINCREMENT,
            podcast_id         INTEGER NOT NULL REFERENCES podcasts(id) ON DELETE CASCADE,
            state              TEXT NOT NULL,
            next_attempt_at_ms INTEGER NOT NULL,
            due_at_ms          INTEGER,           -- next_attempt_at_ms while a transcript is to be fetched, else NULL
            ordered_at_ms      INTEGER NOT NULL,  -- ordering_time
            published_at_ms    INTEGER,
            first_seen_at_ms   INTEGER NOT NULL,
            duration_ms        INTEGER NOT NULL,
            season             INTEGER,
            number             REAL,
            attempts           INTEGER NOT NULL,
            last_error         TEXT NOT NULL,
            guid               TEXT NOT NULL,
            title              TEXT NOT NULL,
            link               TEXT NOT NULL,
            enclosure_url      TEXT NOT NULL,
            enclosure_type     TEXT NOT NULL,
            episode_type       TEXT NOT NULL,
            chapters_url       TEXT NOT NULL,
            persons_json       TEXT NOT NULL,
            transcripts_json   TEXT NOT NULL,
            soundbites_json    TEXT NOT NULL,
            chapters_json      TEXT NOT NULL,
            notes              TEXT NOT NULL
        ) STRICT)",
        "CREATE INDEX episodes_by_podcast ON episodes(podcast_id, ordered_at_ms, id)",
        "CREATE INDEX episodes_due ON episodes(due_at_ms) WHERE due_at_ms IS NOT NULL",
        "CREATE INDEX episodes_due_newest ON episodes(ordered_at_ms, id, due_at_ms) WHERE due_at_ms IS NOT NULL",

        R"(CREATE TABLE episode_identities (
            episode_id      INTEGER PRIMARY KEY REFERENCES episodes(id) ON DELETE CASCADE,
            podcast_id      INTEGER NOT NULL,
            guid            TEXT NOT NULL,
            enclosure_key   TEXT NOT NULL,
            title_key       TEXT NOT NULL,
            published_at_ms INTEGER,
            duration_ms     INTEGER NOT NULL,
            fingerprint     TEXT NOT NULL
        ) STRICT)",
        "CREATE UNIQUE INDEX identities_with_guid ON episode_identities(podcast_id, guid) WHERE guid <> ''",
        R"(CREATE UNIQUE INDEX identities_without_guid ON episode_identities(podcast_id, enclosure_key, title_key)
            WHERE guid = '')",
        "CREATE INDEX identities_by_keys ON episode_identities(podcast_id, enclosure_key, title_key)",

        R"(CREATE TABLE transcripts (
            id            INTEGER PRIMARY KEY AUTOINCREMENT,
            episode_id    INTEGER NOT NULL REFERENCES episodes(id) ON DELETE CASCADE,
            version       INTEGER NOT NULL,
            format        TEXT NOT NULL,
            source_url    TEXT NOT NULL,
            content_hash  TEXT NOT NULL,
            language      TEXT NOT NULL,
            timed         INTEGER NOT NULL,
            fetched_at_ms INTEGER NOT NULL,
            segments_json TEXT NOT NULL,
            UNIQUE (episode_id, version)
        ) STRICT)",

        R"(CREATE TABLE insights (
            id              INTEGER PRIMARY KEY AUTOINCREMENT,
            episode_id      INTEGER NOT NULL REFERENCES episodes(id) ON DELETE CASCADE,
            podcast_id      INTEGER NOT NULL,
            transcript_id   INTEGER NOT NULL,
            cluster_id      INTEGER NOT NULL,  -- the id of the insight that started the cluster
            superseded      INTEGER NOT NULL,
            published_at_ms INTEGER NOT NULL,
            origin          TEXT NOT NULL,
            first_segment   INTEGER NOT NULL,
            last_segment    INTEGER NOT NULL,
            quote_begin     INTEGER NOT NULL,
            start_ms        INTEGER NOT NULL,
            end_ms          INTEGER NOT NULL,
            stance          TEXT NOT NULL,
            modality        TEXT NOT NULL,
            centrality      REAL NOT NULL,
            claim           REAL NOT NULL,
            specificity     REAL NOT NULL,
            self_contained  REAL NOT NULL,
            novelty         REAL NOT NULL,
            quality         REAL NOT NULL,
            speaker         TEXT NOT NULL,
            text            TEXT NOT NULL,
            quote           TEXT NOT NULL,
            topics_json     TEXT NOT NULL,
            entities_json   TEXT NOT NULL
        ) STRICT)",
        "CREATE INDEX insights_by_episode ON insights(episode_id, start_ms, id)",
        "CREATE INDEX insights_by_cluster ON insights(cluster_id, id)",
        "CREATE INDEX insights_newest ON insights(published_at_ms, id) WHERE superseded = 0",

        // The latest change of each insight, by when it happened. An insight that is not there was removed.
        R"(CREATE TABLE insight_changes (
            sequence   INTEGER PRIMARY KEY AUTOINCREMENT,
            insight_id INTEGER NOT NULL UNIQUE
        ) STRICT)",

        R"(CREATE TABLE readers (
            id              INTEGER PRIMARY KEY AUTOINCREMENT,
            name            TEXT NOT NULL UNIQUE,
            time_zone       TEXT NOT NULL,
            brief_at_min    INTEGER NOT NULL,
            cadence         TEXT NOT NULL,
            paused_until_ms INTEGER,
            created_at_ms   INTEGER NOT NULL,
            profile_json    TEXT NOT NULL
        ) STRICT)",

        R"(CREATE TABLE briefs (
            id             INTEGER PRIMARY KEY AUTOINCREMENT,
            reader_id      INTEGER NOT NULL REFERENCES readers(id) ON DELETE CASCADE,
            local_date     TEXT NOT NULL,
            composed_at_ms INTEGER NOT NULL,
            note           TEXT NOT NULL,
            items_json     TEXT NOT NULL,
            UNIQUE (reader_id, local_date)
        ) STRICT)",
        "CREATE INDEX briefs_by_time ON briefs(reader_id, composed_at_ms, id)",

        R"(CREATE TABLE feedback (
            reader_id  INTEGER NOT NULL REFERENCES readers(id) ON DELETE CASCADE,
            insight_id INTEGER NOT NULL,
            kind       TEXT NOT NULL,
            at_ms      INTEGER NOT NULL,
            PRIMARY KEY (reader_id, insight_id, kind)
        ) STRICT, WITHOUT ROWID)",

        R"(CREATE TABLE conversations (
            key         TEXT PRIMARY KEY,
            reader_id   INTEGER REFERENCES readers(id) ON DELETE CASCADE,  -- NULL: nobody we know
            topic       TEXT NOT NULL,
            listed_json TEXT NOT NULL,
            rest_json   TEXT NOT NULL
        ) STRICT, WITHOUT ROWID)",
        "CREATE INDEX conversations_by_reader ON conversations(reader_id)",
    };
}

}  // namespace podbrief::sqlite
