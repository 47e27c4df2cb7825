#include "adapters/sqlite/vector_store.hpp"

namespace podbrief::sqlite {
namespace {

std::string_view bytes_of(const std::vector<std::int8_t>& parts) {
    return {reinterpret_cast<const char*>(parts.data()), parts.size()};
}

void save(Connection& connection, const std::string& model, const std::vector<InsightVector>& vectors) {
    for (const InsightVector& one : vectors) {
        connection.run(
            "INSERT OR REPLACE INTO insight_vectors (insight_id, model, scale, parts) "
            "SELECT id, ?, ?, CAST(? AS BLOB) FROM insights WHERE id = ?",
            model, static_cast<double>(one.vector.scale), bytes_of(one.vector.parts), one.insight);
    }
}

std::vector<InsightVector> read(Connection& connection, const std::string& model, InsightId after, std::size_t limit) {
    std::vector<InsightVector> all;
    Query row = connection.query(
        "SELECT v.insight_id, v.scale, v.parts FROM insight_vectors v JOIN insights i ON i.id = v.insight_id "
        "WHERE v.insight_id > ? AND v.model = ? AND i.superseded = 0 ORDER BY v.insight_id LIMIT ?",
        after, model, limit);
    while (row.next()) {
        InsightVector one;
        one.insight = row.id<InsightId>();
        one.vector.scale = static_cast<float>(row.real());
        const std::string parts = row.text();
        one.vector.parts.assign(parts.begin(), parts.end());
        all.push_back(std::move(one));
    }
    return all;
}

std::size_t forget(Connection& connection, std::string_view sql, const std::string& model, std::size_t limit) {
    connection.run(sql, model, limit);
    return static_cast<std::size_t>(connection.changed_rows());
}

}  // namespace

asio::awaitable<void> SqliteVectors::save_vectors(std::string model, std::vector<InsightVector> vectors) {
    return threads_.write<void>(
        [model = std::move(model), vectors = std::move(vectors)](Connection& c) { save(c, model, vectors); });
}

asio::awaitable<std::vector<InsightVector>> SqliteVectors::vectors(std::string model, InsightId after,
                                                                   std::size_t limit) {
    return threads_.read<std::vector<InsightVector>>(
        [model = std::move(model), after, limit](Connection& c) { return read(c, model, after, limit); });
}

asio::awaitable<std::size_t> SqliteVectors::forget_other_vectors(std::string model, std::size_t limit) {
    return threads_.write<std::size_t>([model = std::move(model), limit](Connection& c) {
        return forget(
            c,
            "DELETE FROM insight_vectors WHERE rowid IN (SELECT v.rowid FROM insight_vectors v JOIN insights i "
            "ON i.id = v.insight_id WHERE v.model <> ? OR i.superseded = 1 LIMIT ?)",
            model, limit);
    });
}

asio::awaitable<std::size_t> SqliteVectors::forget_vectors(std::string model, std::size_t limit) {
    return threads_.write<std::size_t>([model = std::move(model), limit](Connection& c) {
        return forget(c,
                      "DELETE FROM insight_vectors WHERE rowid IN (SELECT rowid FROM insight_vectors WHERE model = ? "
                      "LIMIT ?)",
                      model, limit);
    });
}

}  // namespace podbrief::sqlite
