#pragma once
#include <memory>

#include "core/ports/search_index.hpp"
#include "core/search/text_vectors.hpp"

namespace podbrief::index {

// Parts of what one index takes, in bytes: capacity of its arrays, without the heap's own bookkeeping.
struct MemoryUse {
    std::size_t postings = 0;
    std::size_t documents = 0;
    std::size_t vocabulary = 0;
    std::size_t vectors = 0;
    std::size_t total() const { return postings + documents + vocabulary + vectors; }
};

// The search index in memory: an inverted index scored by BM25 over weighted fields (text, topics and entities more,
// quote and names less). Replaced and erased insights leave tombstones, swept out when they are a quarter of all.
// Not saved: rebuilt from the store's change feed at start (100,000 insights in seconds).
class MemoryIndex final : public SearchIndex {
public:
    // With `meaning` (not owned), it finds by vectors of the claims too.
    explicit MemoryIndex(const search::TextVectors* meaning = nullptr);
    ~MemoryIndex() override;
    MemoryIndex(const MemoryIndex&) = delete;
    MemoryIndex& operator=(const MemoryIndex&) = delete;

    void put(const Insight& insight, std::string_view show) override;
    void erase(InsightId id) override;
    std::size_t size() const override;
    std::uint64_t changes() const override;

    std::vector<SearchHit> search(const SearchQuery& query, std::size_t limit) const override;
    std::size_t document_frequency(std::string_view stem) const override;
    std::vector<std::string> near_stems(std::string_view stem, int distance) const override;
    std::vector<KnownWord> near_words(std::string_view folded, int distance) const override;
    std::vector<std::string> stems_of(InsightId id) const override;
    std::vector<float> vector_of_text(std::string_view text) const override;
    std::vector<float> vector_of(InsightId id) const override;
    std::vector<SearchHit> nearest(const std::vector<float>& vector, const SearchQuery& filters,
                                   std::size_t limit) const override;
    double similarity(const std::vector<float>& vector, InsightId id) const override;

    MemoryUse memory_use() const;

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace podbrief::index
