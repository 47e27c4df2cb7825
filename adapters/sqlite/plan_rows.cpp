// Readers to be planned, and what is told of slots.
#include <algorithm>

#include "adapters/sqlite/delivery_rows.hpp"
#include "adapters/sqlite/destination_rows.hpp"
#include "adapters/sqlite/outbox_rows.hpp"
#include "adapters/sqlite/reader_rows.hpp"
#include "adapters/sqlite/slot_rows.hpp"
#include "core/ports/outbox_rules.hpp"

namespace podbrief::sqlite {
namespace {

#define SLOT "SELECT " PODBRIEF_SLOT_COLUMNS "FROM slots "

std::optional<Slot> last_slot(Connection& connection, ReaderId reader) {
    Query row = connection.query(
        SLOT "WHERE reader_id = ? AND state IN ('fired', 'superseded') ORDER BY sequence DESC LIMIT 1", reader);
    if (!row.next()) return std::nullopt;
    return read_slot(row);
}

ReaderPlan plan_of(Connection& connection, const OutboxRows::Planning& planning) {
    ReaderPlan plan;
    plan.reader = planning.reader;
    plan.last_sequence = planning.last_sequence;
    plan.schedule = planning.schedule;
    plan.open = SqliteOutboxRows(connection).open_slot(plan.reader.id);
    plan.last = last_slot(connection, plan.reader.id);
    plan.destinations = destinations(connection, plan.reader.id);
    std::erase_if(plan.destinations, [](const auto& d) { return d.state != DestinationState::active; });
    return plan;
}

std::vector<DeliveryEvent> events_of(Connection& connection, SlotId slot) {
    std::vector<DeliveryEvent> events;
    Query row = connection.query(
        "SELECT at_ms, delivery_id, event, worker, epoch, detail FROM delivery_history WHERE slot_id = ? ORDER BY id",
        slot);
    while (row.next()) {
        DeliveryEvent event;
        event.slot = slot;
        event.at = row.time();
        event.delivery = row.id<DeliveryId>();
        event.event = row.text();
        event.worker = row.text();
        event.epoch = row.integer();
        event.detail = row.text();
        events.push_back(std::move(event));
    }
    return events;
}

SlotStory story_of(Connection& connection, Slot slot) {
    SlotStory story;
    if (slot.brief) story.brief = brief(connection, slot.brief);
    story.deliveries = SqliteOutboxRows(connection).deliveries(slot.id);
    story.events = events_of(connection, slot.id);
    story.slot = std::move(slot);
    return story;
}

}  // namespace

std::vector<ReaderPlan> readers_to_plan(Connection& connection, WallTime now, std::size_t limit) {
    std::vector<ReaderId> due;
    {
        Query row = connection.query(
            "SELECT id FROM readers WHERE next_plan_at_ms <= ? ORDER BY next_plan_at_ms, id LIMIT ?", now, limit);
        while (row.next()) due.push_back(row.id<ReaderId>());
    }
    std::vector<ReaderPlan> plans;
    SqliteOutboxRows rows(connection);
    for (const ReaderId id : due) plans.push_back(plan_of(connection, *rows.planning(id)));
    return plans;
}

std::optional<WallTime> next_plan_at(Connection& connection) {
    Query row = connection.query("SELECT min(next_plan_at_ms) FROM readers");
    row.next();
    return row.maybe_time();
}

void replan_all(Connection& connection) {
    connection.run("UPDATE readers SET next_plan_at_ms = 0 WHERE next_plan_at_ms <> 0");
}

std::int64_t herd(Connection& connection, const std::string& platform, const std::string& workspace, WallTime due) {
    Query row = connection.query(
        "SELECT count(*) FROM slots s CROSS JOIN destinations d ON d.reader_id = s.reader_id "
        "WHERE s.state IN ('planned', 'composing', 'composed') AND s.due_at_ms = ?1 AND d.platform = ?2 "
        "AND (?3 = '' OR d.workspace = ?3) AND d.state = 'active'",
        due, platform, workspace);
    row.next();
    return row.integer();
}

std::vector<SlotStory> undelivered(Connection& connection, ReaderId reader, std::int64_t before_sequence) {
    std::vector<Slot> found;
    Query row =
        connection.query(SLOT "WHERE reader_id = ? AND sequence < ? ORDER BY sequence DESC", reader, before_sequence);
    outbox::UndeliveredSearch search;
    while (!search.is_over() && row.next()) {
        Slot slot = read_slot(row);
        if (search.takes(slot, ends_of(connection, slot.id))) found.push_back(std::move(slot));
    }
    std::reverse(found.begin(), found.end());
    std::vector<SlotStory> stories;
    for (Slot& slot : found) stories.push_back(story_of(connection, std::move(slot)));
    return stories;
}

std::optional<SlotStory> story(Connection& connection, ReaderId reader, const std::string& key) {
    Query row = connection.query(
        SLOT "WHERE reader_id = ? AND key = ? ORDER BY state = 'cancelled', sequence DESC LIMIT 1", reader, key);
    if (!row.next()) return std::nullopt;
    return story_of(connection, read_slot(row));
}

}  // namespace podbrief::sqlite
