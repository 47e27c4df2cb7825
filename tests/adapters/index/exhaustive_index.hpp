#pragma once
#include <map>
#include <string>
#include <vector>

#include "core/ports/search_index.hpp"
#include "core/search/text_vectors.hpp"

namespace podbrief::index {

// The same scores without any index: looks at every insight for every query. What MemoryIndex is checked against.
class ExhaustiveIndex final : public SearchIndex {
public:
    explicit ExhaustiveIndex(const search::TextVectors* meaning = nullptr) : meaning_(meaning) {}

    void put(const Insight& insight, std::string_view show) override;
    void erase(InsightId id) override { changes_ += entries_.erase(id); }
    std::size_t size() const override { return entries_.size(); }
    std::uint64_t changes() const override { return changes_; }
    std::vector<SearchHit> search(const SearchQuery& query, std::size_t limit) const override;
    std::size_t document_frequency(std::string_view stem) const override;
    std::vector<std::string> near_stems(std::string_view stem, int distance) const override;
    std::vector<std::string> stems_of(InsightId id) const override;
    std::vector<float> vector_of_text(std::string_view text) const override;
    std::vector<float> vector_of(InsightId id) const override;
    std::vector<SearchHit> nearest(const std::vector<float>& vector, const SearchQuery& filters,
                                   std::size_t limit) const override;
    std::vector<float> similarities(const std::vector<float>& vector,
                                    const std::vector<InsightId>& insights) const override;

private:
    struct Entry {
        Insight insight;
        std::map<std::string, std::uint32_t, std::less<>> impacts;
        std::map<std::string, std::vector<std::uint32_t>> claim;  // places
        std::map<std::string, std::vector<std::uint32_t>> quote;
    };
    struct Group {
        int number = 0;
        double heaviest = 0;
        std::size_t holding = 0;
        std::uint32_t full = 0;
        std::vector<QueryTerm> terms;
        std::vector<QueryAlternative> alternatives;
    };
    static std::uint32_t least_impact(const Entry& entry, const std::vector<std::string>& stems);
    std::size_t holding_all(const std::vector<std::string>& stems) const;
    std::uint32_t nearness(const Entry& entry, const std::vector<Group>& groups) const;
    bool is_wanted(const Entry& entry, const SearchQuery& query) const;

    const search::TextVectors* meaning_;
    std::map<InsightId, Entry> entries_;
    std::uint64_t changes_ = 0;
};

}  // namespace podbrief::index
