#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "adapters/sqlite/connection.hpp"
#include "core/ports/inbox_store.hpp"

// The statements behind InboxStore; each is called within a transaction.
namespace podbrief::sqlite {

std::optional<std::int64_t> accept(Connection& connection, const Incoming& incoming, WallTime now);
std::vector<InboxStore::Item> claim_items(Connection& connection, const std::string& worker, WallTime now,
                                          WallTime lease_until, std::size_t limit);
void end_other_claims(Connection& connection, const std::string& worker);
void close_item(Connection& connection, std::int64_t id);
std::size_t open_items(Connection& connection);
int prune_inbox(Connection& connection, WallTime before, std::size_t limit);

// Closes what is open and came from an account of the reader.
void close_items_of(Connection& connection, ReaderId reader);

}  // namespace podbrief::sqlite
