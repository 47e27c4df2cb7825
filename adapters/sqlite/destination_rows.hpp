#pragma once
#include <vector>

#include "adapters/sqlite/connection.hpp"
#include "core/ports/outbox_store.hpp"

namespace podbrief::sqlite {

std::vector<DestinationRecord> destinations(Connection& connection, ReaderId reader);
std::vector<DestinationRecord> destinations_in(Connection& connection, const Destination& chat);  // whatever the thread

}  // namespace podbrief::sqlite
