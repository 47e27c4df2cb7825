#include <sys/resource.h>

#include <csignal>

#include "tests/adapters/sqlite/faulty_disk.hpp"
#include "tests/adapters/sqlite/support.hpp"

namespace podbrief::testing {
namespace {

using Kind = StoreFailure::Kind;

// Files of this process cannot grow beyond a size, as on a disk that is full.
class FileSizeLimit {
public:
    explicit FileSizeLimit(rlim_t bytes) {
        std::signal(SIGXFSZ, SIG_IGN);
        ::getrlimit(RLIMIT_FSIZE, &before_);
        const rlimit limit{bytes, before_.rlim_max};
        ::setrlimit(RLIMIT_FSIZE, &limit);
    }
    ~FileSizeLimit() { ::setrlimit(RLIMIT_FSIZE, &before_); }
    FileSizeLimit(const FileSizeLimit&) = delete;
    FileSizeLimit& operator=(const FileSizeLimit&) = delete;

private:
    rlimit before_{};
};

class AFullDisk : public SqliteTest {
protected:
    Reader big_reader(int number) {
        Reader reader = sample_reader("reader " + std::to_string(number));
        reader.profile.persons = {std::string(60'000, 'x')};
        return reader;
    }

    // Writes until it fails; says how many were acknowledged.
    int fill(Database& database) {
        for (int written = 0; written < 1000; ++written) {
            try {
                get(database.readers().save(big_reader(written)));
            } catch (const StoreFailure& failure) {
                EXPECT_EQ(failure.kind(), Kind::disk_full) << failure.what();
                EXPECT_NE(std::string(failure.what()).find(file.string()), std::string::npos) << failure.what();
                return written;
            }
        }
        ADD_FAILURE() << "it was never full";
        return 0;
    }
};

TEST_F(AFullDisk, RefusesWritesKeepsReadingAndGoesOnWhenThereIsSpace) {
    const auto database = open();
    int written = 0;
    {
        const FileSizeLimit limit(2 << 20);
        written = fill(*database);
        EXPECT_GT(written, 5);
        EXPECT_EQ(get(database->readers().readers()).size(), static_cast<std::size_t>(written));
        EXPECT_EQ(failure_of([&] { get(database->readers().save(big_reader(-1))); }).kind(), Kind::disk_full);
    }
    EXPECT_TRUE(get(database->readers().save(big_reader(-2))).id);
    EXPECT_EQ(get(database->readers().readers()).size(), static_cast<std::size_t>(written) + 1);
    EXPECT_NO_THROW(get(database->check()));
}

TEST_F(AFullDisk, LeavesAllThatWasAcknowledgedForTheNextStart) {
    int written = 0;
    {
        const FileSizeLimit limit(2 << 20);
        written = fill(*open());
    }
    const auto database = open();
    EXPECT_EQ(get(database->readers().readers()).size(), static_cast<std::size_t>(written));
    EXPECT_NO_THROW(get(database->check()));
}

TEST_F(AFullDisk, SaysHowMuchIsFreeAndWhatToDo) {
    FaultyDisk disk;
    const auto database = open();
    disk.be_full(true);
    const StoreFailure failure = failure_of([&] { get(database->readers().save(big_reader(1))); });
    EXPECT_EQ(failure.kind(), Kind::disk_full);
    const std::string message = failure.what();
    EXPECT_NE(message.find("the disk is full"), std::string::npos) << message;
    EXPECT_NE(message.find("MiB free"), std::string::npos) << message;
    EXPECT_NE(message.find("Make space"), std::string::npos) << message;
    disk.be_full(false);
    EXPECT_TRUE(get(database->readers().save(big_reader(1))).id);
}

TEST_F(AFullDisk, DuringACheckpointLosesNothing) {
    FaultyDisk disk;
    int written = 0;
    {
        const auto database = open();
        // Enough for several checkpoints, every other of which finds the disk full.
        for (; written < 200; ++written) {
            const bool full = written % 40 < 20;
            if (full && database->activity().wal_bytes > (3 << 20)) disk.be_full(true);
            try {
                get(database->readers().save(big_reader(written)));
            } catch (const StoreFailure& failure) {
                EXPECT_EQ(failure.kind(), Kind::disk_full);
                disk.be_full(false);
                get(database->readers().save(big_reader(written)));
            }
        }
        disk.be_full(true);  // at the last checkpoint too
    }
    disk.be_full(false);
    const auto database = open();
    EXPECT_EQ(get(database->readers().readers()).size(), static_cast<std::size_t>(written));
    EXPECT_NO_THROW(get(database->check()));
}

TEST_F(AFullDisk, AtTheFirstStartIsOneClearLine) {
    FaultyDisk disk;
    disk.be_full(true);
    EXPECT_EQ(failure_of([&] { open(); }).kind(), Kind::disk_full);
    disk.be_full(false);
    EXPECT_NO_THROW(get(open()->check()));
}

}  // namespace
}  // namespace podbrief::testing
