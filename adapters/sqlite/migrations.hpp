#pragma once
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "adapters/sqlite/connection.hpp"

namespace podbrief::sqlite {

// One step of the schema: from `number - 1` to `number`, as one transaction together with the new number.
struct Migration {
    int number = 0;  // 1, 2, 3, ... without gaps; a step that was released never changes
    std::vector<std::string> statements;
};

// All steps, in order.
const std::vector<Migration>& migrations();

// The number of the schema in the file; 0: none yet. Throws StoreFailure: corrupt for the database of another
// program, newer_schema for a number above `latest`.
int schema_number(Connection& connection, int latest);

// Brings the file to the last step, from wherever it is. `before` hears of every statement before it is done; what it
// throws leaves the file at the last step that was finished.
using BeforeStatement = std::function<void(const std::string& statement)>;
void migrate(Connection& connection, std::span<const Migration> steps, const BeforeStatement& before = nullptr);

}  // namespace podbrief::sqlite
