#include "core/services/catalogue.hpp"

#include <algorithm>
#include <set>

namespace podbrief::services {
namespace {

constexpr std::size_t most_topics = 200'000;

void put_id(std::vector<InsightId>& ids, InsightId id) {
    const auto at = std::lower_bound(ids.begin(), ids.end(), id);
    if (at == ids.end() || *at != id) ids.insert(at, id);
}

void take_id(std::vector<InsightId>& ids, InsightId id) {
    const auto at = std::lower_bound(ids.begin(), ids.end(), id);
    if (at != ids.end() && *at == id) ids.erase(at);
}

}  // namespace

std::string Catalogue::key_of(std::string_view text, std::size_t most) {
    return text::words_for_address(text, most);
}

void Catalogue::heard(const InsightChange& change) {
    remove(change.insight.id);
    if (!change.insight.superseded) add(change.insight);
}

void Catalogue::add(const Insight& insight) {
    Entry entry;
    entry.id = insight.id;
    entry.podcast = insight.podcast;
    entry.episode = insight.episode;
    entry.cluster = insight.cluster;
    entry.published_at = insight.published_at;
    entry.quality = insight.scores.quality;
    entry.asked = insight.origin == InsightOrigin::asked;
    entry.slug = slug_of(insight);
    for (const std::string& name : insight.topics) {
        const auto number = number_of(name);
        if (!number || std::find(entry.topics.begin(), entry.topics.end(), *number) != entry.topics.end()) continue;
        Topic& topic = topics_[*number];
        topic.forms.add(name, insight.text, insight.entities);
        topic.name = topic.forms.most_frequent();
        std::vector<InsightId>& ids = topic.insights;
        if (ids.empty()) ++live_topics_;
        put_id(ids, insight.id);
        entry.topics.push_back(*number);
    }
    put_id(by_show_[insight.podcast], insight.id);
    by_time_.emplace(insight.published_at, insight.id);
    entries_.emplace(insight.id, std::move(entry));
}

std::optional<std::uint32_t> Catalogue::number_of(const std::string& name) {
    const auto named = topic_by_name_.find(name);
    if (named != topic_by_name_.end()) return named->second;
    std::string key = text::topic_identity(name);
    if (key.empty()) return std::nullopt;
    auto known = topic_by_key_.find(key);
    if (known == topic_by_key_.end()) {
        if (topics_.size() >= most_topics) return std::nullopt;
        known = topic_by_key_.emplace(key, static_cast<std::uint32_t>(topics_.size())).first;
        topics_.push_back({std::move(key), name, {}, {}});
    }
    if (topic_by_name_.size() < 2 * most_topics) topic_by_name_.emplace(name, known->second);
    return known->second;
}

void Catalogue::remove(InsightId id) {
    const auto found = entries_.find(id);
    if (found == entries_.end()) return;
    ++removals_;
    const Entry& entry = found->second;
    for (const std::uint32_t topic : entry.topics) {
        take_id(topics_[topic].insights, id);
        if (topics_[topic].insights.empty()) --live_topics_;
    }
    take_id(by_show_[entry.podcast], id);
    const auto [first, last] = by_time_.equal_range(entry.published_at);
    for (auto it = first; it != last; ++it) {
        if (it->second != id) continue;
        by_time_.erase(it);
        break;
    }
    entries_.erase(found);
}

const Catalogue::Entry* Catalogue::find(InsightId id) const {
    const auto found = entries_.find(id);
    return found == entries_.end() ? nullptr : &found->second;
}

const Catalogue::Topic* Catalogue::topic(std::string_view key) const {
    const auto found = topic_by_key_.find(text::topic_identity(key));
    if (found == topic_by_key_.end() || topics_[found->second].insights.empty()) return nullptr;
    return &topics_[found->second];
}

std::vector<const Catalogue::Topic*> Catalogue::common_topics(std::size_t most) const {
    std::vector<const Topic*> all;
    all.reserve(topics_.size());
    for (const Topic& topic : topics_) {
        if (!topic.insights.empty()) all.push_back(&topic);
    }
    const auto more = [](const Topic* a, const Topic* b) {
        return a->insights.size() != b->insights.size() ? a->insights.size() > b->insights.size() : a->key < b->key;
    };
    const auto end = all.begin() + static_cast<std::ptrdiff_t>(std::min(most, all.size()));
    std::partial_sort(all.begin(), end, all.end(), more);
    all.erase(end, all.end());
    return all;
}

const std::vector<InsightId>& Catalogue::of_show(PodcastId podcast) const {
    static const std::vector<InsightId> none;
    const auto found = by_show_.find(podcast);
    return found == by_show_.end() ? none : found->second;
}

std::vector<InsightId> Catalogue::newest(const std::vector<InsightId>& of, std::size_t skip, std::size_t most) const {
    std::vector<std::pair<WallTime, InsightId>> dated;
    dated.reserve(of.size());
    for (const InsightId id : of) {
        const Entry* entry = find(id);
        if (entry != nullptr && !entry->asked) dated.emplace_back(entry->published_at, id);
    }
    const std::size_t from = std::min(skip, dated.size());
    const std::size_t until = std::min(skip + most, dated.size());
    std::partial_sort(dated.begin(), dated.begin() + static_cast<std::ptrdiff_t>(until), dated.end(), std::greater<>());
    std::vector<InsightId> ids;
    for (std::size_t i = from; i < until; ++i) ids.push_back(dated[i].second);
    return ids;
}

std::vector<InsightId> Catalogue::best_since(WallTime since, std::size_t most) const {
    constexpr std::size_t most_compared = 20'000;
    std::vector<const Entry*> all;
    for (auto it = by_time_.rbegin(); it != by_time_.rend() && it->first >= since; ++it) {
        const Entry* entry = find(it->second);
        if (!entry->asked) all.push_back(entry);
        if (all.size() == most_compared) break;
    }
    std::sort(all.begin(), all.end(), [](const Entry* a, const Entry* b) {
        return a->quality != b->quality ? a->quality > b->quality : a->id > b->id;
    });
    std::set<EpisodeId> episodes;
    std::set<ClaimClusterId> claims;
    std::vector<InsightId> best;
    for (const Entry* entry : all) {
        if (best.size() == most) break;
        if (episodes.contains(entry->episode) || claims.contains(entry->cluster)) continue;
        episodes.insert(entry->episode);
        claims.insert(entry->cluster);
        best.push_back(entry->id);
    }
    return best;
}

WallTime Catalogue::newest_at() const {
    return by_time_.empty() ? WallTime{} : by_time_.rbegin()->first;
}

std::vector<const Catalogue::Entry*> Catalogue::slice(std::size_t skip, std::size_t most) const {
    std::vector<const Entry*> found;
    if (skip >= entries_.size()) return found;
    for (auto it = std::next(entries_.begin(), static_cast<std::ptrdiff_t>(skip)); it != entries_.end(); ++it) {
        if (found.size() == most) break;
        found.push_back(&it->second);
    }
    return found;
}

}  // namespace podbrief::services
