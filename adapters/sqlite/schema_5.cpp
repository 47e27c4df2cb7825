// Who may see what on our web pages. Of keys only the hash is kept.
#include "adapters/sqlite/schema.hpp"

namespace podbrief::sqlite {

std::vector<std::string> schema_5() {
    return {
        R"(CREATE TABLE page_keys (
            hash      TEXT PRIMARY KEY,
            reader_id INTEGER NOT NULL REFERENCES readers(id) ON DELETE CASCADE,
            since_ms  INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID)",
        "CREATE INDEX page_keys_of ON page_keys(reader_id, since_ms)",

        R"(CREATE TABLE operator_keys (
            hash     TEXT PRIMARY KEY,
            session  INTEGER NOT NULL,  -- 0: a link, good once
            until_ms INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID)",
    };
}

}  // namespace podbrief::sqlite
