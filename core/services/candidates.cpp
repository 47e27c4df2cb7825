#include "core/services/candidates.hpp"

#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <set>

#include "core/async/run_on.hpp"
#include "core/services/topic_hits.hpp"
#include "core/text/words.hpp"

namespace podbrief::services {
namespace {

// What is looked at for briefs. The newest two weeks as a rule; all there is, newest first, where those hold too
// little, as in a library that was filled from back catalogues.
constexpr std::chrono::days recent{14};
constexpr std::size_t most_recent = 5000;
constexpr std::size_t enough_recent = 60;
constexpr std::size_t most_older = 2000;

constexpr std::chrono::minutes longest_life{10};  // titles of shows may change without the index
constexpr int worth_of_loading = 20;              // how much longer than its loading a moment lasts at least
constexpr std::size_t at_once = 500;              // insights made ready before others may use the thread
constexpr std::size_t most_hits = 500'000;        // of kept topics: 8 MB
constexpr std::size_t most_topics = 20'000;
constexpr std::size_t most_facts = 10'000;

}  // namespace

briefs::TopicsFound Moment::topics_of(const Profile& profile) {
    std::set<std::string> wanted(profile.muted_topics.begin(), profile.muted_topics.end());
    for (const auto& [topic, weight] : profile.topics) wanted.insert(topic);
    for (const Watch& watch : profile.watches) wanted.insert(watch.topic);
    briefs::TopicsFound found;
    for (const std::string& topic : wanted) {
        const auto known = topics_.find(topic);
        if (known != topics_.end()) {
            found.emplace(topic, known->second);
            continue;
        }
        auto hits = std::make_shared<const briefs::TopicHits>(hits_on(topic, *pool_, index_));
        if (hits_ + hits->size() > most_hits || topics_.size() >= most_topics) {
            topics_.clear();
            hits_ = 0;
        }
        hits_ += hits->size();
        topics_.emplace(topic, hits);
        found.emplace(topic, std::move(hits));
    }
    return found;
}

asio::awaitable<std::vector<InsightFacts>> Moment::facts(std::vector<InsightId> ids) {
    std::vector<InsightId> unseen;
    for (const InsightId id : ids) {
        if (!facts_.contains(id)) unseen.push_back(id);
    }
    std::map<InsightId, InsightFacts> learnt;  // apart from facts_, which may be emptied meanwhile
    if (!unseen.empty()) {
        const std::vector<InsightDetail> details = co_await library_.details(std::move(unseen));
        for (const InsightDetail& detail : details) {
            InsightFacts one;
            one.insight = detail.insight.id;
            one.cluster = detail.insight.cluster;
            one.sources = std::max(1, detail.independent_sources);
            one.stems = index_.stems_of(detail.insight.id);
            if (one.stems.empty()) one.stems = text::unique_stems(detail.insight.text);
            learnt.emplace(one.insight, std::move(one));
        }
    }
    std::vector<InsightFacts> facts;
    for (const InsightId id : ids) {
        const auto fresh = learnt.find(id);
        const auto known = facts_.find(id);
        if (fresh != learnt.end()) {
            facts.push_back(fresh->second);
        } else if (known != facts_.end()) {
            facts.push_back(known->second);
        }
    }
    if (facts_.size() + learnt.size() > most_facts) facts_.clear();
    for (auto& [id, one] : learnt) facts_.insert_or_assign(id, std::move(one));
    co_return facts;
}

bool Candidates::is_fresh() const {
    if (!moment_) return false;
    const WallTime now = clock_.wall_now();
    if (now < loaded_at_ || now - loaded_at_ > longest_life) return false;
    if (index_.size() > indexed_ + indexed_ / 10) return false;
    return index_.changes() == changes_ || clock_.steady_now() - loaded_ < worth_of_loading * took_;
}

asio::awaitable<std::shared_ptr<Moment>> Candidates::now() {
    if (is_fresh()) co_return moment_;
    if (!loading_) loading_.emplace(co_await asio::this_coro::executor);
    const Turnstile::Turn turn = co_await loading_->enter();
    if (!is_fresh()) co_await load();  // unless the one before has done it
    co_return moment_;
}

asio::awaitable<void> Candidates::load() {
    const WallTime wall = clock_.wall_now();
    const SteadyTime begin = clock_.steady_now();
    const std::uint64_t changes = index_.changes();
    const std::size_t indexed = index_.size();
    std::vector<Insight> insights = co_await library_.insights_since(wall - recent, most_recent);
    if (insights.size() < enough_recent) insights = co_await library_.insights_since(WallTime{}, most_older);
    const std::vector<Subscription> subscriptions = co_await library_.subscriptions();
    std::map<PodcastId, std::string> titles;
    for (const Subscription& one : subscriptions) titles[one.podcast.id] = one.podcast.title;

    std::vector<briefs::Candidate> candidates;
    candidates.reserve(insights.size());
    for (Insight& insight : insights) {
        if (candidates.size() % at_once == at_once - 1) co_await asio::post(asio::use_awaitable);
        if (insight.origin == InsightOrigin::asked) continue;  // of somebody's question, not of what is new
        briefs::Candidate candidate;
        candidate.stems = index_.stems_of(insight.id);
        if (candidate.stems.empty()) candidate.stems = text::unique_stems(insight.text);
        candidate.show = titles[insight.podcast];
        candidate.insight = std::move(insight);
        candidates.push_back(std::move(candidate));
    }
    auto make_pool = [candidates = std::move(candidates)] {
        return std::make_shared<const briefs::CandidatePool>(candidates);
    };
    auto pool = co_await run_on(workers_, std::move(make_pool));
    moment_ = std::make_shared<Moment>(std::move(pool), library_, index_);
    loaded_at_ = wall;
    loaded_ = clock_.steady_now();
    took_ = loaded_ - begin;
    changes_ = changes;
    indexed_ = indexed;
}

}  // namespace podbrief::services
