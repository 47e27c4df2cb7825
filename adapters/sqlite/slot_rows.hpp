#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "adapters/sqlite/connection.hpp"
#include "core/ports/outbox_store.hpp"

// What is asked of slots and of readers to be planned; each is called within a transaction.
namespace podbrief::sqlite {

std::vector<ReaderPlan> readers_to_plan(Connection& connection, WallTime now, std::size_t limit);
std::optional<WallTime> next_plan_at(Connection& connection);
void replan_all(Connection& connection);
std::int64_t herd(Connection& connection, const std::string& platform, const std::string& workspace, WallTime due);

// Those that claim_slots may claim.
std::vector<Slot> claimable_slots(Connection& connection, WallTime due_before, WallTime now, std::size_t limit);
std::optional<WallTime> next_slot_due(Connection& connection, WallTime latest_claim);
void end_other_composing(Connection& connection, const std::string& worker, WallTime now);

std::vector<SlotStory> undelivered(Connection& connection, ReaderId reader, std::int64_t before_sequence);
std::optional<SlotStory> story(Connection& connection, ReaderId reader, const std::string& key);
std::vector<Slot> slots(Connection& connection, ReaderId reader, std::size_t limit);
int prune_slots(Connection& connection, WallTime before, std::size_t limit);

// The columns that `read_slot` takes.
#define PODBRIEF_SLOT_COLUMNS                                                                           \
    "id, reader_id, sequence, key, due_at_ms, zone, state, brief_id, worker, lease_until_ms, crashes, " \
    "superseded_by, note, planned_at_ms, composed_at_ms "
Slot read_slot(Query& row);

}  // namespace podbrief::sqlite
