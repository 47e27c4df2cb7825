#include "core/search/fuse.hpp"

#include <algorithm>
#include <boost/unordered/unordered_flat_set.hpp>
#include <numeric>

#include "core/search/text_vectors.hpp"

namespace podbrief::search {
namespace {

struct Joined {
    SearchHit hit;
    double words = 0;     // 0..1 of the best
    double near = 0;      // cosine to the query
    double to_first = 0;  // cosine to the middle of the first hits
};

// All that came into one of the rankings, once each.
class Pool {
public:
    Pool(const VectorIndex& index, const std::vector<float>& meaning) : index_(index), meaning_(meaning) {}

    void add(const std::vector<SearchHit>& hits, double words_share) {
        const std::size_t before = all_.size();
        for (const SearchHit& hit : hits) {
            if (!known_.insert(hit.insight).second) continue;
            all_.push_back({.hit = hit, .words = words_share * hit.score});
            ids_.push_back(hit.insight);
        }
        const std::vector<InsightId> added(ids_.begin() + static_cast<std::ptrdiff_t>(before), ids_.end());
        const std::vector<float> near = index_.similarities(meaning_, added);
        for (std::size_t i = 0; i < near.size(); ++i) all_[before + i].near = near[i];
    }

    void measure_to(const std::vector<float>& first) {
        const std::vector<float> to_first = index_.similarities(first, ids_);
        for (std::size_t i = 0; i < to_first.size(); ++i) all_[i].to_first = to_first[i];
    }

    void rank(const Fusion& weights) {
        double best_near = 1e-9;
        double best_to_first = 1e-9;
        for (const Joined& one : all_) {
            best_near = std::max(best_near, one.near);
            best_to_first = std::max(best_to_first, one.to_first);
        }
        for (Joined& one : all_) {
            one.hit.score = one.words + weights.meaning * std::max(0.0, one.near) / best_near +
                            weights.feedback * std::max(0.0, one.to_first) / best_to_first;
        }
        order_.resize(all_.size());
        std::iota(order_.begin(), order_.end(), 0U);
        std::sort(order_.begin(), order_.end(), [this](std::uint32_t a, std::uint32_t b) {
            const SearchHit& one = all_[a].hit;
            const SearchHit& other = all_[b].hit;
            return one.score != other.score ? one.score > other.score : one.insight > other.insight;
        });
    }

    std::size_t size() const { return all_.size(); }
    const Joined& at_rank(std::size_t rank) const { return all_[order_[rank]]; }  // as of the latest rank()

private:
    const VectorIndex& index_;
    const std::vector<float>& meaning_;
    std::vector<Joined> all_;     // as they came
    std::vector<InsightId> ids_;  // of those
    std::vector<std::uint32_t> order_;
    boost::unordered_flat_set<InsightId, std::hash<InsightId>> known_;
};

constexpr double all_of_it = 0.9;  // of the query's words

bool holds_words(const Joined& one, const Fusion& weights, double least_near) {
    return one.words > 0 && one.hit.coverage >= weights.least_coverage &&
           (one.hit.coverage >= all_of_it || one.near >= least_near || (weights.some_have_none && one.near == 0));
}

}  // namespace

std::vector<SearchHit> fuse(const VectorIndex& index, const SearchQuery& query, std::vector<SearchHit> by_words,
                            const std::vector<float>& meaning, const Fusion& weights) {
    if (meaning.empty()) {
        std::erase_if(by_words, [&](const SearchHit& hit) { return hit.coverage < weights.least_coverage; });
        return by_words;
    }
    Pool pool(index, meaning);
    pool.add(by_words, by_words.empty() ? 0 : 1 / by_words.front().score);
    pool.rank(weights);
    // Where the best of them holds the query's words, the first hits tell better what is meant than the query does:
    // then what lies near them is looked for, and not what lies near the query too. It finds the same in half the time.
    const bool words_lead = pool.size() > 0 && holds_words(pool.at_rank(0), weights, weights.first_near);
    if (!words_lead) {
        pool.add(index.nearest(meaning, query, weights.looked_at), 0);
        pool.rank(weights);
    }

    std::vector<std::vector<float>> first;
    bool first_hold_words = false;
    for (std::size_t rank = 0; rank < pool.size() && first.size() < weights.first_hits; ++rank) {
        const Joined& one = pool.at_rank(rank);
        const bool words = holds_words(one, weights, weights.first_near);
        if (!words && one.near < weights.near_enough) continue;
        std::vector<float> vector = index.vector_of(one.hit.insight);
        if (vector.empty()) continue;
        first_hold_words = first_hold_words || holds_words(one, weights, weights.least_near);
        first.push_back(std::move(vector));
    }
    const std::vector<float> middle = middle_of(first);
    if (!middle.empty()) {
        pool.add(index.nearest(middle, query, weights.looked_at), 0);
        pool.measure_to(middle);
    }
    pool.rank(weights);

    std::vector<SearchHit> hits;
    for (std::size_t rank = 0; rank < pool.size(); ++rank) {
        const Joined& one = pool.at_rank(rank);
        const bool by_first =
            first_hold_words && one.near >= weights.near_with_first && one.to_first >= weights.near_to_first;
        if (holds_words(one, weights, weights.least_near) || one.near >= weights.near_enough || by_first)
            hits.push_back(one.hit);
    }
    return hits;
}

}  // namespace podbrief::search
