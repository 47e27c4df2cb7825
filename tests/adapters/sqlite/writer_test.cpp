#include "adapters/sqlite/writer.hpp"

#include "tests/adapters/sqlite/faulty_disk.hpp"
#include "tests/adapters/sqlite/support.hpp"

namespace podbrief::testing {
namespace {

using sqlite::Access;
using sqlite::Connection;
using sqlite::LockFile;
using sqlite::run_in;
using sqlite::Writer;

class WriterTest : public SqliteTest {
protected:
    WriterTest() : lock(file) {
        auto connection = std::make_unique<Connection>(file, Access::write, Millis{10'000});
        connection->execute("PRAGMA journal_mode = WAL; CREATE TABLE numbers (n INTEGER PRIMARY KEY)");
        writer = std::make_unique<Writer>(std::move(connection), lock, Writer::Role::owner, Millis{10'000});
    }

    asio::awaitable<void> insert(int number) {
        return run_in<void>(writer->queue(), context.get_executor(),
                            [number](Connection& c) { c.run("INSERT INTO numbers VALUES (?)", number); });
    }

    // Starts them all while another program holds the write lock, so that they wait together.
    std::vector<std::exception_ptr> together(std::vector<asio::awaitable<void>> calls) {
        RawConnection other(file);
        other.execute("BEGIN IMMEDIATE");
        std::vector<std::exception_ptr> outcomes(calls.size());
        std::size_t ended = 0;
        context.restart();
        for (std::size_t i = 0; i < calls.size(); ++i) {
            asio::co_spawn(context, std::move(calls[i]), [&, i](std::exception_ptr failure) {
                outcomes[i] = failure;
                ++ended;
            });
        }
        context.poll();  // all are queued
        other.execute("ROLLBACK");
        context.run_for(patience);
        EXPECT_EQ(ended, calls.size());
        return outcomes;
    }

    std::string stored() {
        return RawConnection(file).execute("SELECT group_concat(n) FROM (SELECT n FROM numbers ORDER BY n)");
    }

    static std::string message(const std::exception_ptr& failure) {
        if (!failure) return "";
        try {
            std::rethrow_exception(failure);
        } catch (const std::exception& e) {
            return e.what();
        }
    }

    FaultyDisk disk;
    LockFile lock;
    std::unique_ptr<Writer> writer;
};

TEST_F(WriterTest, WritesThatWaitTogetherAreCommittedAsOne) {
    std::vector<asio::awaitable<void>> calls;
    for (int i = 0; i < 100; ++i) calls.push_back(insert(i));
    const int syncs = disk.syncs();
    for (const auto& failure : together(std::move(calls))) EXPECT_FALSE(failure);
    EXPECT_EQ(writer->writes(), 100U);
    EXPECT_EQ(writer->commits(), 1U);
    EXPECT_LE(disk.syncs() - syncs, 2);  // the commit, and the head of a log that was started anew
}

TEST_F(WriterTest, AWriteThatThrowsTakesBackItsOwnWorkOnly) {
    std::vector<asio::awaitable<void>> calls;
    calls.push_back(insert(1));
    calls.push_back(run_in<void>(writer->queue(), context.get_executor(), [](Connection& c) {
        c.run("INSERT INTO numbers VALUES (2)");
        throw std::logic_error("no");
    }));
    calls.push_back(insert(1));  // there already: refused by SQLite
    calls.push_back(insert(3));
    const auto outcomes = together(std::move(calls));
    EXPECT_FALSE(outcomes[0]);
    EXPECT_EQ(message(outcomes[1]), "no");
    EXPECT_THROW(std::rethrow_exception(outcomes[2]), StoreFailure);
    EXPECT_FALSE(outcomes[3]);
    EXPECT_EQ(stored(), "1,3");
    EXPECT_EQ(writer->commits(), 1U);
    EXPECT_EQ(writer->writes(), 2U);
}

TEST_F(WriterTest, WhenTheCommitFailsNoneOfTheGroupIsApplied) {
    disk.be_full(true);
    std::vector<asio::awaitable<void>> calls;
    for (int i = 0; i < 5; ++i) calls.push_back(insert(i));
    for (const auto& failure : together(std::move(calls))) {
        EXPECT_NE(message(failure).find("the disk is full"), std::string::npos) << message(failure);
    }
    EXPECT_EQ(stored(), "");
    EXPECT_EQ(writer->commits(), 0U);

    disk.be_full(false);
    get(insert(7));
    EXPECT_EQ(stored(), "7");
}

TEST_F(WriterTest, AJobThatLosesTheWholeTransactionFailsTheGroup) {
    std::vector<asio::awaitable<void>> calls;
    calls.push_back(insert(1));
    calls.push_back(run_in<void>(writer->queue(), context.get_executor(), [](Connection& c) {
        c.run("ROLLBACK");  // as SQLite does by itself after some failures
        throw std::logic_error("lost");
    }));
    calls.push_back(insert(2));
    for (const auto& failure : together(std::move(calls))) EXPECT_EQ(message(failure), "lost");
    EXPECT_EQ(stored(), "");
    get(insert(3));
    EXPECT_EQ(stored(), "3");
}

TEST_F(WriterTest, AfterAFailedSyncNothingIsWrittenAnyMore) {
    get(insert(1));
    disk.fail_syncs(true);
    const std::string first = failure_of([&] { get(insert(2)); }).what();
    EXPECT_NE(first.find("cannot be synced"), std::string::npos) << first;
    disk.fail_syncs(false);
    EXPECT_EQ(failure_of([&] { get(insert(3)); }).what(), first);
    writer.reset();
    const std::string numbers = stored();
    EXPECT_TRUE(numbers == "1" || numbers == "1,2") << numbers;
}

}  // namespace
}  // namespace podbrief::testing
