#pragma once
#include <memory>
#include <string>
#include <vector>

#include "adapters/index/memory_index.hpp"
#include "core/insights/stance.hpp"
#include "core/search/text_vectors.hpp"

namespace podbrief::search {

// A small library for these tests: each claim in an episode of its own unless said otherwise.
class Library {
public:
    // With `meaning`, the index finds by vectors too.
    explicit Library(const TextVectors* meaning = nullptr) : index_(std::make_unique<index::MemoryIndex>(meaning)) {}

    Insight& add(std::string text, std::vector<std::string> topics = {}, std::vector<std::string> entities = {}) {
        Insight one;
        one.id = {static_cast<std::int64_t>(insights_.size()) + 1};
        one.episode = {100 + one.id.value};
        one.podcast = {1};
        one.cluster = {1000 + one.id.value};
        one.stance = insights::stance_of(text);
        one.text = std::move(text);
        one.topics = std::move(topics);
        one.entities = std::move(entities);
        insights_.push_back(std::move(one));
        return insights_.back();
    }

    const index::MemoryIndex& index() {
        for (; indexed_ < insights_.size(); ++indexed_) index_->put(insights_[indexed_], "A Show");
        return *index_;
    }

    const Insight& operator[](std::int64_t id) const { return insights_[static_cast<std::size_t>(id - 1)]; }
    const std::vector<Insight>& all() const { return insights_; }

private:
    std::vector<Insight> insights_;
    std::size_t indexed_ = 0;
    std::unique_ptr<index::MemoryIndex> index_;
};

// What an engine would have found to be said on many things.
inline Library sample_library(const TextVectors* meaning = nullptr) {
    Library library(meaning);
    library.add("Export controls on semiconductors slow rival labs by several years.", {"export controls"});
    library.add("Chip export curbs have backfired because they created a protected market.", {"export controls"});
    library.add("Graphics processing units are scarce and their price doubled.");
    library.add("Kubernetes is overkill for a team of five developers.");
    library.add("Artificial intelligence improves radiology when doctors read the scan first.");
    library.add("Retrieval augmented generation reduces hallucinations in legal answers.");
    library.add("Remote work helps companies keep experienced engineers.");
    library.add("The regulation of large language models protects consumers from fraud.");
    library.add("JavaScript bundles grow faster than networks do.");
    library.add("The US leads in chip design but not in packaging.");
    library.add("Search engines lose traffic to chatbots.");
    return library;
}

}  // namespace podbrief::search
