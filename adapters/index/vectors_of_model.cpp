#include "adapters/index/vectors_of_model.hpp"

namespace podbrief::index {

void VectorsOfModel::put(InsightId id, std::span<const float> vector) {
    if (!vectors_) vectors_.emplace(vector.size());
    vectors_->put(id, vector);
}

void VectorsOfModel::erase(InsightId id) {
    if (vectors_) vectors_->erase(id);
}

std::vector<InsightId> VectorsOfModel::sample(std::size_t most) const {
    std::vector<InsightId> chosen;
    const std::size_t count = std::min(most, size());
    for (std::size_t i = 0; i < count; ++i) chosen.push_back(vectors_->insights()[i * size() / count]);
    return chosen;
}

std::vector<float> VectorsOfModel::vector_of(InsightId id) const {
    return vectors_ ? vectors_->vector_of(id) : std::vector<float>();
}

std::vector<SearchHit> VectorsOfModel::nearest(const std::vector<float>& vector, const SearchQuery& filters,
                                               std::size_t limit) const {
    return vectors_ ? index_.nearest_of(*vectors_, vector, filters, limit) : std::vector<SearchHit>();
}

std::vector<float> VectorsOfModel::similarities(const std::vector<float>& vector,
                                                const std::vector<InsightId>& insights) const {
    return vectors_ ? vectors_->cosines(vector, insights) : VectorIndex::similarities(vector, insights);
}

}  // namespace podbrief::index
