#include "core/feeds/newest.hpp"

#include <algorithm>

namespace podbrief::feeds {

Newest::Newest(std::size_t most, std::size_t expected) : most_(most) {
    episodes_.reserve(std::min(expected, 2 * most + 1));
}

Episode& Newest::blank() {
    if (episodes_.size() > ranks_.size()) {
        episodes_.back() = Episode{};
    } else {
        episodes_.emplace_back();
    }
    return episodes_.back();
}

void Newest::keep() {
    const WallTime time = ordering_time(episodes_.back());
    const std::size_t order = kept_++;
    if (!wants(time)) return;
    ranks_.push_back({time, order, episodes_.size() - 1});
    if (ranks_.size() >= 2 * most_) sort();
}

void Newest::sort() {
    if (std::is_sorted(ranks_.begin(), ranks_.end())) {
        episodes_.resize(std::min(ranks_.size(), most_));
    } else {
        std::sort(ranks_.begin(), ranks_.end());
        std::vector<Episode> sorted;
        sorted.reserve(episodes_.capacity());
        for (std::size_t i = 0; i < std::min(ranks_.size(), most_); ++i) {
            sorted.push_back(std::move(episodes_[ranks_[i].index]));
        }
        episodes_ = std::move(sorted);
    }
    ranks_.resize(episodes_.size());
    for (std::size_t i = 0; i < ranks_.size(); ++i) ranks_[i].index = i;
    if (most_ > 0 && ranks_.size() == most_) too_old_ = ranks_.back().time;
}

std::vector<Episode> Newest::take() {
    sort();
    return std::move(episodes_);
}

}  // namespace podbrief::feeds
