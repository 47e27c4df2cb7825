// Insights with all that is needed to show them: a few indexed reads for each.
#include <algorithm>
#include <map>
#include <numeric>
#include <utility>

#include "adapters/sqlite/insight_rows.hpp"
#include "adapters/sqlite/json_columns.hpp"
#include "core/text/unicode.hpp"

namespace podbrief::sqlite {
namespace {

struct ClusterMember {
    InsightId insight;
    PodcastId podcast;
    std::string speaker;  // folded
};

std::vector<ClusterMember> members_of(Connection& connection, ClaimClusterId cluster) {
    std::vector<ClusterMember> members;
    Query row = connection.query(
        "SELECT id, podcast_id, speaker FROM insights WHERE cluster_id = ? AND superseded = 0 ORDER BY id", cluster);
    while (row.next()) {
        ClusterMember member;
        member.insight = row.id<InsightId>();
        member.podcast = row.id<PodcastId>();
        member.speaker = text::fold(row.text());
        members.push_back(std::move(member));
    }
    return members;
}

// Groups of podcasts that share a speaker, directly or through others.
int independent_sources(const std::vector<ClusterMember>& members) {
    std::vector<std::size_t> parent(members.size());
    std::iota(parent.begin(), parent.end(), std::size_t{0});
    const auto root = [&](std::size_t i) {
        while (parent[i] != i) i = parent[i] = parent[parent[i]];
        return i;
    };
    std::map<PodcastId, std::size_t> first_of_podcast;
    std::map<std::string_view, std::size_t> first_of_speaker;
    for (std::size_t i = 0; i < members.size(); ++i) {
        parent[root(i)] = root(first_of_podcast.emplace(members[i].podcast, i).first->second);
        if (members[i].speaker.empty()) continue;
        parent[root(i)] = root(first_of_speaker.emplace(members[i].speaker, i).first->second);
    }
    int groups = 0;
    for (std::size_t i = 0; i < members.size(); ++i) groups += root(i) == i ? 1 : 0;
    return std::max(1, groups);
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
    std::map<ClaimClusterId, std::vector<ClusterMember>> clusters;
    for (const InsightId id : ids) {
        auto detail = read_detail(connection, id);
        if (!detail) continue;
        const ClaimClusterId cluster = detail->insight.cluster;
        auto known = clusters.find(cluster);
        if (known == clusters.end()) known = clusters.emplace(cluster, members_of(connection, cluster)).first;
        for (const ClusterMember& member : known->second) detail->cluster_members.push_back(member.insight);
        detail->independent_sources = independent_sources(known->second);
        details.push_back(std::move(*detail));
    }
    return details;
}

}  // namespace podbrief::sqlite
