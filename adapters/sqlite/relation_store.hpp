#pragma once
#include "adapters/sqlite/stores.hpp"
#include "core/ports/relation_store.hpp"

namespace podbrief::sqlite {

class SqliteRelations final : public RelationStore {
public:
    explicit SqliteRelations(Threads threads) : threads_(std::move(threads)) {}

    asio::awaitable<void> save_relations(std::vector<InsightRelation> relations) override;
    asio::awaitable<std::vector<InsightRelation>> relations_to(InsightId head) override;

private:
    Threads threads_;
};

}  // namespace podbrief::sqlite
