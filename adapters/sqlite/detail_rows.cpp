// Insights with all that is needed to show them: a few indexed reads for each.
#include <algorithm>
#include <map>
#include <utility>

#include "adapters/sqlite/insight_rows.hpp"
#include "adapters/sqlite/json_columns.hpp"
#include "core/search/independent_sources.hpp"

namespace podbrief::sqlite {
namespace {

struct Cluster {
    std::vector<InsightId> members;
    int independent_sources = 1;
};

Cluster cluster_of(Connection& connection, ClaimClusterId cluster) {
    constexpr std::size_t most_compared = 200;  // a claim that so many carry is well supported anyhow
    Cluster found;
    std::vector<search::ClaimSource> sources;
    Query row = connection.query(
        "SELECT i.id, i.podcast_id, i.speaker, i.quote, n.guid, n.enclosure_key, n.title_key FROM insights i JOIN "
        "episode_identities n ON n.episode_id = i.episode_id WHERE i.cluster_id = ? AND i.superseded = 0 ORDER BY i.id",
        cluster);
    while (row.next()) {
        found.members.push_back(row.id<InsightId>());
        search::ClaimSource source;
        source.podcast = row.id<PodcastId>();
        source.speaker = row.text();
        source.quote = row.text();
        source.guid = row.text();
        source.enclosure_key = row.text();
        source.title_key = row.text();
        if (sources.size() < most_compared) sources.push_back(std::move(source));
    }
    found.independent_sources = search::independent_sources(sources);
    return found;
}

std::optional<InsightDetail> read_detail(Connection& connection, InsightId id) {
    Query row = connection.query(
        "SELECT p.title, p.language, p.persons_json, e.title, e.link, e.enclosure_url, e.persons_json, "
        "coalesce(t.timed, 0), " PODBRIEF_INSIGHT_COLUMNS
        "FROM insights i JOIN episodes e ON e.id = i.episode_id JOIN podcasts p ON p.id = i.podcast_id "
        "LEFT JOIN transcripts t ON t.id = i.transcript_id WHERE i.id = ?",
        id);
    if (!row.next()) return std::nullopt;
    InsightDetail detail;
    detail.show = row.text();
    detail.show_language = row.text();
    const std::string persons_of_show = row.text();
    detail.episode_title = row.text();
    detail.episode_link = row.text();
    detail.enclosure_url = row.text();
    detail.persons = persons_from(row.text());
    if (detail.persons.empty()) detail.persons = persons_from(persons_of_show);
    detail.timed = row.flag();
    detail.insight = read_insight(row);
    return detail;
}

}  // namespace

std::vector<InsightDetail> details(Connection& connection, const std::vector<InsightId>& ids) {
    std::vector<InsightDetail> details;
    details.reserve(ids.size());
    std::map<ClaimClusterId, Cluster> clusters;
    for (const InsightId id : ids) {
        auto detail = read_detail(connection, id);
        if (!detail) continue;
        const ClaimClusterId cluster = detail->insight.cluster;
        auto known = clusters.find(cluster);
        if (known == clusters.end()) known = clusters.emplace(cluster, cluster_of(connection, cluster)).first;
        detail->cluster_members = known->second.members;
        detail->independent_sources = known->second.independent_sources;
        details.push_back(std::move(*detail));
    }
    return details;
}

}  // namespace podbrief::sqlite
