#pragma once
#include <cstddef>
#include <string>
#include <vector>

#include "adapters/sqlite/connection.hpp"
#include "core/ports/outbox_store.hpp"

// Withdrawals, inbound events and notes; each is called within a transaction.
namespace podbrief::sqlite {

bool withdraw(Connection& connection, InsightId insight, const std::string& reason, WallTime now);
std::vector<OutboxStore::Withdrawal> withdrawals(Connection& connection, const std::vector<InsightId>& insights);
std::vector<OutboxStore::Withdrawal> open_withdrawals(Connection& connection, std::size_t limit);
void close_withdrawal(Connection& connection, InsightId insight);

bool first_seen(Connection& connection, const std::string& platform, const std::string& tenant,
                const std::string& event_id, WallTime now);
void prune_seen(Connection& connection, WallTime now);

std::string note(Connection& connection, const std::string& name);
void set_note(Connection& connection, const std::string& name, const std::string& value);

}  // namespace podbrief::sqlite
