#include "adapters/sqlite/connection.hpp"

#include <SQLiteCpp/SQLiteCpp.h>
#include <sqlite3.h>

#include <cerrno>
#include <cmath>

#include "adapters/sqlite/failure.hpp"

namespace podbrief::sqlite {
namespace {

constexpr auto settings = R"(
    PRAGMA synchronous = FULL;
    PRAGMA foreign_keys = ON;
    PRAGMA mmap_size = 0;
    PRAGMA wal_autocheckpoint = 0;
    PRAGMA temp_store = MEMORY;
    PRAGMA trusted_schema = OFF;
    PRAGMA secure_delete = FAST;
)";

}  // namespace

Query::Query(Connection& connection, std::string_view sql, std::unique_ptr<SQLite::Statement> statement)
    : connection_(connection), sql_(sql), statement_(std::move(statement)) {}

Query::Query(Query&&) noexcept = default;

Query::~Query() {
    if (!statement_) return;
    statement_->tryReset();
    statement_->clearBindings();
    // A second use at the same time prepared one more; the first to come back is kept.
    connection_.idle_statements_.try_emplace(std::string(sql_), std::move(statement_));
}

bool Query::next() {
    column_ = 0;
    return statement_->executeStep();
}

void Query::run() {
    while (next()) {
    }
}

std::int64_t Query::integer() {
    return statement_->getColumn(column_++).getInt64();
}
double Query::real() {
    return statement_->getColumn(column_++).getDouble();
}
std::string Query::text() {
    return statement_->getColumn(column_++).getString();
}

std::optional<std::int64_t> Query::maybe_integer() {
    const SQLite::Column column = statement_->getColumn(column_++);
    if (column.isNull()) return std::nullopt;
    return column.getInt64();
}

std::optional<double> Query::maybe_real() {
    const SQLite::Column column = statement_->getColumn(column_++);
    if (column.isNull()) return std::nullopt;
    return column.getDouble();
}

std::optional<WallTime> Query::maybe_time() {
    const auto ms = maybe_integer();
    if (!ms) return std::nullopt;
    return from_ms(*ms);
}

void Query::bind(std::string_view value) {
    statement_->bind(++parameter_, std::string(value));
}
void Query::bind(double value) {
    statement_->bind(++parameter_, std::isnan(value) ? 0.0 : value);
}
void Query::bind(std::nullopt_t) {
    statement_->bind(++parameter_);
}
void Query::bind_integer(std::int64_t value) {
    statement_->bind(++parameter_, value);
}

Connection::Connection(const std::filesystem::path& file, Access access, Millis busy_wait)
    : file_(file), busy_wait_(busy_wait) {
    // Readers open for writing too, because even they write the WAL's index; query_only keeps them from the data.
    int flags = SQLite::OPEN_READWRITE | SQLite::OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
    if (access == Access::write) flags |= SQLite::OPEN_CREATE;
    try {
        database_ = std::make_unique<SQLite::Database>(file.string(), flags);
        wait_for_locks();
        database_->exec(settings);
        database_->exec(access == Access::write ? "PRAGMA cache_size = -8192" : "PRAGMA query_only = ON");
        page_bytes_ = database_->execAndGet("PRAGMA page_size").getInt();
    } catch (const SQLite::Exception& e) {
        throw translated(e, database_ ? sqlite3_system_errno(database_->getHandle()) : errno, file_);
    }
    // In place of SQLite's own hook, which would checkpoint.
    const auto remember = [](void* self, sqlite3*, const char*, int pages) {
        static_cast<Connection*>(self)->wal_pages_ = pages;
        return SQLITE_OK;
    };
    sqlite3_wal_hook(database_->getHandle(), remember, this);
}

void Connection::wait_for_locks() {
    // SQLite's own wait sleeps for up to 100 ms at a time and seldom meets the moment between two writes of a busy
    // process; this one looks every millisecond.
    const auto wait = [](void* self, int times) {
        if (Millis{times} >= static_cast<Connection*>(self)->busy_wait_) return 0;
        sqlite3_sleep(1);
        return 1;
    };
    sqlite3_busy_handler(database_->getHandle(), wait, this);
}

Connection::~Connection() = default;

Query Connection::prepare(std::string_view sql) {
    const auto idle = idle_statements_.find(sql);
    if (idle == idle_statements_.end()) {
        return Query(*this, sql, std::make_unique<SQLite::Statement>(*database_, std::string(sql)));
    }
    auto statement = std::move(idle->second);
    idle_statements_.erase(idle);
    return Query(*this, sql, std::move(statement));
}

void Connection::execute(const std::string& sql) {
    database_->exec(sql);
}
std::int64_t Connection::last_id() const {
    return database_->getLastInsertRowid();
}
int Connection::changed_rows() const {
    return database_->getChanges();
}
bool Connection::in_transaction() const {
    return sqlite3_get_autocommit(database_->getHandle()) == 0;
}

bool Connection::checkpoint(bool truncate) {
    int in_wal = 0;
    int moved = 0;
    const int mode = truncate ? SQLITE_CHECKPOINT_TRUNCATE : SQLITE_CHECKPOINT_PASSIVE;
    const int code = sqlite3_wal_checkpoint_v2(database_->getHandle(), nullptr, mode, &in_wal, &moved);
    if ((code & 0xff) == SQLITE_BUSY) return false;
    if (code != SQLITE_OK) throw SQLite::Exception(database_->getHandle(), code);
    if (truncate) wal_pages_ = 0;
    return in_wal == moved;
}

std::exception_ptr Connection::failure() {
    try {
        throw;
    } catch (const SQLite::Exception& e) {
        // SQLite does not note the cause of a failed COMMIT; errno still has it (see Transaction).
        const int left = errno;
        int cause = sqlite3_system_errno(database_->getHandle());
        if (cause == 0 && is_lack_of_space(left)) cause = left;
        if (is_failed_sync(e) && !failed_sync_) failed_sync_.emplace(translated(e, cause, file_));
        return std::make_exception_ptr(translated(e, cause, file_));
    } catch (...) {
        return std::current_exception();
    }
}

Transaction::Transaction(Connection& connection, Begin begin) : connection_(connection) {
    errno = 0;  // so that no earlier cause is taken for that of a failure to come
    connection_.run(begin == Begin::write ? "BEGIN IMMEDIATE" : "BEGIN");
}

Transaction::~Transaction() {
    if (done_ || !connection_.in_transaction()) return;  // SQLite rolls back by itself after some failures
    try {
        connection_.run("ROLLBACK");
    } catch (const std::exception&) {  // nothing can be done; the next BEGIN says so
    }
}

void Transaction::commit() {
    connection_.run("COMMIT");
    done_ = true;
}

}  // namespace podbrief::sqlite
