#include "adapters/sqlite/database.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

#include "adapters/sqlite/connection.hpp"
#include "adapters/sqlite/intake_stores.hpp"
#include "adapters/sqlite/key_store.hpp"
#include "adapters/sqlite/lock_file.hpp"
#include "adapters/sqlite/migrations.hpp"
#include "adapters/sqlite/reader_pool.hpp"
#include "adapters/sqlite/relation_store.hpp"
#include "adapters/sqlite/status_store.hpp"
#include "adapters/sqlite/stores.hpp"
#include "adapters/sqlite/vector_store.hpp"
#include "adapters/sqlite/writer.hpp"

namespace podbrief::sqlite {
namespace {

using Kind = StoreFailure::Kind;

// SQLite would make the file readable by everybody (but for the umask); readers' profiles are nobody's business.
void make_private_file(const std::filesystem::path& file) {
    const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (descriptor < 0) {
        throw StoreFailure(Kind::unreadable,
                           fmt::format("{} cannot be opened for writing: {}. Check the permissions of "
                                       "the file and its folder, or choose another path",
                                       file.string(), std::generic_category().message(errno)));
    }
    ::close(descriptor);
}

void use_wal(Connection& connection) {
    Query mode = connection.query("PRAGMA journal_mode = WAL");
    mode.next();
    if (mode.text() == "wal") return;
    throw StoreFailure(Kind::unreadable, fmt::format("{} cannot be used with a write-ahead log. Put the database on a "
                                                     "local disk",
                                                     connection.file().string()));
}

std::unique_ptr<Connection> open_connection(const std::filesystem::path& file, Access access, Millis busy_wait) {
    return std::make_unique<Connection>(file, access, busy_wait);
}

void prepare_schema(Connection& connection, const LockFile& lock, bool owner) {
    try {
        const int latest = migrations().back().number;
        const bool current = schema_number(connection, latest) == latest;
        // An older podbrief may be at work on the older schema.
        if (!current && !owner) lock.expect_no_owner();
        use_wal(connection);  // even with the schema in place: a restored copy may have lost it
        if (!current) migrate(connection, migrations());
    } catch (...) {
        std::rethrow_exception(connection.failure());
    }
}

void check_all(Connection& connection) {
    const auto expect_nothing_wrong = [&](std::string_view sql, std::string_view fine) {
        Query row = connection.query(sql);
        if (!row.next()) return;
        const std::string found = row.text();
        if (found == fine) return;
        throw StoreFailure(Kind::corrupt, fmt::format("{} is damaged: {}. Stop podbrief and restore a backup; keep the "
                                                      "damaged file",
                                                      connection.file().string(), found.substr(0, found.find('\n'))));
    };
    expect_nothing_wrong("PRAGMA integrity_check(1)", "ok");
    expect_nothing_wrong(
        "SELECT 'a row of ' || \"table\" || ' names a row of ' || parent || ' that is not there' "
        "FROM pragma_foreign_key_check LIMIT 1",
        "");
}

}  // namespace

// In the order in which they are made; they go the other way round: readers, writer (which checkpoints), lock.
struct Database::Parts {
    explicit Parts(const std::filesystem::path& file) : lock(file) {}

    LockFile lock;
    std::unique_ptr<Writer> writer;
    std::unique_ptr<ReaderPool> readers;
    std::unique_ptr<SqliteLibrary> library;
    std::unique_ptr<SqliteReaders> reader_store;
    std::unique_ptr<SqliteOutbox> outbox;
    std::unique_ptr<SqliteInbox> inbox;
    std::unique_ptr<SqliteAccounts> accounts;
    std::unique_ptr<SqliteTenants> tenants;
    std::unique_ptr<SqliteKeys> keys;
    std::unique_ptr<SqliteStatus> status;
    std::unique_ptr<SqliteRelations> relations;
    std::unique_ptr<SqliteVectors> vectors;
    asio::any_io_executor io;
};

std::unique_ptr<Database> Database::open(asio::any_io_executor io, Options options) {
    const std::filesystem::path& file = options.path;
    std::error_code ignored;
    if (std::filesystem::is_directory(file, ignored)) {
        throw StoreFailure(Kind::unreadable, fmt::format("{} is a folder. Choose the path of a file in it, such as {}",
                                                         file.string(), (file / "podbrief.db").string()));
    }
    auto parts = std::make_unique<Parts>(file);
    if (options.exclusive) parts->lock.own();
    const LockFile::Setup setup(parts->lock, options.busy_wait);
    make_private_file(file);
    auto writing = open_connection(file, Access::write, options.busy_wait);
    prepare_schema(*writing, parts->lock, options.exclusive);
    std::vector<std::unique_ptr<Connection>> reading;
    for (int i = 0; i < std::max(1, options.readers); ++i) {
        reading.push_back(open_connection(file, Access::read, options.busy_wait));
    }
    parts->writer =
        std::make_unique<Writer>(std::move(writing), parts->lock,
                                 options.exclusive ? Writer::Role::owner : Writer::Role::guest, options.busy_wait);
    parts->readers = std::make_unique<ReaderPool>(std::move(reading));
    const Threads threads{io, parts->writer->queue(), parts->readers->queue()};
    parts->library = std::make_unique<SqliteLibrary>(threads);
    parts->reader_store = std::make_unique<SqliteReaders>(threads);
    parts->outbox = std::make_unique<SqliteOutbox>(threads);
    parts->inbox = std::make_unique<SqliteInbox>(threads);
    parts->accounts = std::make_unique<SqliteAccounts>(threads);
    parts->tenants = std::make_unique<SqliteTenants>(threads);
    parts->keys = std::make_unique<SqliteKeys>(threads);
    parts->status = std::make_unique<SqliteStatus>(threads);
    parts->relations = std::make_unique<SqliteRelations>(threads);
    parts->vectors = std::make_unique<SqliteVectors>(threads);
    parts->io = std::move(io);
    return std::unique_ptr<Database>(new Database(std::move(parts)));
}

Database::Database(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Database::~Database() = default;

LibraryStore& Database::library() {
    return *parts_->library;
}
ReaderStore& Database::readers() {
    return *parts_->reader_store;
}
OutboxStore& Database::outbox() {
    return *parts_->outbox;
}
InboxStore& Database::inbox() {
    return *parts_->inbox;
}
AccountStore& Database::accounts() {
    return *parts_->accounts;
}
RelationStore& Database::relations() {
    return *parts_->relations;
}
VectorStore& Database::vectors() {
    return *parts_->vectors;
}
TenantStore& Database::tenants() {
    return *parts_->tenants;
}

StatusStore& Database::status() {
    return *parts_->status;
}
KeyStore& Database::keys() {
    return *parts_->keys;
}

asio::awaitable<void> Database::check() {
    return run_in<void>(parts_->readers->queue(), parts_->io, check_all);
}

Database::Activity Database::activity() const {
    Writer& writer = *parts_->writer;
    const std::uint64_t pending = writer.queue().pending() + parts_->readers->queue().pending();
    return {writer.writes(), writer.commits(), writer.checkpoints(), writer.wal_bytes(), pending};
}

}  // namespace podbrief::sqlite
