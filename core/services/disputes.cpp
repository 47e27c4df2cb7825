#include "core/services/disputes.hpp"

#include <algorithm>
#include <set>

#include "core/search/relations.hpp"

namespace podbrief::services {
namespace {

using briefs::CandidatePool;

constexpr float same_subject = 0.2f;        // cosine of words; below, two insights hardly speak of one issue
constexpr double least_certain = 0.6;       // to call an idea disputed, more is asked for than for a label in a list
constexpr std::size_t most_near = 10;       // kept of one insight
constexpr std::size_t most_compared = 3;    // with one claim
constexpr std::size_t most_of_reader = 40;  // comparisons at one time; what is left has its turn on another day
constexpr std::size_t most_kept = 50'000;   // judgements
constexpr std::chrono::hours late_arrival{24};  // transcripts come after their episodes

// An idea that was told, and what may dispute it.
struct Question {
    CandidatePool::Number claim = CandidatePool::unknown;
    InsightId told;
    InsightId answer;
    WallTime at{};
};

// "Jane Doe in Chip Talk", or what of it is known.
std::string name_of(const InsightDetail& detail) {
    const std::string show = detail.show.empty() ? "another show" : detail.show;
    return detail.insight.speaker.empty() ? show : detail.insight.speaker + " in " + show;
}

}  // namespace

// Insights of other shows that speak of the same, the nearest first.
const KnownDisputes::Places& KnownDisputes::nearest(CandidatePool::Place told, briefs::Nearness& nearness) {
    const auto [known, fresh] = near_.try_emplace(told);
    if (!fresh) return known->second;
    const CandidatePool::Entry& entry = (*pool_)[told];
    std::vector<std::pair<CandidatePool::Number, float>> words;
    for (const CandidatePool::Number word : entry.words) {
        words.emplace_back(word, pool_->rarity(word) / pool_->length(told));
    }
    std::vector<std::pair<float, CandidatePool::Place>> near;
    for (const auto& [place, cosine] : nearness.to(words, same_subject)) {
        const CandidatePool::Entry& other = (*pool_)[place];
        if (!other.usable || other.podcast == entry.podcast || other.claim == entry.claim) continue;
        near.emplace_back(-cosine, place);
    }
    std::sort(near.begin(), near.end());
    if (near.size() > most_near) near.resize(most_near);
    for (const auto& [distance, place] : near) known->second.push_back(place);
    return known->second;
}

asio::awaitable<void> KnownDisputes::judge(std::vector<Pair> pairs) {
    std::set<InsightId> both;
    for (const auto& [told, answer] : pairs) {
        both.insert(told);
        both.insert(answer);
    }
    std::vector<InsightId> ids(both.begin(), both.end());
    const std::vector<InsightDetail> details = co_await library_.details(std::move(ids));
    std::map<InsightId, const InsightDetail*> by_id;
    for (const InsightDetail& detail : details) by_id[detail.insight.id] = &detail;
    if (judged_.size() + pairs.size() > most_kept) {
        judged_.clear();
        said_by_.clear();
    }
    for (const Pair& pair : pairs) {
        const auto told = by_id.find(pair.first);
        const auto answer = by_id.find(pair.second);
        bool disputes = false;
        if (told != by_id.end() && answer != by_id.end()) {
            const search::RelationGuess guess = search::relation_to(answer->second->insight, told->second->insight);
            disputes = guess.relation == Relation::disputes && guess.confidence >= least_certain;
        }
        judged_[pair] = disputes;
        if (disputes) said_by_[pair.second] = name_of(*answer->second);
    }
}

asio::awaitable<KnownDisputes::Disputes> KnownDisputes::since(std::vector<Brief> earlier,
                                                              std::shared_ptr<const CandidatePool> pool) {
    if (pool != pool_) near_.clear();
    pool_ = pool;
    std::set<ClaimClusterId> told_as_disputed;
    for (const Brief& brief : earlier) {
        for (const BriefItem& item : brief.items) {
            if (!item.reason.disputed_by.empty()) told_as_disputed.insert(item.cluster);
        }
    }
    std::vector<Question> questions;
    briefs::Nearness nearness(*pool);
    for (const Brief& brief : earlier) {
        InsightId newest;
        for (const BriefItem& item : brief.items) newest = std::max(newest, item.insight);
        for (const BriefItem& item : brief.items) {
            const CandidatePool::Place place = pool->find(item.insight);
            if (place == CandidatePool::unknown || told_as_disputed.contains(item.cluster)) continue;
            std::size_t compared = 0;
            for (const CandidatePool::Place near : nearest(place, nearness)) {
                const CandidatePool::Entry& other = (*pool)[near];
                const bool came_since = other.insight > newest && other.published_at > brief.composed_at - late_arrival;
                if (!came_since || compared == most_compared || questions.size() == most_of_reader) continue;
                ++compared;
                questions.push_back({(*pool)[place].claim, item.insight, other.insight, other.published_at});
            }
        }
    }
    std::vector<Pair> unseen;
    for (const Question& one : questions) {
        const Pair pair(one.told, one.answer);
        if (!judged_.contains(pair)) unseen.push_back(pair);
    }
    if (!unseen.empty()) co_await judge(std::move(unseen));
    Disputes disputes;
    for (const Question& one : questions) {
        const auto known = judged_.find(Pair(one.told, one.answer));
        if (known == judged_.end() || !known->second || one.claim == CandidatePool::unknown) continue;
        const auto by = said_by_.find(one.answer);
        if (by == said_by_.end()) continue;
        briefs::Dispute& dispute = disputes[one.claim];
        if (!dispute.by.empty() && dispute.at >= one.at) continue;
        dispute.by = by->second;
        dispute.at = one.at;
    }
    co_return disputes;
}

}  // namespace podbrief::services
