#include "adapters/sqlite/migrations.hpp"

#include <fmt/format.h>

namespace podbrief::sqlite {
namespace {

constexpr std::int64_t application_id = 0x70627266;  // "pbrf"; what `file` and others know our files by

std::int64_t pragma(Connection& connection, std::string_view sql) {
    Query query = connection.query(sql);
    return query.next() ? query.integer() : 0;
}

}  // namespace

int schema_number(Connection& connection, int latest) {
    const auto number = static_cast<int>(pragma(connection, "PRAGMA user_version"));
    const std::int64_t program = pragma(connection, "PRAGMA application_id");
    const bool empty = pragma(connection, "SELECT count(*) FROM sqlite_schema") == 0;
    const std::string name = connection.file().string();
    if (program != application_id && !(empty && program == 0 && number == 0)) {
        throw StoreFailure(StoreFailure::Kind::corrupt,
                           fmt::format("{} is the database of another program. Choose another path", name));
    }
    if (number > latest) {
        throw StoreFailure(StoreFailure::Kind::newer_schema,
                           fmt::format("{} was written by a newer podbrief (schema {}, this one knows up to {}). Use "
                                       "that version, or restore an older backup",
                                       name, number, latest));
    }
    return number;
}

void migrate(Connection& connection, std::span<const Migration> steps, const BeforeStatement& before) {
    const auto run = [&](const std::string& statement) {
        if (before) before(statement);
        connection.execute(statement);
    };
    const int latest = steps.empty() ? 0 : steps.back().number;
    int number = schema_number(connection, latest);
    for (const Migration& step : steps) {
        if (step.number <= number) continue;
        Transaction transaction(connection, Transaction::Begin::write);
        for (const std::string& statement : step.statements) run(statement);
        run(fmt::format("PRAGMA application_id = {}", application_id));
        run(fmt::format("PRAGMA user_version = {}", step.number));
        if (before) before("COMMIT");
        transaction.commit();
        number = step.number;
    }
}

}  // namespace podbrief::sqlite
