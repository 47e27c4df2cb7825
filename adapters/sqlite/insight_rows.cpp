#include "adapters/sqlite/insight_rows.hpp"

#include <algorithm>

#include "adapters/sqlite/episode_rows.hpp"
#include "adapters/sqlite/json_columns.hpp"
#include "adapters/sqlite/podcast_rows.hpp"

namespace podbrief::sqlite {
namespace {

// Names from outside this room exist one way only; the other way is small.
Stance stance_from(const std::string& name) {
    for (const Stance s : {Stance::favourable, Stance::critical}) {
        if (name == to_string(s)) return s;
    }
    return Stance::neutral;
}

Modality modality_from(const std::string& name) {
    for (const Modality m : {Modality::argued, Modality::alleged, Modality::inferred}) {
        if (name == to_string(m)) return m;
    }
    return Modality::said;
}

InsightOrigin origin_from(const std::string& name) {
    for (const InsightOrigin o : {InsightOrigin::show_notes, InsightOrigin::asked}) {
        if (name == to_string(o)) return o;
    }
    return InsightOrigin::transcript;
}

std::vector<Insight> read_all(Query query) {
    std::vector<Insight> all;
    while (query.next()) all.push_back(read_insight(query));
    return all;
}

void note_change(Connection& connection, InsightId id) {
    connection.run("INSERT OR REPLACE INTO insight_changes (insight_id) VALUES (?)", id);
}

std::vector<InsightId> supersede_insights(Connection& connection, EpisodeId episode) {
    std::vector<InsightId> ids;
    {
        Query row =
            connection.query("SELECT id FROM insights WHERE episode_id = ? AND superseded = 0 ORDER BY id", episode);
        while (row.next()) ids.push_back(row.id<InsightId>());
    }
    for (const InsightId id : ids) {
        connection.run("UPDATE insights SET superseded = 1 WHERE id = ?", id);
        note_change(connection, id);
    }
    return ids;
}

TranscriptId insert_transcript(Connection& connection, const Transcript& t) {
    connection.run(
        "INSERT INTO transcripts (episode_id, version, format, source_url, content_hash, language, timed, "
        "fetched_at_ms, segments_json) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        t.episode, t.version, to_string(t.format), t.source_url, t.content_hash, t.language, t.timed, t.fetched_at,
        to_json(t.segments));
    return {connection.last_id()};
}

bool cluster_exists(Connection& connection, ClaimClusterId id) {
    return connection.query("SELECT 1 FROM insights WHERE cluster_id = ? LIMIT 1", id).next();
}

void insert_insight(Connection& connection, Insight& i) {
    const bool joins = i.cluster && cluster_exists(connection, i.cluster);
    connection.run(
        "INSERT INTO insights (episode_id, podcast_id, transcript_id, cluster_id, superseded, published_at_ms, origin, "
        "first_segment, last_segment, quote_begin, start_ms, end_ms, stance, modality, centrality, claim, specificity, "
        "self_contained, novelty, quality, speaker, text, quote, topics_json, entities_json) "
        "VALUES (?, ?, ?, ?, 0, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        i.episode, i.podcast, i.transcript, joins ? i.cluster : ClaimClusterId{}, i.published_at, to_string(i.origin),
        i.first_segment, i.last_segment, i.quote_begin, i.start, i.end, to_string(i.stance), to_string(i.modality),
        i.scores.centrality, i.scores.claim, i.scores.specificity, i.scores.self_contained, i.scores.novelty,
        i.scores.quality, i.speaker, i.text, i.quote, to_json(i.topics), to_json(i.entities));
    i.id = InsightId{connection.last_id()};
    i.superseded = false;
    if (!joins) {
        i.cluster = ClaimClusterId{i.id.value};
        connection.run("UPDATE insights SET cluster_id = id WHERE id = ?", i.id);
    }
    note_change(connection, i.id);
}

}  // namespace

Insight read_insight(Query& row) {
    Insight i;
    i.id = row.id<InsightId>();
    i.episode = row.id<EpisodeId>();
    i.podcast = row.id<PodcastId>();
    i.transcript = row.id<TranscriptId>();
    i.cluster = row.id<ClaimClusterId>();
    i.superseded = row.flag();
    i.published_at = row.time();
    i.origin = origin_from(row.text());
    i.first_segment = static_cast<int>(row.integer());
    i.last_segment = static_cast<int>(row.integer());
    i.quote_begin = static_cast<int>(row.integer());
    i.start = row.millis();
    i.end = row.millis();
    i.stance = stance_from(row.text());
    i.modality = modality_from(row.text());
    i.scores.centrality = static_cast<float>(row.real());
    i.scores.claim = static_cast<float>(row.real());
    i.scores.specificity = static_cast<float>(row.real());
    i.scores.self_contained = static_cast<float>(row.real());
    i.scores.novelty = static_cast<float>(row.real());
    i.scores.quality = static_cast<float>(row.real());
    i.speaker = row.text();
    i.text = row.text();
    i.quote = row.text();
    i.topics = texts_from(row.text());
    i.entities = texts_from(row.text());
    return i;
}

ExtractionSaved save_extraction(Connection& connection, Extraction extraction) {
    ExtractionSaved saved;
    PodcastId podcast;
    {
        Query row = connection.query("SELECT podcast_id FROM episodes WHERE id = ?", extraction.episode);
        if (!row.next()) return saved;  // removed meanwhile
        podcast = row.id<PodcastId>();
    }
    write_state(connection, extraction.episode, extraction.state, extraction.next_attempt_at);

    Transcript& transcript = extraction.transcript;
    transcript.version = 1;
    {
        Query row = connection.query(
            "SELECT id, version, content_hash FROM transcripts WHERE episode_id = ? ORDER BY version DESC LIMIT 1",
            extraction.episode);
        if (row.next()) {
            saved.transcript = row.id<TranscriptId>();
            transcript.version = static_cast<int>(row.integer()) + 1;
            if (row.text() == transcript.content_hash) return saved;
        }
    }
    saved.new_version = true;
    saved.superseded = supersede_insights(connection, extraction.episode);
    transcript.episode = extraction.episode;
    saved.transcript = insert_transcript(connection, transcript);
    saved.insights = std::move(extraction.insights);
    for (Insight& insight : saved.insights) {
        insight.episode = extraction.episode;
        insight.podcast = podcast;
        insight.transcript = saved.transcript;
        insert_insight(connection, insight);
    }
    return saved;
}

std::vector<Insight> add_insights(Connection& connection, EpisodeId episode, TranscriptId transcript,
                                  std::vector<Insight> insights) {
    PodcastId podcast;
    {
        Query row = connection.query(
            "SELECT t.id, e.podcast_id FROM transcripts t JOIN episodes e ON e.id = t.episode_id "
            "WHERE t.episode_id = ? ORDER BY t.version DESC LIMIT 1",
            episode);
        if (!row.next() || row.id<TranscriptId>() != transcript) return {};
        podcast = row.id<PodcastId>();
    }
    const std::vector<Insight> there = insights_of(connection, episode);
    for (Insight& insight : insights) {
        const auto same =
            std::find_if(there.begin(), there.end(), [&](const Insight& other) { return same_quote(other, insight); });
        if (same != there.end()) {
            insight = *same;
            continue;
        }
        insight.episode = episode;
        insight.podcast = podcast;
        insight.transcript = transcript;
        insert_insight(connection, insight);
    }
    return insights;
}

std::optional<Transcript> newest_transcript(Connection& connection, EpisodeId episode) {
    Query row = connection.query(
        "SELECT id, version, format, source_url, content_hash, language, timed, fetched_at_ms, segments_json "
        "FROM transcripts WHERE episode_id = ? ORDER BY version DESC LIMIT 1",
        episode);
    if (!row.next()) return std::nullopt;
    Transcript t;
    t.episode = episode;
    t.id = row.id<TranscriptId>();
    t.version = static_cast<int>(row.integer());
    t.format = transcript_format_from(row.text()).value_or(TranscriptFormat::text);
    t.source_url = row.text();
    t.content_hash = row.text();
    t.language = row.text();
    t.timed = row.flag();
    t.fetched_at = row.time();
    t.segments = segments_from(row.text());
    return t;
}

void remove_insights_of(Connection& connection, PodcastId podcast) {
    connection.run(
        "INSERT OR REPLACE INTO insight_changes (insight_id) SELECT i.id FROM insights i "
        "JOIN episodes e ON e.id = i.episode_id WHERE e.podcast_id = ? ORDER BY i.id",
        podcast);
    connection.run("DELETE FROM insights WHERE episode_id IN (SELECT id FROM episodes WHERE podcast_id = ?)", podcast);
}

void supersede_insight(Connection& connection, InsightId id) {
    connection.run("UPDATE insights SET superseded = 1 WHERE id = ? AND superseded = 0", id);
    if (connection.changed_rows() > 0) note_change(connection, id);
}

std::vector<InsightChange> changes_since(Connection& connection, std::int64_t sequence, std::size_t limit) {
    std::vector<InsightChange> changes;
    Query row = connection.query("SELECT c.sequence, c.insight_id, i.id IS NULL, " PODBRIEF_INSIGHT_COLUMNS
                                 "FROM insight_changes c LEFT JOIN insights i ON i.id = c.insight_id "
                                 "WHERE c.sequence > ? ORDER BY c.sequence LIMIT ?",
                                 sequence, as_limit(limit));
    while (row.next()) {
        InsightChange change;
        change.sequence = row.integer();
        change.insight.id = row.id<InsightId>();
        const bool removed = row.flag();
        if (removed) {
            change.insight.superseded = true;
        } else {
            change.insight = read_insight(row);
        }
        changes.push_back(std::move(change));
    }
    return changes;
}

std::vector<Insight> insights_since(Connection& connection, WallTime since, std::size_t limit) {
    return read_all(connection.query("SELECT " PODBRIEF_INSIGHT_COLUMNS
                                     "FROM insights i WHERE superseded = 0 AND published_at_ms >= ? "
                                     "ORDER BY published_at_ms DESC, id DESC LIMIT ?",
                                     since, as_limit(limit)));
}

std::vector<Insight> insights_of(Connection& connection, EpisodeId episode) {
    return read_all(connection.query("SELECT " PODBRIEF_INSIGHT_COLUMNS
                                     "FROM insights i WHERE episode_id = ? AND superseded = 0 ORDER BY start_ms, id",
                                     episode));
}

LibraryCounts counts(Connection& connection) {
    LibraryCounts counts;
    Query row = connection.query(
        "SELECT (SELECT count(*) FROM podcasts), (SELECT count(*) FROM transcripts), "
        "(SELECT count(*) FROM insights WHERE superseded = 0)");
    row.next();
    counts.podcasts = row.integer();
    counts.transcripts = row.integer();
    counts.insights = row.integer();
    Query state = connection.query("SELECT state, count(*) FROM episodes GROUP BY state");
    while (state.next()) {
        const auto name = episode_state_from(state.text());
        const std::int64_t episodes = state.integer();
        counts.episodes += episodes;
        if (name) counts.episodes_by_state[*name] = episodes;
    }
    return counts;
}

}  // namespace podbrief::sqlite
