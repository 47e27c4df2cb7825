#pragma once
#include <vector>

#include "adapters/sqlite/connection.hpp"
#include "core/ports/outbox_store.hpp"

namespace podbrief::sqlite {

std::vector<DestinationRecord> destinations(Connection& connection, ReaderId reader);

}  // namespace podbrief::sqlite
