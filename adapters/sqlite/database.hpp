#pragma once
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <cstdint>
#include <filesystem>
#include <memory>

#include "core/model/time.hpp"
#include "core/ports/account_store.hpp"
#include "core/ports/inbox_store.hpp"
#include "core/ports/key_store.hpp"
#include "core/ports/library_store.hpp"
#include "core/ports/outbox_store.hpp"
#include "core/ports/reader_store.hpp"
#include "core/ports/relation_store.hpp"
#include "core/ports/status_store.hpp"
#include "core/ports/store_failure.hpp"
#include "core/ports/tenant_store.hpp"
#include "core/ports/vector_store.hpp"

namespace podbrief::sqlite {

namespace asio = boost::asio;

// The store in one SQLite file. All disk work is done on threads of its own: one writer, which takes the writes that
// wait (128 at most), applies each within a savepoint of one transaction and commits once, and a few readers. Callers
// suspend and resume on their own executor; they may call from any number of coroutines.
//
// What is acknowledged survives a crash and a power cut (WAL, synchronous=FULL). A full disk fails the writes with
// StoreFailure{disk_full} and leaves reads working; writes work again by themselves when there is space. After a failed
// sync nobody knows what is on the disk: every later write throws, and the program is to be restarted.
class Database {
public:
    struct Options {
        std::filesystem::path path;  // made when absent, readable by its owner only; its folder must be there
        int readers = 2;             // threads that read, at least 1
        // True: takes the lock on `<path>.lock` for as long as it lives; one process at a time (serve, ingest).
        // False: works beside such an owner (ask, brief): reads and writes, but never checkpoints, and does not
        // change the schema while there is an owner.
        bool exclusive = true;
        Millis busy_wait{10'000};  // how long a write waits for a writer of another process before StoreFailure{in_use}
    };

    // Blocks (for the start of the program). Makes or migrates the schema. Throws StoreFailure, one clear line each:
    // in_use (another owner, with its pid), unreadable (folder missing, not permitted, not a file), corrupt (not a
    // database, not ours, damaged), newer_schema, disk_full. `io` must outlive the database.
    static std::unique_ptr<Database> open(asio::any_io_executor io, Options options);

    // Blocks until all that was begun is done (the callers are resumed later, by their executors), then checkpoints
    // and closes. Nothing may be called any more.
    ~Database();
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;

    LibraryStore& library();
    ReaderStore& readers();
    OutboxStore& outbox();
    InboxStore& inbox();
    AccountStore& accounts();
    TenantStore& tenants();
    KeyStore& keys();
    StatusStore& status();
    RelationStore& relations();
    VectorStore& vectors();

    // Reads the whole file (integrity_check, foreign_key_check); may take minutes for gigabytes. Throws
    // StoreFailure{corrupt} with the first thing that is wrong.
    asio::awaitable<void> check();

    // What happened since it was opened; may be asked from any thread.
    struct Activity {
        std::uint64_t writes = 0;       // calls that were committed
        std::uint64_t commits = 0;      // groups of them
        std::uint64_t checkpoints = 0;  // done by this process
        std::uint64_t wal_bytes = 0;    // after the latest commit
        std::uint64_t pending = 0;      // calls that were begun and whose callers' answers are not posted yet
    };
    Activity activity() const;

private:
    struct Parts;
    explicit Database(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> parts_;
};

}  // namespace podbrief::sqlite
