#include "adapters/sqlite/relation_store.hpp"

namespace podbrief::sqlite {
namespace {

std::optional<Relation> relation_from(const std::string& name) {
    for (const Relation r : {Relation::supports, Relation::disputes, Relation::adds_context}) {
        if (name == to_string(r)) return r;
    }
    return std::nullopt;
}

void save(Connection& connection, const std::vector<InsightRelation>& relations) {
    for (const InsightRelation& r : relations) {
        const std::string_view name = r.relation ? to_string(*r.relation) : std::string_view();
        connection.run(
            "INSERT OR REPLACE INTO insight_relations (head_id, insight_id, relation, confidence, judge) "
            "SELECT h.id, i.id, ?, ?, ? FROM insights h, insights i WHERE h.id = ? AND i.id = ?",
            name, r.confidence, r.judge, r.head, r.insight);
    }
}

std::vector<InsightRelation> towards(Connection& connection, InsightId head) {
    std::vector<InsightRelation> all;
    Query row = connection.query(
        "SELECT insight_id, relation, confidence, judge FROM insight_relations WHERE head_id = ? ORDER BY insight_id",
        head);
    while (row.next()) {
        InsightRelation r;
        r.head = head;
        r.insight = row.id<InsightId>();
        r.relation = relation_from(row.text());
        r.confidence = row.real();
        r.judge = row.text();
        all.push_back(std::move(r));
    }
    return all;
}

}  // namespace

asio::awaitable<void> SqliteRelations::save_relations(std::vector<InsightRelation> relations) {
    return threads_.write<void>([relations = std::move(relations)](Connection& c) { save(c, relations); });
}

asio::awaitable<std::vector<InsightRelation>> SqliteRelations::relations_to(InsightId head) {
    return threads_.read<std::vector<InsightRelation>>([head](Connection& c) { return towards(c, head); });
}

}  // namespace podbrief::sqlite
