// How insights stand towards one another.
#include "adapters/sqlite/schema.hpp"

namespace podbrief::sqlite {

std::vector<std::string> schema_4() {
    return {
        R"(CREATE TABLE insight_relations (
            head_id    INTEGER NOT NULL REFERENCES insights(id) ON DELETE CASCADE,
            insight_id INTEGER NOT NULL REFERENCES insights(id) ON DELETE CASCADE,
            relation   TEXT NOT NULL,  -- "": not sure enough for a label
            confidence REAL NOT NULL,
            judge      TEXT NOT NULL,
            PRIMARY KEY (head_id, insight_id)
        ) STRICT, WITHOUT ROWID)",
        "CREATE INDEX insight_relations_of ON insight_relations(insight_id)",
    };
}

}  // namespace podbrief::sqlite
