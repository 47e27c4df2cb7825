#pragma once
#include <cstdint>
#include <exception>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

#include "core/model/ids.hpp"
#include "core/model/time.hpp"
#include "core/ports/store_failure.hpp"

namespace SQLite {
class Database;
class Statement;
}  // namespace SQLite

namespace podbrief::sqlite {

class Connection;

// A prepared statement in use: its values are bound, its rows come one after the other, and the columns of a row are
// taken in the order of the SELECT. Goes back to its connection's cache when it leaves scope.
class Query {
public:
    Query(Query&&) noexcept;
    Query& operator=(Query&&) = delete;
    ~Query();

    bool next();  // the next row; false: no more
    void run();   // for statements without rows

    std::int64_t integer();
    double real();
    std::string text();
    bool flag() { return integer() != 0; }
    Millis millis() { return Millis{integer()}; }
    WallTime time() { return from_ms(integer()); }
    template <class T>
    T id() {
        return T{integer()};
    }
    std::optional<std::int64_t> maybe_integer();
    std::optional<double> maybe_real();
    std::optional<WallTime> maybe_time();
    void skip(int columns = 1) { column_ += columns; }

    // The next parameter. Text is copied.
    void bind(std::string_view value);
    void bind(const std::string& value) { bind(std::string_view(value)); }
    void bind(const char* value) { bind(std::string_view(value)); }
    void bind(double value);  // not a number: 0
    void bind(std::nullopt_t);
    template <class T>
        requires std::is_integral_v<T>
    void bind(T value) {
        bind_integer(static_cast<std::int64_t>(value));
    }
    void bind(WallTime value) { bind_integer(to_ms(value)); }
    void bind(Millis value) { bind_integer(value.count()); }
    template <class Tag>
    void bind(Id<Tag> value) {
        bind_integer(value.value);
    }
    template <class T>
    void bind(const std::optional<T>& value) {
        if (value) {
            bind(*value);
        } else {
            bind(std::nullopt);
        }
    }

private:
    friend class Connection;
    Query(Connection& connection, std::string_view sql, std::unique_ptr<SQLite::Statement> statement);
    void bind_integer(std::int64_t value);

    Connection& connection_;
    std::string_view sql_;
    std::unique_ptr<SQLite::Statement> statement_;
    int parameter_ = 0;
    int column_ = 0;
};

enum class Access { read, write };

// One connection to the file, set up as all of ours are: WAL, synchronous=FULL, foreign keys, no memory map, no
// checkpoints of its own accord. Used by one thread at a time. What its calls throw is
// for `failure` to translate.
class Connection {
public:
    // Opens the file (made when absent, for Access::write). `busy_wait`: for locks of other connections.
    Connection(const std::filesystem::path& file, Access access, Millis busy_wait);
    ~Connection();
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    // `sql` is a literal: statements are cached by it.
    template <class... Values>
    Query query(std::string_view sql, const Values&... values) {
        Query prepared = prepare(sql);
        (prepared.bind(values), ...);
        return prepared;
    }
    template <class... Values>
    void run(std::string_view sql, const Values&... values) {
        query(sql, values...).run();
    }
    // Several statements, not cached, without values.
    void execute(const std::string& sql);

    std::int64_t last_id() const;
    int changed_rows() const;  // by the last statement
    bool in_transaction() const;
    void set_busy_wait(Millis wait) { busy_wait_ = wait; }

    // Checkpoints the WAL; true: all of it was moved to the file. `truncate` waits for readers (as long as busy_wait)
    // and empties the WAL.
    bool checkpoint(bool truncate);
    // Pages in the WAL after the latest commit of this connection.
    int wal_pages() const { return wal_pages_; }
    int page_bytes() const { return page_bytes_; }

    // The exception that is being handled, for callers of the store: SQLite's own become a StoreFailure. Call it in a
    // catch block, before anything else is done with this connection.
    std::exception_ptr failure();
    // The first failed sync that `failure` saw, if any: nobody knows what is on the disk since.
    const std::optional<StoreFailure>& failed_sync() const { return failed_sync_; }
    const std::filesystem::path& file() const { return file_; }

private:
    friend class Query;
    Query prepare(std::string_view sql);
    void wait_for_locks();

    std::filesystem::path file_;
    std::unique_ptr<SQLite::Database> database_;
    std::map<std::string, std::unique_ptr<SQLite::Statement>, std::less<>> idle_statements_;
    Millis busy_wait_;
    int wal_pages_ = 0;
    int page_bytes_ = 4096;
    std::optional<StoreFailure> failed_sync_;
};

// A transaction that is rolled back unless it was committed.
class Transaction {
public:
    // Begin::read takes a snapshot with the first read; Begin::write waits for the write lock at once.
    enum class Begin { read, write };
    Transaction(Connection& connection, Begin begin);
    ~Transaction();
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;
    void commit();

private:
    Connection& connection_;
    bool done_ = false;
};

}  // namespace podbrief::sqlite
