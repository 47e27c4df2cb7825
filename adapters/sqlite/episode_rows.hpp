#pragma once
#include <cstddef>
#include <optional>
#include <vector>

#include "adapters/sqlite/connection.hpp"
#include "core/ports/library_store.hpp"

// The statements behind LibraryStore's calls on episodes; each is called within a transaction.
namespace podbrief::sqlite {

std::vector<EpisodeIdentity> identities(Connection& connection, PodcastId podcast);
std::vector<Episode> apply(Connection& connection, FeedUpdate update);

std::optional<Episode> episode(Connection& connection, EpisodeId id);
std::vector<Episode> episodes(Connection& connection, PodcastId podcast);
std::vector<Episode> episodes_due(Connection& connection, WallTime now, std::size_t limit);
std::optional<WallTime> next_episode_due(Connection& connection);
void update_progress(Connection& connection, const Episode& episode);
void write_state(Connection& connection, EpisodeId id, EpisodeState state, WallTime next_attempt_at);

}  // namespace podbrief::sqlite
