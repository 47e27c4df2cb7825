#pragma once
#include "adapters/sqlite/stores.hpp"
#include "core/ports/vector_store.hpp"

namespace podbrief::sqlite {

class SqliteVectors final : public VectorStore {
public:
    explicit SqliteVectors(Threads threads) : threads_(std::move(threads)) {}

    asio::awaitable<void> save_vectors(std::string model, std::vector<InsightVector> vectors) override;
    asio::awaitable<std::vector<InsightVector>> vectors(std::string model, InsightId after, std::size_t limit) override;
    asio::awaitable<std::size_t> forget_other_vectors(std::string model, std::size_t limit) override;
    asio::awaitable<std::size_t> forget_vectors(std::string model, std::size_t limit) override;

private:
    Threads threads_;
};

}  // namespace podbrief::sqlite
