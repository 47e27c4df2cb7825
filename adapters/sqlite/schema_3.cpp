// What comes in, who is who, and the workspaces that gave us a token.
#include "adapters/sqlite/schema.hpp"

namespace podbrief::sqlite {

std::vector<std::string> schema_3() {
    return {
        // Accepting is one insert. Of what was carried out only what it is known by is kept, until it is pruned; the
        // rest is empty. The long column is last: what looks for items does not read it.
        R"(CREATE TABLE inbox_items (
            id             INTEGER PRIMARY KEY AUTOINCREMENT,
            platform       TEXT NOT NULL,
            tenant         TEXT NOT NULL,
            event_id       TEXT NOT NULL,
            accepted_at_ms INTEGER NOT NULL,
            open           INTEGER NOT NULL,  -- not carried out yet
            tries          INTEGER NOT NULL,
            worker         TEXT NOT NULL,
            lease_until_ms INTEGER NOT NULL,  -- 0: not begun
            conversation   TEXT NOT NULL,     -- Incoming::where as text
            from_platform  TEXT NOT NULL,     -- the account it came from
            from_workspace TEXT NOT NULL,
            from_user      TEXT NOT NULL,
            incoming_json  TEXT NOT NULL,
            UNIQUE (platform, tenant, event_id)
        ) STRICT)",
        "CREATE INDEX inbox_items_open ON inbox_items(id) WHERE open = 1",
        "CREATE INDEX inbox_items_of_conversation ON inbox_items(conversation, id) WHERE open = 1",
        "CREATE INDEX inbox_items_closed ON inbox_items(accepted_at_ms, id) WHERE open = 0",

        R"(CREATE TABLE accounts (
            id        INTEGER PRIMARY KEY AUTOINCREMENT,
            platform  TEXT NOT NULL,
            workspace TEXT NOT NULL,
            user      TEXT NOT NULL,
            channel   INTEGER NOT NULL,
            reader_id INTEGER NOT NULL REFERENCES readers(id) ON DELETE CASCADE,
            name      TEXT NOT NULL,
            since_ms  INTEGER NOT NULL,
            UNIQUE (platform, workspace, user, channel)
        ) STRICT)",
        "CREATE INDEX accounts_by_reader ON accounts(reader_id, since_ms, id)",

        R"(CREATE TABLE link_codes (
            reader_id INTEGER PRIMARY KEY REFERENCES readers(id) ON DELETE CASCADE,
            code_hash TEXT NOT NULL UNIQUE,
            until_ms  INTEGER NOT NULL
        ) STRICT)",

        R"(CREATE TABLE onboardings (
            reader_id   INTEGER PRIMARY KEY REFERENCES readers(id) ON DELETE CASCADE,
            step        TEXT NOT NULL,
            message_ref TEXT NOT NULL
        ) STRICT)",

        // The latest installation and the latest revocation; the later of the two decides.
        R"(CREATE TABLE tenants (
            platform            TEXT NOT NULL,
            workspace           TEXT NOT NULL,
            installed_at_ms     INTEGER,           -- NULL: never, so far as was told
            revoked_at_ms       INTEGER,           -- NULL: never
            note                TEXT NOT NULL,     -- why revoked
            changed_at_ms       INTEGER NOT NULL,  -- the installation or its tokens
            name                TEXT NOT NULL,
            bot_user            TEXT NOT NULL,
            app                 TEXT NOT NULL,
            scopes              TEXT NOT NULL,
            installed_by        TEXT NOT NULL,
            sealed_token        TEXT NOT NULL,
            sealed_refresh      TEXT NOT NULL,
            token_expires_at_ms INTEGER,
            PRIMARY KEY (platform, workspace)
        ) STRICT, WITHOUT ROWID)",
        "CREATE INDEX destinations_by_workspace ON destinations(platform, workspace)",

        R"(CREATE INDEX deliveries_sent_as ON deliveries(chat, message_ref)
            WHERE state = 'sent' AND message_ref <> '')",
    };
}

}  // namespace podbrief::sqlite
