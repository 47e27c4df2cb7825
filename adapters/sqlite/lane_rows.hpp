#pragma once
#include <string>
#include <vector>

#include "adapters/sqlite/connection.hpp"
#include "core/ports/outbox_store.hpp"

namespace podbrief::sqlite {

std::vector<LaneWork> lanes_with_work(Connection& connection);
void end_other_leases(Connection& connection, const std::string& worker);

}  // namespace podbrief::sqlite
