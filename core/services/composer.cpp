#include "core/services/composer.hpp"

#include <set>

#include "core/briefs/local_time.hpp"
#include "core/search/understand.hpp"
#include "core/text/words.hpp"

namespace podbrief::services {
namespace {

// What is looked at for one brief. The newest two weeks as a rule; all there is, newest first, where those hold too
// little, as in a library that was filled from back catalogues.
constexpr std::chrono::days recent{14};
constexpr std::size_t most_recent = 5000;
constexpr std::size_t enough_recent = 60;
constexpr std::size_t most_older = 2000;
constexpr std::size_t most_tastes = 60;  // newest likes and dislikes
constexpr double least_relevance = 0.6;  // share of the weight of a topic's words; less is chance

std::vector<std::string> stems_of(const SearchIndex& index, const Insight& insight) {
    std::vector<std::string> stems = index.stems_of(insight.id);
    return stems.empty() ? text::unique_stems(insight.text) : stems;
}

// Notes in every candidate how well it fits each topic that the profile speaks of.
void note_relevance(const SearchIndex& index, const Profile& profile, std::vector<briefs::Candidate>& candidates) {
    std::set<std::string> topics(profile.muted_topics.begin(), profile.muted_topics.end());
    for (const auto& [topic, weight] : profile.topics) topics.insert(topic);
    if (topics.empty() || candidates.empty()) return;

    std::map<InsightId, std::size_t> place;
    WallTime oldest = candidates.front().insight.published_at;
    for (std::size_t i = 0; i < candidates.size(); ++i) {
        place[candidates[i].insight.id] = i;
        oldest = std::min(oldest, candidates[i].insight.published_at);
    }
    for (const std::string& topic : topics) {
        SearchQuery query;
        query.terms = search::understand(topic, index).terms;
        query.published_from = oldest;
        if (query.terms.empty()) continue;
        for (const SearchHit& hit : index.search(query, candidates.size())) {
            const auto found = place.find(hit.insight);
            if (found == place.end() || hit.coverage < least_relevance) continue;
            candidates[found->second].topic_relevance[topic] = std::min(1.0, hit.coverage);
        }
    }
}

}  // namespace

Composer::Composer(LibraryStore& library, ReaderStore& readers, const SearchIndex& index, Clock& clock)
    : library_(library), readers_(readers), index_(index), clock_(clock) {}

asio::awaitable<Brief> Composer::brief_for(Reader reader) {
    const std::optional<Brief> stored =
        co_await readers_.brief(reader.id, briefs::brief_key(reader, clock_.wall_now()));
    if (stored) co_return *stored;
    Brief brief = co_await preview(reader);
    if (brief.items.empty()) co_return brief;  // the day is not over: something may still come
    co_return co_await readers_.save(std::move(brief));
}

asio::awaitable<Brief> Composer::preview(Reader reader) {
    const briefs::ComposeInput input = co_await gather(std::move(reader), clock_.wall_now());
    Brief brief = briefs::compose(input);
    std::vector<InsightId> ids;
    for (const BriefItem& item : brief.items) ids.push_back(item.insight);
    const std::vector<InsightDetail> details = co_await library_.details(std::move(ids));
    for (const InsightDetail& detail : details) {
        for (BriefItem& item : brief.items) {
            if (item.insight == detail.insight.id) item.sources = std::max(1, detail.independent_sources);
        }
    }
    co_return brief;
}

asio::awaitable<briefs::ComposeInput> Composer::gather(Reader reader, WallTime now) {
    briefs::ComposeInput input;
    input.now = now;
    input.reader = std::move(reader);
    const ReaderId id = input.reader.id;

    std::vector<Insight> insights = co_await library_.insights_since(now - recent, most_recent);
    if (insights.size() < enough_recent) insights = co_await library_.insights_since(WallTime{}, most_older);

    const std::string key = briefs::brief_key(input.reader, now);
    const std::vector<Brief> earlier = co_await readers_.briefs_since(id, now - briefs::idea_memory);
    std::set<ClaimClusterId> sent;
    for (const Brief& brief : earlier) {
        if (brief.local_date == key) continue;
        for (const BriefItem& item : brief.items) {
            briefs::SentIdea idea;
            idea.cluster = item.cluster;
            idea.stems = index_.stems_of(item.insight);
            idea.sources = item.sources;
            sent.insert(item.cluster);
            input.sent.push_back(std::move(idea));
        }
    }

    const std::vector<Subscription> subscriptions = co_await library_.subscriptions();
    std::map<PodcastId, std::string> titles;
    for (const Subscription& one : subscriptions) titles[one.podcast.id] = one.podcast.title;

    std::vector<InsightId> sent_before;  // their sources are counted again: they may have grown
    for (Insight& insight : insights) {
        briefs::Candidate candidate;
        candidate.stems = stems_of(index_, insight);
        candidate.show = titles[insight.podcast];
        if (sent.contains(insight.cluster)) sent_before.push_back(insight.id);
        candidate.insight = std::move(insight);
        input.candidates.push_back(std::move(candidate));
    }
    const std::vector<InsightDetail> grown = co_await library_.details(std::move(sent_before));
    std::map<InsightId, int> sources;
    for (const InsightDetail& detail : grown) sources[detail.insight.id] = detail.independent_sources;
    for (briefs::Candidate& candidate : input.candidates) {
        const auto known = sources.find(candidate.insight.id);
        if (known != sources.end()) candidate.sources = std::max(1, known->second);
    }
    note_relevance(index_, input.reader.profile, input.candidates);

    const std::vector<Feedback> feedback = co_await readers_.feedback(id);
    std::vector<InsightId> judged;
    std::map<InsightId, bool> liked;
    for (const Feedback& one : feedback) {
        if (one.kind != FeedbackKind::like && one.kind != FeedbackKind::less) continue;
        if (judged.size() == most_tastes) break;
        // Newest first: what was said last of an insight holds.
        if (liked.emplace(one.insight, one.kind == FeedbackKind::like).second) judged.push_back(one.insight);
    }
    const std::vector<InsightDetail> tasted = co_await library_.details(std::move(judged));
    for (const InsightDetail& detail : tasted) {
        briefs::Taste taste;
        taste.liked = liked[detail.insight.id];
        taste.cluster = detail.insight.cluster;
        taste.stems = stems_of(index_, detail.insight);
        input.tastes.push_back(std::move(taste));
    }
    co_return input;
}

}  // namespace podbrief::services
