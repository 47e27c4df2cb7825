#pragma once
#include <map>
#include <utility>

#include "core/ports/relation_store.hpp"

namespace podbrief::testing {

// Relations in memory. Unlike the real one it does not know which insights there are.
class MemoryRelations final : public RelationStore {
public:
    std::map<std::pair<InsightId, InsightId>, InsightRelation> all;  // by head, then insight
    int saves = 0;

    asio::awaitable<void> save_relations(std::vector<InsightRelation> relations) override {
        ++saves;
        for (InsightRelation& r : relations) all[{r.head, r.insight}] = std::move(r);
        co_return;
    }
    asio::awaitable<std::vector<InsightRelation>> relations_to(InsightId head) override {
        std::vector<InsightRelation> found;
        for (const auto& [pair, relation] : all) {
            if (pair.first == head) found.push_back(relation);
        }
        co_return found;
    }
};

}  // namespace podbrief::testing
