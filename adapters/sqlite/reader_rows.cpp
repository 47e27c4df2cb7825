#include "adapters/sqlite/reader_rows.hpp"

#include "adapters/sqlite/inbox_rows.hpp"
#include "adapters/sqlite/json_columns.hpp"
#include "adapters/sqlite/outbox_rows.hpp"
#include "core/ports/outbox_rules.hpp"

namespace podbrief::sqlite {
namespace {

#define READER                                                                                           \
    "SELECT id, name, time_zone, brief_at_min, cadence, paused_until_ms, quiet_from_min, quiet_to_min, " \
    "created_at_ms, "                                                                                    \
    "profile_json FROM readers "
#define BRIEF "SELECT id, reader_id, local_date, composed_at_ms, note, items_json, unsent FROM briefs "

std::optional<QuietHours> read_quiet(Query& row) {
    const auto from = row.maybe_integer();
    const auto to = row.maybe_integer();
    if (!from || !to) return std::nullopt;
    return QuietHours{std::chrono::minutes{*from}, std::chrono::minutes{*to}};
}

std::optional<std::int64_t> quiet_from(const Reader& r) {
    if (!r.quiet) return std::nullopt;
    return r.quiet->from.count();
}
std::optional<std::int64_t> quiet_to(const Reader& r) {
    if (!r.quiet) return std::nullopt;
    return r.quiet->to.count();
}

Reader read_reader(Query& row) {
    Reader r;
    r.id = row.id<ReaderId>();
    r.name = row.text();
    r.time_zone = row.text();
    r.brief_at = std::chrono::minutes{row.integer()};
    r.cadence = cadence_from(row.text()).value_or(Cadence::daily);
    r.paused_until = row.maybe_time();
    r.quiet = read_quiet(row);
    r.created_at = row.time();
    r.profile = profile_from(row.text());
    return r;
}

std::optional<Reader> first_reader(Query row) {
    if (!row.next()) return std::nullopt;
    return read_reader(row);
}

Brief read_brief(Query& row) {
    Brief b;
    b.id = row.id<BriefId>();
    b.reader = row.id<ReaderId>();
    b.local_date = row.text();
    b.composed_at = row.time();
    b.note = row.text();
    b.items = brief_items_from(row.text());
    b.unsent = row.flag();
    return b;
}

bool reader_exists(Connection& connection, ReaderId id) {
    return connection.query("SELECT 1 FROM readers WHERE id = ?", id).next();
}

Reader insert_reader(Connection& connection, Reader r) {
    if (auto known = reader_named(connection, r.name)) return *std::move(known);
    connection.run(
        "INSERT INTO readers (name, time_zone, brief_at_min, cadence, paused_until_ms, quiet_from_min, quiet_to_min, "
        "created_at_ms, profile_json) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        r.name, r.time_zone, r.brief_at.count(), to_string(r.cadence), r.paused_until, quiet_from(r), quiet_to(r),
        r.created_at, to_json(r.profile));
    r.id = ReaderId{connection.last_id()};
    return r;
}

}  // namespace

std::vector<Reader> readers(Connection& connection) {
    std::vector<Reader> all;
    Query row = connection.query(READER "ORDER BY name");
    while (row.next()) all.push_back(read_reader(row));
    return all;
}

std::optional<Reader> reader_named(Connection& connection, const std::string& name) {
    return first_reader(connection.query(READER "WHERE name = ?", name));
}

std::optional<Reader> reader(Connection& connection, ReaderId id) {
    return first_reader(connection.query(READER "WHERE id = ?", id));
}

Reader save_reader(Connection& connection, Reader r) {
    if (!r.id) return insert_reader(connection, std::move(r));
    auto stored = reader(connection, r.id);
    if (!stored) {
        r.id = {};
        return r;
    }
    const auto same_name = reader_named(connection, r.name);
    if (same_name && same_name->id != r.id) return *std::move(stored);
    connection.run(
        "UPDATE readers SET name = ?, time_zone = ?, brief_at_min = ?, cadence = ?, paused_until_ms = ?, "
        "quiet_from_min = ?, quiet_to_min = ?, created_at_ms = ?, profile_json = ? WHERE id = ?",
        r.name, r.time_zone, r.brief_at.count(), to_string(r.cadence), r.paused_until, quiet_from(r), quiet_to(r),
        r.created_at, to_json(r.profile), r.id);
    if (!same_schedule(*stored, r)) {
        SqliteOutboxRows rows(connection);
        outbox::schedule_changed(rows, r.id);
    }
    return r;
}

bool forget_reader(Connection& connection, ReaderId id) {
    // What is deleted is overwritten too, in every page.
    connection.run("PRAGMA secure_delete = ON");
    close_items_of(connection, id);
    connection.run("DELETE FROM readers WHERE id = ?", id);  // the rest goes with it
    const bool forgotten = connection.changed_rows() > 0;
    connection.run("PRAGMA secure_delete = FAST");
    return forgotten;
}

Brief save_brief(Connection& connection, Brief b) {
    if (auto stored = brief(connection, b.reader, b.local_date)) return *std::move(stored);
    b.id = {};
    if (!reader_exists(connection, b.reader)) return b;
    connection.run(
        "INSERT INTO briefs (reader_id, local_date, composed_at_ms, note, items_json, unsent) VALUES (?, ?, ?, ?, ?, "
        "?)",
        b.reader, b.local_date, b.composed_at, b.note, to_json(b.items), b.unsent);
    b.id = BriefId{connection.last_id()};
    for (const BriefItem& item : b.items) {
        connection.run("INSERT OR IGNORE INTO brief_insights (insight_id, brief_id) VALUES (?, ?)", item.insight, b.id);
    }
    return b;
}

std::optional<Brief> brief(Connection& connection, ReaderId reader, const std::string& local_date) {
    Query row = connection.query(BRIEF "WHERE reader_id = ? AND local_date = ?", reader, local_date);
    if (!row.next()) return std::nullopt;
    return read_brief(row);
}

std::optional<Brief> brief(Connection& connection, BriefId id) {
    Query row = connection.query(BRIEF "WHERE id = ?", id);
    if (!row.next()) return std::nullopt;
    return read_brief(row);
}

std::vector<Brief> briefs_since(Connection& connection, ReaderId reader, WallTime since) {
    std::vector<Brief> all;
    Query row = connection.query(
        BRIEF "WHERE reader_id = ? AND composed_at_ms >= ? ORDER BY composed_at_ms DESC, id DESC", reader, since);
    while (row.next()) all.push_back(read_brief(row));
    return all;
}

void save_feedback(Connection& connection, const Feedback& feedback) {
    if (!reader_exists(connection, feedback.reader)) return;
    connection.run("INSERT OR REPLACE INTO feedback (reader_id, insight_id, kind, at_ms) VALUES (?, ?, ?, ?)",
                   feedback.reader, feedback.insight, to_string(feedback.kind), feedback.at);
}

void remove_feedback(Connection& connection, ReaderId reader, InsightId insight, FeedbackKind kind) {
    connection.run("DELETE FROM feedback WHERE reader_id = ? AND insight_id = ? AND kind = ?", reader, insight,
                   to_string(kind));
}

std::vector<Feedback> feedback(Connection& connection, ReaderId reader) {
    std::vector<Feedback> all;
    Query row = connection.query(
        "SELECT insight_id, kind, at_ms FROM feedback WHERE reader_id = ? ORDER BY at_ms DESC, insight_id DESC, kind",
        reader);
    while (row.next()) {
        Feedback feedback;
        feedback.reader = reader;
        feedback.insight = row.id<InsightId>();
        feedback.kind = feedback_kind_from(row.text()).value_or(FeedbackKind::like);
        feedback.at = row.time();
        all.push_back(feedback);
    }
    return all;
}

ConversationState conversation(Connection& connection, const std::string& key) {
    Query row = connection.query("SELECT topic, listed_json, rest_json FROM conversations WHERE key = ?", key);
    if (!row.next()) return {};
    ConversationState state;
    state.topic = row.text();
    state.listed = insight_ids_from(row.text());
    read_rest(row.text(), state);
    return state;
}

void save_conversation(Connection& connection, const std::string& key, ReaderId reader,
                       const ConversationState& state) {
    if (reader && !reader_exists(connection, reader)) return;
    std::optional<ReaderId> known;
    if (reader) known = reader;
    connection.run(
        "INSERT OR REPLACE INTO conversations (key, reader_id, topic, listed_json, rest_json) VALUES (?, ?, ?, ?, ?)",
        key, known, state.topic, to_json(state.listed), rest_json(state));
}

}  // namespace podbrief::sqlite
