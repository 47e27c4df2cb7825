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

class InsightVectors;
class Loading;
class Saving;

// How the best are found: with the same result.
enum class Scoring {
    pruned,      // leaves out what cannot be among the best
    exhaustive,  // scores all that holds a word of the query; to measure against
};

// The search index in memory: an inverted index scored by BM25F (scoring.hpp) over claim, quote, topics and entities,
// speaker and show, with the places of words in claim and quote. Replaced and erased insights leave tombstones, swept
// out when they are a quarter of all.
class MemoryIndex final : public SearchIndex {
public:
    // With `meaning` (not owned), it finds by vectors of the claims too.
    explicit MemoryIndex(const search::TextVectors* meaning = nullptr, Scoring scoring = Scoring::pruned);
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
    std::vector<float> similarities(const std::vector<float>& vector,
                                    const std::vector<InsightId>& insights) const override;

    // VectorIndex::nearest with vectors kept elsewhere; those of insights that are not in this index are left out.
    std::vector<SearchHit> nearest_of(const InsightVectors& vectors, const std::vector<float>& vector,
                                      const SearchQuery& filters, std::size_t limit) const;

    MemoryUse memory_use() const;
    const search::TextVectors* meaning() const;  // null: none

    // All of it; may be called while others search.
    void save(Saving& to) const;
    // In place of what was there. False: it is not what `save` wrote, and the index is empty.
    bool load(Loading& from);
    // Becomes what the other was; `changes` goes on growing.
    void take(MemoryIndex&& other);

private:
    struct State;
    std::unique_ptr<State> state_;
    Scoring scoring_;
};

}  // namespace podbrief::index
