#include "adapters/index/passage_order.hpp"

#include <algorithm>
#include <cmath>

namespace podbrief::index {
namespace {

constexpr std::size_t per_episode = 25;     // segments of one that are looked at closely
constexpr std::size_t fewest_looked = 500;  // of all, that are
constexpr Place apart = 200;                // words, between passages of one episode that come first
constexpr double less_each_time = 0.5;      // for those of an episode of which there is a passage already
constexpr double surroundings_width = 200;  // words: a standard deviation
constexpr double surroundings_share = 0.5;  // of the score

double words_between(const TalkUnit& a, const TalkUnit& b) {
    return std::abs(static_cast<double>(a.middle()) - static_cast<double>(b.middle()));
}

}  // namespace

PassageOrder::PassageOrder(const TalkTables& tables, const TalkScorer& scorer, std::size_t limit) : tables_(tables) {
    const std::size_t most = std::max(fewest_looked, per_episode * std::min<std::size_t>(limit, 10'000));
    std::unordered_map<std::uint32_t, std::size_t> of_record;
    std::vector<Document> looked_at;
    for (const Document unit : scorer.ranked()) {
        if (looked_at.size() < most && ++of_record[tables.units[unit].record] <= per_episode) {
            looked_at.push_back(unit);
        } else {
            later_.push_back(unit);
        }
    }
    std::vector<Waiting> waiting = with_surroundings(looked_at, scorer);
    waiting_ = std::priority_queue<Waiting>(std::less<Waiting>(), std::move(waiting));
}

// Scores are logarithms of likelihoods, so those of a neighbourhood add up as such.
std::vector<PassageOrder::Waiting> PassageOrder::with_surroundings(const std::vector<Document>& units,
                                                                   const TalkScorer& scorer) const {
    std::unordered_map<std::uint32_t, std::vector<Document>> by_record;
    for (const Document unit : units) by_record[tables_.units[unit].record].push_back(unit);
    std::vector<Waiting> all;
    for (const Document unit : units) {
        const double own = scorer.score_of(unit);
        double sum = 0;  // as a multiple of its own likelihood
        for (const Document other : by_record[tables_.units[unit].record]) {
            const double widths = words_between(tables_.units[unit], tables_.units[other]) / surroundings_width;
            sum += std::exp(std::min(scorer.score_of(other) - own, 300.0) - widths * widths / 2);
        }
        all.push_back({own + surroundings_share * std::log(sum), unit, 0});
    }
    return all;
}

bool PassageOrder::is_near_taken(Document unit) const {
    const auto taken = taken_.find(tables_.units[unit].record);
    if (taken == taken_.end()) return false;
    const Place middle = tables_.units[unit].middle();
    return std::any_of(taken->second.begin(), taken->second.end(),
                       [&](Place other) { return (other > middle ? other - middle : middle - other) < apart; });
}

std::optional<PassageOrder::Next> PassageOrder::next() {
    while (!waiting_.empty()) {
        const Waiting best = waiting_.top();
        waiting_.pop();
        if (is_near_taken(best.unit)) {
            later_.push_back(best.unit);
            continue;
        }
        const auto known = taken_.find(tables_.units[best.unit].record);
        const std::size_t taken = known == taken_.end() ? 0 : known->second.size();
        if (taken != best.taken) {
            const double less = less_each_time * static_cast<double>(taken - best.taken);
            waiting_.push({best.score - less, best.unit, taken});
            continue;
        }
        last_score_ = best.score;
        return Next{best.unit, best.score};
    }
    if (next_later_ == later_.size()) return std::nullopt;
    return Next{later_[next_later_++], last_score_};
}

void PassageOrder::take(Document unit) {
    taken_[tables_.units[unit].record].push_back(tables_.units[unit].middle());
}

}  // namespace podbrief::index
