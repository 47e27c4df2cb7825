#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "adapters/sqlite/connection.hpp"
#include "core/ports/library_store.hpp"

// The statements behind LibraryStore's calls on podcasts; each is called within a transaction.
namespace podbrief::sqlite {

LibraryStore::Added add_podcast(Connection& connection, const Podcast& podcast, const PollState& poll);
bool remove_podcast(Connection& connection, PodcastId id);
std::vector<Subscription> subscriptions(Connection& connection);
std::optional<Subscription> subscription(Connection& connection, PodcastId id);
std::vector<Subscription> feeds_due(Connection& connection, WallTime now, std::size_t limit);
std::optional<WallTime> next_feed_due(Connection& connection);

bool podcast_exists(Connection& connection, PodcastId id);
void write_metadata(Connection& connection, PodcastId id, const Podcast& metadata);
void write_poll(Connection& connection, PodcastId id, const PollState& poll);
// The podcast answers at `url` from now on. Nothing happens when that address is another podcast's.
void move_feed(Connection& connection, PodcastId id, const std::string& url);

// For LIMIT.
inline std::int64_t as_limit(std::size_t limit) {
    return limit > static_cast<std::size_t>(INT64_MAX) ? INT64_MAX : static_cast<std::int64_t>(limit);
}

}  // namespace podbrief::sqlite
