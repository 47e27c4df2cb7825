#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "adapters/sqlite/connection.hpp"
#include "core/ports/library_store.hpp"

// The statements behind LibraryStore's calls on transcripts and insights; each is called within a transaction.
namespace podbrief::sqlite {

ExtractionSaved save_extraction(Connection& connection, Extraction extraction);
std::vector<Insight> add_insights(Connection& connection, EpisodeId episode, TranscriptId transcript,
                                  std::vector<Insight> insights);
std::optional<Transcript> newest_transcript(Connection& connection, EpisodeId episode);
void remove_insights_of(Connection& connection, PodcastId podcast);  // and tells the change feed
void supersede_insight(Connection& connection, InsightId id);        // likewise

std::vector<InsightChange> changes_since(Connection& connection, std::int64_t sequence, std::size_t limit);
std::vector<Insight> insights_since(Connection& connection, WallTime since, std::size_t limit);
std::vector<Insight> insights_of(Connection& connection, EpisodeId episode);
LibraryCounts counts(Connection& connection);

std::vector<InsightDetail> details(Connection& connection, const std::vector<InsightId>& ids);

// The columns that `read_insight` takes, of the table under its short name `i`.
#define PODBRIEF_INSIGHT_COLUMNS                                                                                   \
    "i.id, i.episode_id, i.podcast_id, i.transcript_id, i.cluster_id, i.superseded, i.published_at_ms, i.origin, " \
    "i.first_segment, i.last_segment, i.quote_begin, i.start_ms, i.end_ms, i.stance, i.modality, i.centrality, "   \
    "i.claim, i.specificity, i.self_contained, i.novelty, i.quality, i.speaker, i.text, i.quote, i.topics_json, "  \
    "i.entities_json "
Insight read_insight(Query& row);

}  // namespace podbrief::sqlite
