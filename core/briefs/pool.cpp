#include "core/briefs/pool.hpp"

#include <algorithm>
#include <cmath>

#include "core/text/topic_words.hpp"
#include "core/text/unicode.hpp"

namespace podbrief::briefs {

void CandidatePool::Places::add(Number number, Place place) {
    if (number >= lists_.size()) lists_.resize(number + 1);
    std::vector<Place>& list = lists_[number];
    if (list.empty() || list.back() != place) list.push_back(place);
}

const std::vector<CandidatePool::Place>& CandidatePool::Places::of(Number number) const {
    static const std::vector<Place> none;
    return number < lists_.size() ? lists_[number] : none;
}

CandidatePool::CandidatePool(const std::vector<Candidate>& candidates) {
    entries_.reserve(candidates.size());
    std::unordered_map<PodcastId, Number> shows;
    for (const Candidate& candidate : candidates) {
        const Insight& insight = candidate.insight;
        const auto place = static_cast<Place>(entries_.size());
        Entry entry;
        entry.insight = insight.id;
        entry.episode = insight.episode;
        entry.podcast = insight.podcast;
        entry.cluster = insight.cluster;
        entry.published_at = insight.published_at;
        entry.quality = insight.scores.quality;
        entry.sources = candidate.sources;
        entry.usable = !insight.superseded && !insight.text.empty();
        const auto [show, new_show] = shows.try_emplace(insight.podcast, static_cast<Number>(titles_.size()));
        if (new_show) titles_.push_back(candidate.show);
        entry.show = show->second;
        if (insight.cluster) {
            entry.claim = claims_.try_emplace(insight.cluster, static_cast<Number>(claims_.size())).first->second;
        }
        for (const std::string& stem : candidate.stems) entry.words.push_back(words_.add(stem));
        std::sort(entry.words.begin(), entry.words.end());
        for (const Number word : entry.words) with_word_.add(word, place);
        for (const std::string& topic : insight.topics) {
            const Number number = topics_.add(text::topic_identity(topic));
            if (std::find(entry.topics.begin(), entry.topics.end(), number) != entry.topics.end()) continue;
            entry.topics.push_back(number);
            with_topic_.add(number, place);
            if (number >= topic_forms_.size()) topic_forms_.resize(number + 1);
            topic_forms_[number].add(topic, insight.text, insight.entities);
        }
        entry.speaker = names_.add(text::fold(insight.speaker));
        for (const std::string& entity : insight.entities) entry.entities.push_back(names_.add(text::fold(entity)));
        if (place == 0 || insight.published_at < oldest_) oldest_ = insight.published_at;
        places_.emplace(insight.id, place);
        word_counts_.push_back(static_cast<std::uint16_t>(std::min<std::size_t>(entry.words.size(), UINT16_MAX)));
        entries_.push_back(std::move(entry));
    }
    const auto all = static_cast<float>(entries_.size());
    for (Number word = 0; word < words_.size(); ++word) {
        rarity_.push_back(std::log(1 + all / static_cast<float>(std::max<std::size_t>(1, with_word_.of(word).size()))));
    }
    for (const Entry& entry : entries_) {
        float squares = 0;
        for (const Number word : entry.words) squares += rarity_[word] * rarity_[word];
        lengths_.push_back(std::sqrt(std::max(squares, 1e-6f)));
    }
}

const std::vector<CandidatePool::Place>& CandidatePool::with_topic(std::string_view topic) const {
    return with_topic_.of(topics_.find(text::topic_identity(topic)));
}

std::string CandidatePool::topic_shown(const std::string& topic) const {
    const Number number = topics_.find(text::topic_identity(topic));
    return number < topic_forms_.size() ? topic_forms_[number].most_frequent() : topic;
}

CandidatePool::Place CandidatePool::find(InsightId insight) const {
    const auto known = places_.find(insight);
    return known == places_.end() ? unknown : known->second;
}

CandidatePool::Number CandidatePool::claim(ClaimClusterId cluster) const {
    const auto known = claims_.find(cluster);
    return known == claims_.end() ? unknown : known->second;
}

// Two texts that are `least` alike share so many words that some are among the rarer ones. Only those are looked up;
// the few insights that hold enough of them are then compared in full.
const std::vector<Overlaps::Overlap>& Overlaps::with(const std::vector<std::string>& stems, double least) {
    found_.clear();
    touched_.clear();
    lists_.clear();
    for (const std::string& stem : stems) lists_.push_back(&pool_.with_word(stem));
    std::sort(lists_.begin(), lists_.end(), [](const auto* a, const auto* b) { return a->size() < b->size(); });
    constexpr double rounding = 1e-9;
    const double count = static_cast<double>(stems.size());
    const auto needed = static_cast<std::size_t>(std::ceil(std::max(1.0, least * count - rounding)));
    const std::size_t rarer = stems.size() + 1 - std::min(needed, stems.size());
    const std::size_t looked_up = std::min(rarer, lists_.size());
    for (std::size_t i = 0; i < looked_up; ++i) {
        for (const CandidatePool::Place place : *lists_[i]) {
            if (shared_[place]++ == 0) touched_.push_back(place);
        }
    }
    const double share = least / (1 + least);  // of the words of both
    for (const CandidatePool::Place place : touched_) {
        std::size_t shared = std::exchange(shared_[place], std::uint16_t{0});
        const std::size_t both = stems.size() + pool_.word_count(place);
        const std::size_t at_most = shared + lists_.size() - looked_up;
        if (static_cast<double>(at_most) < share * static_cast<double>(both) - rounding) continue;
        for (std::size_t i = looked_up; i < lists_.size(); ++i) {
            shared += std::binary_search(lists_[i]->begin(), lists_[i]->end(), place) ? 1 : 0;
        }
        const double jaccard = static_cast<double>(shared) / static_cast<double>(both - shared);
        if (jaccard >= least) found_.push_back({place, jaccard});
    }
    return found_;
}

const std::vector<Nearness::Near>& Nearness::to(const std::vector<std::string>& stems, float least) {
    words_.clear();
    float squares = 0;
    for (const std::string& stem : stems) {
        const CandidatePool::Number word = pool_.word(stem);
        // What no insight holds makes the text longer all the same: as rare as can be.
        const float rarity =
            word == CandidatePool::unknown ? std::log(1 + static_cast<float>(pool_.size())) : pool_.rarity(word);
        squares += rarity * rarity;
        if (word != CandidatePool::unknown) words_.emplace_back(word, rarity);
    }
    for (auto& [word, weight] : words_) weight /= std::sqrt(squares);
    return to(words_, least);
}

const std::vector<Nearness::Near>& Nearness::to(const std::vector<std::pair<CandidatePool::Number, float>>& words,
                                                float least) {
    found_.clear();
    touched_.clear();
    for (const auto& [word, weight] : words) {
        const float product = weight * pool_.rarity(word);
        for (const CandidatePool::Place place : pool_.with_word(word)) {
            if (products_[place] == 0) touched_.push_back(place);
            products_[place] += product;
        }
    }
    for (const CandidatePool::Place place : touched_) {
        const float cosine = std::exchange(products_[place], 0.0f) / pool_.length(place);
        if (cosine >= least) found_.push_back({place, cosine});
    }
    return found_;
}

double jaccard(const std::vector<CandidatePool::Number>& a, const std::vector<CandidatePool::Number>& b) {
    if (a.empty() && b.empty()) return 0;
    std::size_t shared = 0;
    auto i = a.begin();
    auto j = b.begin();
    while (i != a.end() && j != b.end()) {
        const bool first = *i <= *j;
        const bool second = *j <= *i;
        shared += first && second ? 1 : 0;
        i += first ? 1 : 0;
        j += second ? 1 : 0;
    }
    return static_cast<double>(shared) / static_cast<double>(a.size() + b.size() - shared);
}

}  // namespace podbrief::briefs
