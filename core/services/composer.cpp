#include "core/services/composer.hpp"

#include "core/async/run_on.hpp"
#include "core/briefs/local_time.hpp"

namespace podbrief::services {
namespace {

constexpr std::size_t most_tastes = 60;  // newest likes and dislikes

}  // namespace

Composer::Composer(LibraryStore& library, ReaderStore& readers, const SearchIndex& index, Clock& clock,
                   asio::any_io_executor workers)
    : library_(library),
      readers_(readers),
      index_(index),
      clock_(clock),
      workers_(workers),
      candidates_(library, index, clock, workers),
      disputes_(library) {}

asio::awaitable<Brief> Composer::brief_for(Reader reader) {
    const std::string key = briefs::brief_key(reader, clock_.wall_now());
    const std::optional<Brief> stored = co_await readers_.brief(reader.id, key);
    if (stored) co_return *stored;
    Composed composed = co_await compose(std::move(reader), key);
    if (composed.brief.items.empty()) co_return composed.brief;  // the day is not over: something may still come
    co_return co_await readers_.save(std::move(composed.brief));
}

asio::awaitable<Brief> Composer::preview(Reader reader) {
    std::string key = briefs::brief_key(reader, clock_.wall_now());
    Composed composed = co_await compose(std::move(reader), std::move(key));
    co_return std::move(composed.brief);
}

asio::awaitable<Composer::Composed> Composer::compose(Reader reader, std::string key) {
    briefs::ComposeInput input = co_await gather(std::move(reader), std::move(key));
    auto make_brief = [input = std::move(input)] { return briefs::compose(input); };
    Composed composed;
    composed.brief = co_await run_on(workers_, std::move(make_brief));
    std::vector<InsightId> ids;
    for (const BriefItem& item : composed.brief.items) ids.push_back(item.insight);
    if (!ids.empty()) composed.details = co_await library_.details(std::move(ids));
    for (const InsightDetail& detail : composed.details) {
        for (BriefItem& item : composed.brief.items) {
            if (item.insight == detail.insight.id) item.sources = std::max(1, detail.independent_sources);
        }
    }
    co_return composed;
}

asio::awaitable<std::shared_ptr<const briefs::CandidatePool>> Composer::pool() {
    const std::shared_ptr<Moment> moment = co_await candidates_.now();
    co_return moment->pool();
}

asio::awaitable<briefs::ComposeInput> Composer::gather(Reader reader, std::string key) {
    briefs::ComposeInput input;
    input.now = clock_.wall_now();
    input.reader = std::move(reader);
    input.key = std::move(key);
    const ReaderId id = input.reader.id;
    const std::vector<Brief> earlier = co_await readers_.briefs_since(id, input.now - briefs::idea_memory);
    const std::vector<Feedback> feedback = co_await readers_.feedback(id);
    const std::shared_ptr<Moment> moment = co_await candidates_.now();
    const briefs::CandidatePool& pool = *moment->pool();
    input.pool = moment->pool();
    input.topics = moment->topics_of(input.reader.profile);

    std::vector<bool> sent(pool.claim_count(), false);
    std::vector<Brief> told;
    for (const Brief& brief : earlier) {
        if (brief.local_date == input.key || brief.unsent) continue;
        told.push_back(brief);
        for (const BriefItem& item : brief.items) {
            briefs::SentIdea idea;
            idea.cluster = item.cluster;
            idea.stems = index_.stems_of(item.insight);
            idea.sources = item.sources;
            const auto claim = pool.claim(item.cluster);
            if (claim != briefs::CandidatePool::unknown) sent[claim] = true;
            input.sent.push_back(std::move(idea));
        }
    }
    std::vector<InsightId> sent_before;  // their sources are counted again: they may have grown
    for (std::size_t place = 0; place < pool.size(); ++place) {
        const auto claim = pool[place].claim;
        if (claim != briefs::CandidatePool::unknown && sent[claim]) sent_before.push_back(pool[place].insight);
    }
    const std::vector<InsightFacts> grown = co_await moment->facts(std::move(sent_before));
    for (const InsightFacts& one : grown) input.sources[one.insight] = one.sources;

    input.disputed = co_await disputes_.since(std::move(told), moment->pool());

    std::vector<InsightId> judged;
    std::map<InsightId, const Feedback*> said;
    for (const Feedback& one : feedback) {
        if (one.kind != FeedbackKind::like && one.kind != FeedbackKind::less) continue;
        if (judged.size() == most_tastes) break;
        // Newest first: what was said last of an insight holds.
        if (said.emplace(one.insight, &one).second) judged.push_back(one.insight);
    }
    std::vector<InsightFacts> tasted = co_await moment->facts(std::move(judged));
    for (InsightFacts& one : tasted) {
        briefs::Taste taste;
        taste.liked = said[one.insight]->kind == FeedbackKind::like;
        taste.at = said[one.insight]->at;
        taste.cluster = one.cluster;
        taste.stems = std::move(one.stems);
        input.tastes.push_back(std::move(taste));
    }
    co_return input;
}

}  // namespace podbrief::services
