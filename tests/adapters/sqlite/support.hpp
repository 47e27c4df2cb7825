#pragma once
#include <gtest/gtest.h>
#include <sqlite3.h>

#include <boost/asio/io_context.hpp>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "adapters/sqlite/database.hpp"
#include "tests/contract/store_contract.hpp"
#include "tests/support/files.hpp"
#include "tests/support/run.hpp"

namespace podbrief::testing {

using sqlite::Database;

// A database in a temporary folder, opened when a test says so.
class SqliteTest : public ::testing::Test {
protected:
    std::unique_ptr<Database> open(bool exclusive = true, int readers = 2, Millis busy_wait = Millis{10'000}) {
        Database::Options options;
        options.path = file;
        options.exclusive = exclusive;
        options.readers = readers;
        options.busy_wait = busy_wait;
        return Database::open(context.get_executor(), options);
    }

    template <class T>
    T get(asio::awaitable<T> call) {
        return run(context, std::move(call), patience);
    }

    // What `action` fails with; fails the test when it does not fail.
    template <class Action>
    static StoreFailure failure_of(Action action) {
        try {
            action();
        } catch (const StoreFailure& failure) {
            EXPECT_EQ(std::string(failure.what()).find('\n'), std::string::npos) << failure.what();
            return failure;
        }
        ADD_FAILURE() << "it did not fail";
        return {StoreFailure::Kind::other, ""};
    }

    TemporaryFolder folder;
    std::filesystem::path file = folder.path() / "podbrief.db";
    asio::io_context context;
};

// Another program on the same file.
class RawConnection {
public:
    explicit RawConnection(const std::filesystem::path& file) {
        if (sqlite3_open(file.c_str(), &handle_) != SQLITE_OK) throw std::runtime_error(sqlite3_errmsg(handle_));
        sqlite3_wal_autocheckpoint(handle_, 0);
    }
    ~RawConnection() { sqlite3_close(handle_); }
    RawConnection(const RawConnection&) = delete;
    RawConnection& operator=(const RawConnection&) = delete;

    // The first value of the first row; empty: none.
    std::string execute(const std::string& sql) {
        std::string value;
        const auto keep = [](void* to, int, char** values, char**) {
            auto& kept = *static_cast<std::string*>(to);
            if (kept.empty() && values[0] != nullptr) kept = values[0];
            return 0;
        };
        if (sqlite3_exec(handle_, sql.c_str(), keep, &value, nullptr) != SQLITE_OK) {
            throw std::runtime_error(sql + ": " + sqlite3_errmsg(handle_));
        }
        return value;
    }

private:
    sqlite3* handle_ = nullptr;
};

}  // namespace podbrief::testing
