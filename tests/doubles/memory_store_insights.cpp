// Transcripts, insights and the change feed.
#include <algorithm>

#include "core/search/independent_sources.hpp"
#include "tests/doubles/memory_store.hpp"

namespace podbrief::testing {

const Transcript* MemoryStore::newest_transcript(EpisodeId episode) const {
    const Transcript* newest = nullptr;
    for (const auto& [id, transcript] : transcripts_) {
        if (transcript.episode == episode && (newest == nullptr || transcript.version > newest->version)) {
            newest = &transcript;
        }
    }
    return newest;
}

void MemoryStore::note_change(InsightId id) {
    std::erase_if(changes_, [&](const auto& change) { return change.second == id; });
    changes_.emplace(++last_change_, id);
}

asio::awaitable<ExtractionSaved> MemoryStore::save(Extraction extraction) {
    ExtractionSaved saved;
    const auto found = episodes_.find(extraction.episode);
    if (found == episodes_.end()) co_return saved;
    Episode& episode = found->second.episode;
    episode.state = extraction.state;
    episode.next_attempt_at = extraction.next_attempt_at;

    const Transcript* current = newest_transcript(episode.id);
    if (current != nullptr && current->content_hash == extraction.transcript.content_hash) {
        saved.transcript = current->id;
        co_return saved;
    }
    for (auto& [id, insight] : insights_) {
        if (insight.episode != episode.id || insight.superseded) continue;
        insight.superseded = true;
        saved.superseded.push_back(id);
    }
    for (const InsightId id : saved.superseded) note_change(id);

    Transcript& transcript = extraction.transcript;
    transcript.episode = episode.id;
    transcript.version = current == nullptr ? 1 : current->version + 1;
    transcript.id = saved.transcript = last_transcript_ = TranscriptId{last_transcript_.value + 1};
    transcripts_.emplace(transcript.id, std::move(transcript));
    saved.new_version = true;

    for (Insight& insight : extraction.insights) {
        insert(insight, episode, saved.transcript);
        saved.insights.push_back(std::move(insight));
    }
    co_return saved;
}

void MemoryStore::insert(Insight& insight, const Episode& episode, TranscriptId transcript) {
    insight.id = last_insight_ = InsightId{last_insight_.value + 1};
    insight.episode = episode.id;
    insight.podcast = episode.podcast;
    insight.transcript = transcript;
    insight.superseded = false;
    const bool joins = std::any_of(insights_.begin(), insights_.end(),
                                   [&](const auto& other) { return other.second.cluster == insight.cluster; });
    if (!insight.cluster || !joins) insight.cluster = last_cluster_ = ClaimClusterId{last_cluster_.value + 1};
    insights_.emplace(insight.id, insight);
    note_change(insight.id);
}

asio::awaitable<std::vector<Insight>> MemoryStore::add_insights(EpisodeId episode, TranscriptId transcript,
                                                                std::vector<Insight> insights) {
    const Transcript* newest = newest_transcript(episode);
    if (newest == nullptr || newest->id != transcript) co_return std::vector<Insight>{};
    for (Insight& insight : insights) {
        const auto same = std::find_if(insights_.begin(), insights_.end(), [&](const auto& other) {
            return other.second.episode == episode && !other.second.superseded && same_quote(other.second, insight);
        });
        if (same != insights_.end()) {
            insight = same->second;
        } else {
            insert(insight, episodes_.at(episode).episode, transcript);
        }
    }
    co_return insights;
}

asio::awaitable<std::optional<Transcript>> MemoryStore::transcript(EpisodeId episode) {
    const Transcript* newest = newest_transcript(episode);
    if (newest == nullptr) co_return std::nullopt;
    co_return *newest;
}

asio::awaitable<std::vector<InsightChange>> MemoryStore::changes_since(std::int64_t sequence, std::size_t limit) {
    std::vector<InsightChange> changes;
    for (auto it = changes_.upper_bound(sequence); it != changes_.end() && changes.size() < limit; ++it) {
        InsightChange change{it->first, {}};
        const auto insight = insights_.find(it->second);
        if (insight != insights_.end()) {
            change.insight = insight->second;
        } else {  // removed with its podcast
            change.insight.id = it->second;
            change.insight.superseded = true;
        }
        changes.push_back(std::move(change));
    }
    co_return changes;
}

InsightDetail MemoryStore::detail_of(const Insight& insight) const {
    InsightDetail detail;
    detail.insight = insight;
    const Podcast& podcast = podcasts_.at(insight.podcast).podcast;
    const Episode& episode = episodes_.at(insight.episode).episode;
    detail.show = podcast.title;
    detail.show_language = podcast.language;
    detail.episode_title = episode.title;
    detail.episode_link = episode.link;
    detail.enclosure_url = episode.enclosure_url;
    detail.persons = episode.persons.empty() ? podcast.persons : episode.persons;
    detail.timed = transcripts_.at(insight.transcript).timed;
    std::vector<search::ClaimSource> members;
    for (const auto& [id, other] : insights_) {
        if (other.cluster != insight.cluster || other.superseded) continue;
        detail.cluster_members.push_back(id);
        const EpisodeIdentity& identity = episodes_.at(other.episode).identity;
        members.push_back(
            {other.podcast, other.speaker, identity.guid, identity.enclosure_key, identity.title_key, other.quote});
    }
    detail.independent_sources = search::independent_sources(members);
    return detail;
}

asio::awaitable<std::vector<InsightDetail>> MemoryStore::details(std::vector<InsightId> ids) {
    std::vector<InsightDetail> details;
    for (const InsightId id : ids) {
        if (const auto found = insights_.find(id); found != insights_.end())
            details.push_back(detail_of(found->second));
    }
    co_return details;
}

asio::awaitable<std::vector<Insight>> MemoryStore::insights_since(WallTime since, std::size_t limit) {
    std::vector<Insight> fresh;
    for (const auto& [id, insight] : insights_) {
        if (!insight.superseded && insight.published_at >= since) fresh.push_back(insight);
    }
    std::sort(fresh.begin(), fresh.end(), [](const Insight& a, const Insight& b) {
        return std::pair(a.published_at, a.id) > std::pair(b.published_at, b.id);
    });
    if (fresh.size() > limit) fresh.resize(limit);
    co_return fresh;
}

asio::awaitable<std::vector<Insight>> MemoryStore::insights_of(EpisodeId episode) {
    std::vector<Insight> all;
    for (const auto& [id, insight] : insights_) {
        if (insight.episode == episode && !insight.superseded) all.push_back(insight);
    }
    std::stable_sort(all.begin(), all.end(), [](const Insight& a, const Insight& b) { return a.start < b.start; });
    co_return all;
}

asio::awaitable<LibraryCounts> MemoryStore::counts() {
    LibraryCounts counts;
    counts.podcasts = static_cast<std::int64_t>(podcasts_.size());
    counts.episodes = static_cast<std::int64_t>(episodes_.size());
    counts.transcripts = static_cast<std::int64_t>(transcripts_.size());
    counts.insights =
        std::count_if(insights_.begin(), insights_.end(), [](const auto& i) { return !i.second.superseded; });
    for (const auto& [id, e] : episodes_) counts.episodes_by_state[e.episode.state]++;
    co_return counts;
}

}  // namespace podbrief::testing
