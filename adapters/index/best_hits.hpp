#pragma once
#include <algorithm>
#include <cstdint>
#include <vector>

#include "adapters/index/postings.hpp"
#include "core/model/ids.hpp"

namespace podbrief::index {

// The best so many of those offered: by score, equal ones by newer id.
class BestHits {
public:
    struct Scored {
        std::uint32_t score;
        InsightId insight;
        Document document;
    };

    explicit BestHits(std::size_t limit) : limit_(limit) {}

    // The lowest score with which an insight no newer than `newest` may still get in.
    std::uint32_t needed(InsightId newest) const {
        if (heap_.size() < limit_) return 1;
        const Scored& worst = heap_.front();
        return newest > worst.insight ? worst.score : worst.score + 1;
    }

    void offer(const Scored& one) {
        if (heap_.size() == limit_) {
            if (!better(one, heap_.front())) return;
            std::pop_heap(heap_.begin(), heap_.end(), better);
            heap_.pop_back();
        }
        heap_.push_back(one);
        std::push_heap(heap_.begin(), heap_.end(), better);
    }

    // Best first; nothing is left.
    std::vector<Scored> take() {
        std::sort_heap(heap_.begin(), heap_.end(), better);
        return std::move(heap_);
    }

private:
    static bool better(const Scored& a, const Scored& b) {
        return a.score != b.score ? a.score > b.score : a.insight > b.insight;
    }

    std::size_t limit_;
    std::vector<Scored> heap_;  // the worst of the best in front
};

}  // namespace podbrief::index
