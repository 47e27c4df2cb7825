#include "core/search/fuse.hpp"

#include <algorithm>
#include <unordered_map>

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
    Pool(const SearchIndex& index, const std::vector<float>& meaning) : index_(index), meaning_(meaning) {}

    void add(const std::vector<SearchHit>& hits, double words_share) {
        for (const SearchHit& hit : hits) {
            if (!known_.emplace(hit.insight, all_.size()).second) continue;
            Joined one{.hit = hit, .words = words_share * hit.score, .near = index_.similarity(meaning_, hit.insight)};
            all_.push_back(std::move(one));
        }
    }

    void measure_to(const std::vector<float>& first) {
        for (Joined& one : all_) one.to_first = index_.similarity(first, one.hit.insight);
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
        std::sort(all_.begin(), all_.end(), [](const Joined& a, const Joined& b) {
            return a.hit.score != b.hit.score ? a.hit.score > b.hit.score : a.hit.insight > b.hit.insight;
        });
    }

    const std::vector<Joined>& all() const { return all_; }

private:
    const SearchIndex& index_;
    const std::vector<float>& meaning_;
    std::vector<Joined> all_;
    std::unordered_map<InsightId, std::size_t> known_;
};

constexpr double all_of_it = 0.9;  // of the query's words

bool holds_words(const Joined& one, const Fusion& weights) {
    return one.words > 0 && one.hit.coverage >= weights.least_coverage &&
           (one.hit.coverage >= all_of_it || one.near >= weights.least_near);
}

}  // namespace

std::vector<SearchHit> fuse(const SearchIndex& index, const SearchQuery& query, std::vector<SearchHit> by_words,
                            const std::vector<float>& meaning, const Fusion& weights) {
    if (meaning.empty()) {
        std::erase_if(by_words, [&](const SearchHit& hit) { return hit.coverage < weights.least_coverage; });
        return by_words;
    }
    Pool pool(index, meaning);
    pool.add(by_words, by_words.empty() ? 0 : 1 / by_words.front().score);
    pool.add(index.nearest(meaning, query, weights.looked_at), 0);
    pool.rank(weights);

    std::vector<std::vector<float>> first;
    bool first_hold_words = false;
    for (const Joined& one : pool.all()) {
        if (first.size() == weights.first_hits) break;
        const bool words = holds_words(one, weights);
        if (!words && one.near < weights.near_enough) continue;
        std::vector<float> vector = index.vector_of(one.hit.insight);
        if (vector.empty()) continue;
        first_hold_words = first_hold_words || words;
        first.push_back(std::move(vector));
    }
    const std::vector<float> middle = middle_of(first);
    if (!middle.empty()) {
        pool.add(index.nearest(middle, query, weights.looked_at), 0);
        pool.measure_to(middle);
        pool.rank(weights);
    }

    std::vector<SearchHit> hits;
    for (const Joined& one : pool.all()) {
        const bool by_first =
            first_hold_words && one.near >= weights.near_with_first && one.to_first >= weights.near_to_first;
        if (holds_words(one, weights) || one.near >= weights.near_enough || by_first) hits.push_back(one.hit);
    }
    return hits;
}

}  // namespace podbrief::search
