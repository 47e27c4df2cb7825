#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "adapters/sqlite/connection.hpp"
#include "core/ports/outbox_rules.hpp"
#include "core/ports/outbox_store.hpp"

// What is asked of deliveries; each is called within a transaction.
namespace podbrief::sqlite {

std::vector<outbox::DeliveryEnd> ends_of(Connection& connection, SlotId slot);
std::vector<Delivery> due(Connection& connection, const std::string& lane, WallTime now,
                          const std::string& after_tenant, std::size_t per_tenant, std::size_t limit);
std::optional<WallTime> next_due(Connection& connection, const std::string& lane);
std::vector<Delivery> sent_with(Connection& connection, InsightId insight, std::size_t limit);
std::optional<Delivery> delivery_with(Connection& connection, const std::string& key);
std::optional<Delivery> sent_as(Connection& connection, const Destination& chat, const std::string& message_ref);
OutboxCounts outbox_counts(Connection& connection);
std::vector<Delivery> parked(Connection& connection, std::size_t limit);
void prune_loose_deliveries(Connection& connection, WallTime before, std::size_t limit);

// When they may be looked at depends on what changed of their destination.
void look_again_at(Connection& connection, DestinationId destination);

// The columns that `read_delivery` takes, of the table under its short name `d`, with its payload `p`.
#define PODBRIEF_DELIVERY                                                                                          \
    "SELECT d.id, d.kind, d.reader_id, d.slot_id, d.sequence, d.destination_id, d.platform, d.workspace, d.chat, " \
    "d.thread, d.lane, d.tenant, d.part, d.parts, d.key, p.payload, p.hash, d.send_at_ms, d.expires_at_ms, "       \
    "d.quiet_begin_ms, d.quiet_end_ms, d.state, d.next_at_ms, d.epoch, d.worker, d.step, d.attempts, d.crashes, "  \
    "d.attempt_at_ms, d.first_unknown_at_ms, d.placeholder_ref, d.placeholders_lost, d.message_ref, d.plainness, " \
    "d.reason, d.superseded_by, d.created_at_ms, d.finished_at_ms "                                                \
    "FROM deliveries d CROSS JOIN payloads p ON p.delivery_id = d.id "
Delivery read_delivery(Query& row);
std::vector<Delivery> read_deliveries(Query row);

}  // namespace podbrief::sqlite
