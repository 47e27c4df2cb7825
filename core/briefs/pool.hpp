#pragma once
#include <cstdint>
#include <limits>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "core/model/insight.hpp"
#include "core/text/topic_words.hpp"

namespace podbrief::briefs {

// An insight that could be in a brief, with what the index knows of it.
struct Candidate {
    Insight insight;
    std::string show;                // title
    std::vector<std::string> stems;  // of the text: sorted, each once
    int sources = 1;                 // independent ones
};

// How well insights of a pool fit a topic: place and 0..1, by place; those that do not fit are left out.
using TopicHits = std::vector<std::pair<std::uint32_t, double>>;

// By topic. What is not there is known by the insights' own topics only.
using TopicsFound = std::map<std::string, std::shared_ptr<const TopicHits>, std::less<>>;

// What could be in anybody's brief at one moment, made ready for being ranked for many readers: words, topics, names,
// shows and claims are numbers here, and no text is kept. Never changes, so threads may share it.
class CandidatePool {
public:
    using Number = std::uint32_t;
    using Place = std::uint32_t;
    static constexpr Number unknown = std::numeric_limits<Number>::max();

    struct Entry {
        InsightId insight;
        EpisodeId episode;
        PodcastId podcast;
        ClaimClusterId cluster;
        WallTime published_at{};
        float quality = 0;
        int sources = 1;
        bool usable = false;  // not superseded, not empty
        Number show = 0;
        Number claim = unknown;  // unknown: in no cluster
        Number speaker = 0;
        std::vector<Number> words;  // sorted, each once
        std::vector<Number> topics;
        std::vector<Number> entities;
    };

    CandidatePool() = default;
    explicit CandidatePool(const std::vector<Candidate>& candidates);

    std::size_t size() const { return entries_.size(); }
    const Entry& operator[](std::size_t place) const { return entries_[place]; }
    std::size_t word_count(Place place) const { return word_counts_[place]; }  // of an entry, without fetching it
    // unknown: not in the pool.
    Place find(InsightId insight) const;

    std::size_t show_count() const { return titles_.size(); }
    std::size_t claim_count() const { return claims_.size(); }
    const std::string& title(Number show) const { return titles_[show]; }
    Number claim(ClaimClusterId cluster) const;
    // How much it tells that an insight holds a word: more, the fewer do; 0: none does.
    float rarity(Number word) const { return word < rarity_.size() ? rarity_[word] : 0; }
    // Length of an insight's words as a vector of their rarities; above 0.
    float length(Place place) const { return lengths_[place]; }
    Number word(std::string_view stem) const { return words_.find(stem); }
    Number name(std::string_view folded) const { return names_.find(folded); }
    // Where a word stands, and where a topic is the insight's own; by place.
    const std::vector<Place>& with_word(std::string_view stem) const { return with_word_.of(words_.find(stem)); }
    const std::vector<Place>& with_word(Number word) const { return with_word_.of(word); }
    const std::vector<Place>& with_topic(std::string_view topic) const;
    std::string topic_shown(const std::string& topic) const;  // as most insights write it; as it is where none is on it

    WallTime oldest() const { return oldest_; }

private:
    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
    };
    class Names {
    public:
        Number add(const std::string& text) {
            return numbers_.try_emplace(text, static_cast<Number>(numbers_.size())).first->second;
        }
        std::size_t size() const { return numbers_.size(); }
        Number find(std::string_view text) const {
            const auto known = numbers_.find(text);
            return known == numbers_.end() ? unknown : known->second;
        }

    private:
        std::unordered_map<std::string, Number, Hash, std::equal_to<>> numbers_;
    };
    class Places {
    public:
        void add(Number number, Place place);
        const std::vector<Place>& of(Number number) const;

    private:
        std::vector<std::vector<Place>> lists_;
    };

    std::vector<Entry> entries_;
    std::vector<std::uint16_t> word_counts_;
    std::vector<float> rarity_;   // by word
    std::vector<float> lengths_;  // by place
    std::unordered_map<InsightId, Place> places_;
    std::unordered_map<ClaimClusterId, Number> claims_;
    std::vector<std::string> titles_;
    Names words_, topics_, names_;
    Places with_word_, with_topic_;
    std::vector<text::TopicForms> topic_forms_;  // by topic
    WallTime oldest_{};
};

// How alike a text is to the insights of a pool: shared words over all words, as text::jaccard has it.
class Overlaps {
public:
    explicit Overlaps(const CandidatePool& pool) : pool_(pool), shared_(pool.size(), 0) {}

    struct Overlap {
        CandidatePool::Place place;
        double jaccard;
    };
    // Those that are `least` (above 0) or more alike, in no order; valid until the next call. `stems`: each once.
    const std::vector<Overlap>& with(const std::vector<std::string>& stems, double least);

private:
    const CandidatePool& pool_;
    std::vector<std::uint16_t> shared_;
    std::vector<const std::vector<CandidatePool::Place>*> lists_;
    std::vector<CandidatePool::Place> touched_;
    std::vector<Overlap> found_;
};

// How near the insights of a pool are to a text: the cosine of their words, each weighted by its rarity. Words that
// everybody uses tell next to nothing, so this finds what speaks of the same, where Overlaps finds what says the same.
class Nearness {
public:
    explicit Nearness(const CandidatePool& pool) : pool_(pool), products_(pool.size(), 0) {}

    struct Near {
        CandidatePool::Place place;
        float cosine;
    };
    // Those that are `least` (above 0) or nearer, in no order; valid until the next call. `stems`: each once.
    const std::vector<Near>& to(const std::vector<std::string>& stems, float least);
    // The same to a mixture of words, given by their weights.
    const std::vector<Near>& to(const std::vector<std::pair<CandidatePool::Number, float>>& words, float least);

private:
    const CandidatePool& pool_;
    std::vector<float> products_;
    std::vector<std::pair<CandidatePool::Number, float>> words_;
    std::vector<CandidatePool::Place> touched_;
    std::vector<Near> found_;
};

// Shared words over all words, of two insights of a pool.
double jaccard(const std::vector<CandidatePool::Number>& a, const std::vector<CandidatePool::Number>& b);

}  // namespace podbrief::briefs
