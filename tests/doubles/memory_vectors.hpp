#pragma once
#include <map>

#include "core/ports/vector_store.hpp"

namespace podbrief::testing {

// Vectors in memory. Unlike the real one it does not know which insights there are.
class MemoryVectors final : public VectorStore {
public:
    std::map<std::string, std::map<InsightId, PackedVector>> all;  // by model
    int saves = 0;

    asio::awaitable<void> save_vectors(std::string model, std::vector<InsightVector> vectors) override {
        ++saves;
        for (InsightVector& one : vectors) all[model][one.insight] = std::move(one.vector);
        co_return;
    }
    asio::awaitable<std::vector<InsightVector>> vectors(std::string model, InsightId after,
                                                        std::size_t limit) override {
        std::vector<InsightVector> found;
        const auto& of_model = all[model];
        for (auto at = of_model.upper_bound(after); at != of_model.end() && found.size() < limit; ++at) {
            found.push_back({at->first, at->second});
        }
        co_return found;
    }
    asio::awaitable<std::size_t> forget_other_vectors(std::string model, std::size_t limit) override {
        std::size_t gone = 0;
        for (auto& [name, of_model] : all) {
            while (name != model && !of_model.empty() && gone < limit) {
                of_model.erase(of_model.begin());
                ++gone;
            }
        }
        co_return gone;
    }
    asio::awaitable<std::size_t> forget_vectors(std::string model, std::size_t limit) override {
        std::size_t gone = 0;
        for (; !all[model].empty() && gone < limit; ++gone) all[model].erase(all[model].begin());
        co_return gone;
    }
};

}  // namespace podbrief::testing
