// Who may see what on our web pages (of keys only the hash is kept), and what the operator's page looks at.
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

        R"(CREATE INDEX polls_failing ON polls(consecutive_failures DESC, podcast_id)
            WHERE consecutive_failures > 0)",
        "CREATE INDEX polls_succeeded ON polls(last_success_at_ms)",
        "CREATE INDEX episodes_by_state ON episodes(state)",
        R"(CREATE INDEX episodes_troubled ON episodes(attempts DESC, id)
            WHERE due_at_ms IS NOT NULL AND last_error <> '')",
        // Written once for each, when it ends.
        R"(CREATE INDEX briefs_ended ON deliveries(finished_at_ms, state, platform, send_at_ms, kind, final)
            WHERE final = 1 AND kind = 'brief')",
    };
}

}  // namespace podbrief::sqlite
