#include "adapters/sqlite/podcast_rows.hpp"

#include "adapters/sqlite/insight_rows.hpp"
#include "adapters/sqlite/json_columns.hpp"

namespace podbrief::sqlite {
namespace {

#define SUBSCRIPTION                                                                                         \
    "SELECT p.id, p.feed_url, p.title, p.description, p.language, p.link, p.image_url, p.podcast_guid, "     \
    "p.persons_json, p.added_at_ms, q.next_poll_at_ms, q.last_success_at_ms, q.last_attempt_at_ms, q.etag, " \
    "q.last_modified, q.body_hash, q.consecutive_failures, q.last_error, q.moved_to, q.moved_seen, q.gone "  \
    "FROM podcasts p JOIN polls q ON q.podcast_id = p.id "

Subscription read_subscription(Query& row) {
    Subscription s;
    s.podcast.id = row.id<PodcastId>();
    s.podcast.feed_url = row.text();
    s.podcast.title = row.text();
    s.podcast.description = row.text();
    s.podcast.language = row.text();
    s.podcast.link = row.text();
    s.podcast.image_url = row.text();
    s.podcast.podcast_guid = row.text();
    s.podcast.persons = persons_from(row.text());
    s.podcast.added_at = row.time();
    s.poll.next_poll_at = row.time();
    s.poll.last_success_at = row.maybe_time();
    s.poll.last_attempt_at = row.maybe_time();
    s.poll.etag = row.text();
    s.poll.last_modified = row.text();
    s.poll.body_hash = row.text();
    s.poll.consecutive_failures = static_cast<int>(row.integer());
    s.poll.last_error = row.text();
    s.poll.moved_to = row.text();
    s.poll.moved_seen = static_cast<int>(row.integer());
    s.poll.gone = row.flag();
    return s;
}

std::vector<Subscription> read_all(Query query) {
    std::vector<Subscription> all;
    while (query.next()) all.push_back(read_subscription(query));
    return all;
}

std::optional<PodcastId> podcast_at(Connection& connection, const std::string& url) {
    Query known = connection.query("SELECT podcast_id FROM feed_urls WHERE url = ?", url);
    if (!known.next()) return std::nullopt;
    return known.id<PodcastId>();
}

}  // namespace

LibraryStore::Added add_podcast(Connection& connection, const Podcast& podcast, const PollState& poll) {
    if (const auto known = podcast_at(connection, podcast.feed_url)) return {*known, false};
    connection.run(
        "INSERT INTO podcasts (feed_url, title, description, language, link, image_url, podcast_guid, persons_json, "
        "added_at_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        podcast.feed_url, podcast.title, podcast.description, podcast.language, podcast.link, podcast.image_url,
        podcast.podcast_guid, to_json(podcast.persons), podcast.added_at);
    const PodcastId id{connection.last_id()};
    connection.run("INSERT INTO feed_urls (url, podcast_id) VALUES (?, ?)", podcast.feed_url, id);
    write_poll(connection, id, poll);
    return {id, true};
}

bool remove_podcast(Connection& connection, PodcastId id) {
    if (!podcast_exists(connection, id)) return false;
    remove_insights_of(connection, id);
    connection.run("DELETE FROM podcasts WHERE id = ?", id);  // the rest goes with it
    return true;
}

std::vector<Subscription> subscriptions(Connection& connection) {
    return read_all(connection.query(SUBSCRIPTION "ORDER BY p.title, p.id"));
}

std::optional<Subscription> subscription(Connection& connection, PodcastId id) {
    Query row = connection.query(SUBSCRIPTION "WHERE p.id = ?", id);
    if (!row.next()) return std::nullopt;
    return read_subscription(row);
}

std::vector<Subscription> feeds_due(Connection& connection, WallTime now, std::size_t limit) {
    return read_all(connection.query(
        SUBSCRIPTION "WHERE q.next_poll_at_ms <= ? ORDER BY q.next_poll_at_ms, p.id LIMIT ?", now, as_limit(limit)));
}

std::optional<WallTime> next_feed_due(Connection& connection) {
    Query row = connection.query("SELECT min(next_poll_at_ms) FROM polls");
    row.next();
    return row.maybe_time();
}

bool podcast_exists(Connection& connection, PodcastId id) {
    return connection.query("SELECT 1 FROM podcasts WHERE id = ?", id).next();
}

void write_metadata(Connection& connection, PodcastId id, const Podcast& metadata) {
    connection.run(
        "UPDATE podcasts SET title = ?, description = ?, language = ?, link = ?, image_url = ?, podcast_guid = ?, "
        "persons_json = ? WHERE id = ?",
        metadata.title, metadata.description, metadata.language, metadata.link, metadata.image_url,
        metadata.podcast_guid, to_json(metadata.persons), id);
}

void write_poll(Connection& connection, PodcastId id, const PollState& poll) {
    connection.run(
        "INSERT OR REPLACE INTO polls (podcast_id, next_poll_at_ms, last_success_at_ms, last_attempt_at_ms, etag, "
        "last_modified, body_hash, consecutive_failures, last_error, moved_to, moved_seen, gone) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        id, poll.next_poll_at, poll.last_success_at, poll.last_attempt_at, poll.etag, poll.last_modified,
        poll.body_hash, poll.consecutive_failures, poll.last_error, poll.moved_to, poll.moved_seen, poll.gone);
}

void move_feed(Connection& connection, PodcastId id, const std::string& url) {
    const auto known = podcast_at(connection, url);
    if (known && *known != id) return;
    if (!known) connection.run("INSERT INTO feed_urls (url, podcast_id) VALUES (?, ?)", url, id);
    connection.run("UPDATE podcasts SET feed_url = ? WHERE id = ?", url, id);
}

}  // namespace podbrief::sqlite
