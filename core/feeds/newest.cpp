#include "core/feeds/newest.hpp"

#include <algorithm>

namespace podbrief::feeds {

void Newest::add(Episode episode) {
    const WallTime time = ordering_time(episode);
    entries_.push_back({time, added_++, std::move(episode)});
    if (entries_.size() >= 2 * most_ + 64) sort();
}

void Newest::sort() {
    const auto newer = [](const Entry& a, const Entry& b) {
        return a.time != b.time ? a.time > b.time : a.order < b.order;
    };
    if (!std::is_sorted(entries_.begin(), entries_.end(), newer)) std::sort(entries_.begin(), entries_.end(), newer);
    if (entries_.size() > most_) entries_.erase(entries_.begin() + static_cast<std::ptrdiff_t>(most_), entries_.end());
}

std::vector<Episode> Newest::take() {
    sort();
    std::vector<Episode> episodes;
    episodes.reserve(entries_.size());
    for (Entry& entry : entries_) episodes.push_back(std::move(entry.episode));
    entries_.clear();
    return episodes;
}

}  // namespace podbrief::feeds
