// Vectors of insights that a model was asked for (core/ports/vector_store.hpp).
#include "adapters/sqlite/schema.hpp"

namespace podbrief::sqlite {

std::vector<std::string> schema_6() {
    return {
        R"(CREATE TABLE insight_vectors (
            insight_id INTEGER NOT NULL REFERENCES insights(id) ON DELETE CASCADE,
            model      TEXT NOT NULL,
            scale      REAL NOT NULL,
            parts      BLOB NOT NULL,  -- a byte with a sign for each dimension
            PRIMARY KEY (insight_id, model)
        ) STRICT)",
    };
}

}  // namespace podbrief::sqlite
