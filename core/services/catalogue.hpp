#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/services/indexer.hpp"
#include "core/text/topic_words.hpp"

namespace podbrief::services {

// What there is, by topic and by show, from the change feed: for pages that list it and for nothing else. About
// 200 bytes an insight. Insights that were only looked up because somebody asked are left out of
// `best` and `newest`, as they are of briefs.
class Catalogue final : public ChangeListener {
public:
    struct Entry {
        InsightId id;
        PodcastId podcast;
        EpisodeId episode;
        ClaimClusterId cluster;
        WallTime published_at{};
        float quality = 0;
        bool asked = false;
        std::string slug;  // of its text, for its address; may be empty
        std::vector<std::uint32_t> topics;
    };
    struct Topic {
        std::string key;   // text::topic_identity: "open source" and "Open-Source", "chip" and "chips" are one topic
        std::string name;  // as it is written most often: "AI", "LLMs", "open source"
        std::vector<InsightId> insights;  // growing ids
        text::TopicForms forms;
    };

    void heard(const InsightChange& change) override;

    // text::words_for_address.
    static std::string key_of(std::string_view text, std::size_t most = 80);

    static std::string slug_of(const Insight& insight) { return key_of(insight.text, 60); }

    const Entry* find(InsightId id) const;
    std::size_t size() const { return entries_.size(); }
    // Grows when an insight that was there is gone or another one now: what was made of it is stale.
    std::uint64_t removals() const { return removals_; }

    // By any name of it, or its key. nullptr: no insight is about that.
    const Topic* topic(std::string_view name) const;
    // Those with the most insights, the most first.
    std::vector<const Topic*> common_topics(std::size_t most) const;
    std::size_t topic_count() const { return live_topics_; }

    // All of a show; growing ids.
    const std::vector<InsightId>& of_show(PodcastId podcast) const;

    // The newest of these, by time of their episodes, then by id: `most` after the first `skip`.
    std::vector<InsightId> newest(const std::vector<InsightId>& of, std::size_t skip, std::size_t most) const;

    // The best of those published since, one of an episode and one of a claim; best first.
    std::vector<InsightId> best_since(WallTime since, std::size_t most) const;
    WallTime newest_at() const;  // of all; epoch: there is none

    // By growing id: `most` after the first `skip`. Until the next change.
    std::vector<const Entry*> slice(std::size_t skip, std::size_t most) const;

private:
    void add(const Insight& insight);
    std::optional<std::uint32_t> number_of(const std::string& topic);
    void remove(InsightId id);

    std::map<InsightId, Entry> entries_;
    std::multimap<WallTime, InsightId> by_time_;
    std::vector<Topic> topics_;
    std::unordered_map<std::string, std::uint32_t> topic_by_key_;
    std::unordered_map<std::string, std::uint32_t> topic_by_name_;  // as insights spell it
    std::map<PodcastId, std::vector<InsightId>> by_show_;
    std::size_t live_topics_ = 0;
    std::uint64_t removals_ = 0;
};

}  // namespace podbrief::services
