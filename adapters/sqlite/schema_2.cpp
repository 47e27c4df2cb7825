// Slots, deliveries, lanes and destinations. What is read often has an index that holds nothing that has ended
// (`final`, `look_at_ms`, states), so that it stays small however much is kept.
#include "adapters/sqlite/schema.hpp"

namespace podbrief::sqlite {

std::vector<std::string> schema_2() {
    return {
        "ALTER TABLE readers ADD COLUMN quiet_from_min INTEGER",  // NULL: none
        "ALTER TABLE readers ADD COLUMN quiet_to_min INTEGER",
        "ALTER TABLE readers ADD COLUMN next_plan_at_ms INTEGER NOT NULL DEFAULT 0",
        "ALTER TABLE readers ADD COLUMN last_sequence INTEGER NOT NULL DEFAULT 0",  // of all slots ever
        "ALTER TABLE readers ADD COLUMN schedule INTEGER NOT NULL DEFAULT 0",       // how often it was changed
        "CREATE INDEX readers_to_plan ON readers(next_plan_at_ms, id)",

        "ALTER TABLE briefs ADD COLUMN unsent INTEGER NOT NULL DEFAULT 0",
        R"(CREATE TABLE brief_insights (
            insight_id INTEGER NOT NULL,
            brief_id   INTEGER NOT NULL REFERENCES briefs(id) ON DELETE CASCADE,
            PRIMARY KEY (insight_id, brief_id)
        ) STRICT, WITHOUT ROWID)",
        "CREATE INDEX brief_insights_by_brief ON brief_insights(brief_id)",
        R"(INSERT OR IGNORE INTO brief_insights (insight_id, brief_id)
            SELECT json_extract(item.value, '$.insight'), b.id FROM briefs b, json_each(b.items_json) item)",

        R"(CREATE TABLE destinations (
            id            INTEGER PRIMARY KEY AUTOINCREMENT,
            reader_id     INTEGER NOT NULL REFERENCES readers(id) ON DELETE CASCADE,
            platform      TEXT NOT NULL,
            workspace     TEXT NOT NULL,
            chat          TEXT NOT NULL,
            thread        TEXT NOT NULL,
            state         TEXT NOT NULL,
            note          TEXT NOT NULL,
            changed_at_ms INTEGER NOT NULL,
            not_before_ms INTEGER NOT NULL,
            UNIQUE (reader_id, platform, workspace, chat, thread)
        ) STRICT)",
        "CREATE INDEX destinations_by_address ON destinations(chat, platform, workspace, thread)",

        R"(CREATE TABLE slots (
            id             INTEGER PRIMARY KEY AUTOINCREMENT,
            reader_id      INTEGER NOT NULL REFERENCES readers(id) ON DELETE CASCADE,
            sequence       INTEGER NOT NULL,
            key            TEXT NOT NULL,
            due_at_ms      INTEGER NOT NULL,
            zone           TEXT NOT NULL,
            state          TEXT NOT NULL,
            brief_id       INTEGER NOT NULL,  -- 0: not composed
            worker         TEXT NOT NULL,
            lease_until_ms INTEGER NOT NULL,
            crashes        INTEGER NOT NULL,
            superseded_by  INTEGER NOT NULL,  -- sequence
            note           TEXT NOT NULL,
            planned_at_ms  INTEGER NOT NULL,
            composed_at_ms INTEGER NOT NULL,
            UNIQUE (reader_id, sequence)
        ) STRICT)",
        "CREATE UNIQUE INDEX slots_by_key ON slots(reader_id, key) WHERE state <> 'cancelled'",
        R"(CREATE UNIQUE INDEX slots_open ON slots(reader_id)
            WHERE state IN ('planned', 'composing', 'composed'))",
        R"(CREATE INDEX slots_open_by_time ON slots(due_at_ms, reader_id)
            WHERE state IN ('planned', 'composing', 'composed'))",
        R"(CREATE INDEX slots_to_compose ON slots(state, due_at_ms, id)
            WHERE state IN ('planned', 'composing'))",
        R"(CREATE INDEX slots_ended ON slots(due_at_ms, id)
            WHERE state IN ('fired', 'superseded', 'cancelled'))",
        "CREATE INDEX slots_by_brief ON slots(brief_id) WHERE brief_id <> 0",

        R"(CREATE TABLE deliveries (
            id                  INTEGER PRIMARY KEY AUTOINCREMENT,
            kind                TEXT NOT NULL,
            reader_id           INTEGER REFERENCES readers(id) ON DELETE CASCADE,  -- NULL: nobody we know
            slot_id             INTEGER REFERENCES slots(id) ON DELETE CASCADE,    -- NULL: not of a brief
            sequence            INTEGER NOT NULL,
            destination_id      INTEGER NOT NULL,
            platform            TEXT NOT NULL,
            workspace           TEXT NOT NULL,
            chat                TEXT NOT NULL,
            thread              TEXT NOT NULL,
            lane                TEXT NOT NULL,
            tenant              TEXT NOT NULL,
            part                INTEGER NOT NULL,
            parts               INTEGER NOT NULL,
            key                 TEXT NOT NULL UNIQUE,
            send_at_ms          INTEGER NOT NULL,
            expires_at_ms       INTEGER NOT NULL,
            quiet_begin_ms      INTEGER,
            quiet_end_ms        INTEGER,
            state               TEXT NOT NULL,
            final               INTEGER NOT NULL,
            next_at_ms          INTEGER NOT NULL,
            look_at_ms          INTEGER,  -- from when on it may be claimed; NULL: not as things are
            epoch               INTEGER NOT NULL,
            worker              TEXT NOT NULL,
            step                TEXT NOT NULL,
            attempts            INTEGER NOT NULL,
            crashes             INTEGER NOT NULL,
            attempt_at_ms       INTEGER NOT NULL,
            first_unknown_at_ms INTEGER NOT NULL,
            placeholder_ref     TEXT NOT NULL,
            placeholders_lost   INTEGER NOT NULL,
            message_ref         TEXT NOT NULL,
            plainness           INTEGER NOT NULL,
            reason              TEXT NOT NULL,
            superseded_by       INTEGER NOT NULL,
            created_at_ms       INTEGER NOT NULL,
            finished_at_ms      INTEGER NOT NULL
        ) STRICT)",
        R"(CREATE UNIQUE INDEX deliveries_of_slot ON deliveries(slot_id, destination_id, part)
            WHERE slot_id IS NOT NULL)",
        "CREATE INDEX deliveries_by_reader ON deliveries(reader_id) WHERE reader_id IS NOT NULL",
        R"(CREATE INDEX deliveries_due ON deliveries(lane, tenant, send_at_ms, id, look_at_ms, quiet_begin_ms,
            quiet_end_ms) WHERE look_at_ms IS NOT NULL)",
        "CREATE INDEX deliveries_next ON deliveries(lane, look_at_ms) WHERE look_at_ms IS NOT NULL",
        "CREATE INDEX deliveries_of_lane ON deliveries(lane, next_at_ms) WHERE final = 0",
        R"(CREATE INDEX deliveries_in_hand ON deliveries(lane, id)
            WHERE state IN ('claimed', 'dispatching', 'reconciling'))",
        "CREATE INDEX deliveries_at ON deliveries(destination_id, id) WHERE final = 0",
        "CREATE INDEX deliveries_by_state ON deliveries(state, send_at_ms, id) WHERE final = 0",
        R"(CREATE INDEX deliveries_ended ON deliveries(finished_at_ms, id)
            WHERE final = 1 AND slot_id IS NULL)",

        // Written once, so apart from what every step writes.
        R"(CREATE TABLE payloads (
            delivery_id INTEGER PRIMARY KEY REFERENCES deliveries(id) ON DELETE CASCADE,
            hash        TEXT NOT NULL,
            payload     TEXT NOT NULL
        ) STRICT)",

        R"(CREATE TABLE delivery_history (
            id          INTEGER PRIMARY KEY AUTOINCREMENT,
            at_ms       INTEGER NOT NULL,
            slot_id     INTEGER REFERENCES slots(id) ON DELETE CASCADE,       -- NULL: of a delivery without slot,
            loose_id    INTEGER REFERENCES deliveries(id) ON DELETE CASCADE,  -- which is named here
            delivery_id INTEGER NOT NULL,                                     -- 0: of the slot as a whole
            event       TEXT NOT NULL,
            worker      TEXT NOT NULL,
            epoch       INTEGER NOT NULL,
            detail      TEXT NOT NULL
        ) STRICT)",
        "CREATE INDEX history_of_slot ON delivery_history(slot_id, id) WHERE slot_id IS NOT NULL",
        "CREATE INDEX history_of_loose ON delivery_history(loose_id, id) WHERE loose_id IS NOT NULL",

        R"(CREATE TABLE lanes (
            name          TEXT PRIMARY KEY,
            worker        TEXT NOT NULL,  -- empty: nobody's
            epoch         INTEGER NOT NULL,
            until_ms      INTEGER NOT NULL,
            not_before_ms INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID)",

        R"(CREATE TABLE withdrawals (
            insight_id INTEGER PRIMARY KEY,
            reason     TEXT NOT NULL,
            at_ms      INTEGER NOT NULL,
            open       INTEGER NOT NULL  -- its corrections are not enqueued yet
        ) STRICT)",
        "CREATE INDEX withdrawals_open ON withdrawals(at_ms, insight_id) WHERE open = 1",

        R"(CREATE TABLE inbox (
            platform TEXT NOT NULL,
            tenant   TEXT NOT NULL,
            event_id TEXT NOT NULL,
            at_ms    INTEGER NOT NULL,
            PRIMARY KEY (platform, tenant, event_id)
        ) STRICT, WITHOUT ROWID)",
        "CREATE INDEX inbox_by_time ON inbox(at_ms)",

        "CREATE TABLE notes (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID",
    };
}

}  // namespace podbrief::sqlite
