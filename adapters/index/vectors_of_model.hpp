#pragma once
#include <optional>

#include "adapters/index/insight_vectors.hpp"
#include "adapters/index/memory_index.hpp"
#include "core/ports/model_vectors.hpp"

namespace podbrief::index {

// A byte a dimension and a signature, as the index keeps its own vectors.
class VectorsOfModel final : public ModelVectors {
public:
    explicit VectorsOfModel(const MemoryIndex& index) : index_(index) {}

    void put(InsightId id, std::span<const float> vector) override;
    void erase(InsightId id) override;
    void clear() override { vectors_.reset(); }
    bool has(InsightId id) const override { return vectors_ && vectors_->has(id); }
    std::size_t size() const override { return vectors_ ? vectors_->size() : 0; }
    std::size_t dimension() const override { return vectors_ ? vectors_->dimension() : 0; }
    std::vector<InsightId> sample(std::size_t most) const override;

    std::vector<float> vector_of(InsightId id) const override;
    std::vector<SearchHit> nearest(const std::vector<float>& vector, const SearchQuery& filters,
                                   std::size_t limit) const override;
    std::vector<float> similarities(const std::vector<float>& vector,
                                    const std::vector<InsightId>& insights) const override;

    std::size_t bytes() const { return vectors_ ? vectors_->bytes() : 0; }

private:
    const MemoryIndex& index_;
    std::optional<InsightVectors> vectors_;
};

}  // namespace podbrief::index
