#include <sys/stat.h>
#include <unistd.h>

#include <thread>

#include "adapters/sqlite/migrations.hpp"
#include "tests/adapters/sqlite/support.hpp"

namespace podbrief::testing {
namespace {

using Kind = StoreFailure::Kind;
using ::testing::Test;

class OpeningADatabase : public SqliteTest {
protected:
    void expect_refusal(Kind kind, const std::string& words) {
        const StoreFailure failure = failure_of([&] { open(); });
        EXPECT_EQ(failure.kind(), kind) << failure.what();
        EXPECT_NE(std::string(failure.what()).find(words), std::string::npos) << failure.what();
        EXPECT_NE(std::string(failure.what()).find(file.string()), std::string::npos) << failure.what();
    }
};

TEST_F(OpeningADatabase, MakesAFileThatIsItsOwnersAlone) {
    open();
    struct stat info{};
    ASSERT_EQ(::stat(file.c_str(), &info), 0);
    EXPECT_EQ(info.st_mode & 0777, 0600U);
}

TEST_F(OpeningADatabase, ASecondOwnerIsRefusedWithTheProcessOfTheFirst) {
    const auto first = open();
    expect_refusal(Kind::in_use, "process " + std::to_string(::getpid()));
    EXPECT_FALSE(get(first->library().next_feed_due()));  // the first is not disturbed
}

TEST_F(OpeningADatabase, AnOwnerThatClosedMakesRoomForTheNext) {
    open();
    EXPECT_NO_THROW(open());
}

TEST_F(OpeningADatabase, AGuestReadsAndWritesBesideTheOwner) {
    const auto owner = open();
    const auto guest = open(false);
    const auto other_guest = open(false);
    const ReaderId anna = get(guest->readers().save(sample_reader("anna"))).id;
    EXPECT_EQ(get(owner->readers().reader(anna))->name, "anna");
    const ReaderId bo = get(owner->readers().save(sample_reader("bo"))).id;
    EXPECT_EQ(get(other_guest->readers().reader(bo))->name, "bo");
}

TEST_F(OpeningADatabase, AGuestDoesNotKeepAnOwnerOut) {
    const auto guest = open(false);  // and makes the file
    const auto owner = open();
    const Reader anna = get(owner->readers().save(sample_reader("anna")));
    EXPECT_EQ(get(guest->readers().reader_named("anna")), anna);
}

TEST_F(OpeningADatabase, AGuestDoesNotMigrateUnderAnOwner) {
    const auto owner = open();
    RawConnection(file).execute("PRAGMA user_version = 0");
    const StoreFailure failure = failure_of([&] { open(false); });
    EXPECT_EQ(failure.kind(), Kind::in_use);
}

TEST_F(OpeningADatabase, AFolderThatIsMissingIsNamed) {
    file = folder.path() / "missing" / "podbrief.db";
    expect_refusal(Kind::unreadable, "the folder " + file.parent_path().string() + " does not exist");
}

TEST_F(OpeningADatabase, AFolderInPlaceOfTheFileIsRefused) {
    file = folder.path();
    expect_refusal(Kind::unreadable, "is a folder");
}

TEST_F(OpeningADatabase, AFolderThatCannotBeWrittenIsNamed) {
    if (!std::filesystem::is_directory("/sys/kernel")) GTEST_SKIP() << "needs /sys, where even root cannot make files";
    file = "/sys/kernel/podbrief.db";
    expect_refusal(Kind::unreadable, "Check the permissions");
}

TEST_F(OpeningADatabase, AFileThatIsNoDatabaseIsRefusedAndLeftAsItIs) {
    const std::string text = "Dear diary, " + std::string(5000, 'x');
    write_file(file, text);
    expect_refusal(Kind::corrupt, "not a database");
    EXPECT_EQ(read_file(file), text);
}

TEST_F(OpeningADatabase, TheDatabaseOfAnotherProgramIsRefusedAndLeftAsItIs) {
    RawConnection(file).execute("CREATE TABLE theirs (x); INSERT INTO theirs VALUES (1)");
    const std::string before = read_file(file);
    expect_refusal(Kind::corrupt, "another program");
    EXPECT_EQ(read_file(file), before);
}

TEST_F(OpeningADatabase, ANewerSchemaIsRefusedWithBothNumbers) {
    open();
    RawConnection(file).execute("PRAGMA user_version = 4711");
    expect_refusal(Kind::newer_schema,
                   "schema 4711, this one knows up to " + std::to_string(sqlite::migrations().back().number));
}

TEST_F(OpeningADatabase, AFileCutShortIsRefused) {
    open();
    std::filesystem::resize_file(file, 5000);
    try {
        get(open()->check());
        ADD_FAILURE() << "the damage was not seen";
    } catch (const StoreFailure& failure) {
        EXPECT_EQ(failure.kind(), Kind::corrupt) << failure.what();
    }
}

TEST_F(OpeningADatabase, AnEmptyFileIsTakenAsNew) {
    write_file(file, "");
    EXPECT_NO_THROW(get(open()->check()));
}

TEST_F(OpeningADatabase, ARestoredCopyWithoutLogIsPutOnALogAgain) {
    get(open()->readers().save(sample_reader("anna")));
    const auto copy = folder.path() / "copy.db";
    RawConnection(file).execute("VACUUM INTO '" + copy.string() + "'");
    file = copy;
    EXPECT_TRUE(get(open()->readers().reader_named("anna")));
    EXPECT_EQ(RawConnection(file).execute("PRAGMA journal_mode"), "wal");
}

TEST_F(OpeningADatabase, CheckFindsDamage) {
    {
        const auto database = open();
        std::string notes(200'000, 'x');
        FeedUpdate update;
        update.podcast = get(database->library().add_podcast(sample_podcast("https://a.example"), {})).id;
        update.added = {identified(sample_episode("e1", noon))};
        update.added[0].episode.notes = notes;
        get(database->library().apply(update));
        EXPECT_NO_THROW(get(database->check()));
    }
    std::string bytes = read_file(file);
    // Every page from the fifth on: trees and long texts, but not the schema.
    std::fill(bytes.begin() + 4 * 4096, bytes.end(), '\xa5');
    write_file(file, bytes);
    const StoreFailure failure = failure_of([&] { get(open()->check()); });
    EXPECT_EQ(failure.kind(), Kind::corrupt) << failure.what();
    EXPECT_NE(std::string(failure.what()).find("restore a backup"), std::string::npos) << failure.what();
}

TEST_F(OpeningADatabase, TellsHowManyCallsArePending) {
    const auto database = open();
    EXPECT_EQ(database->activity().pending, 0U);
    RawConnection other(file);
    other.execute("BEGIN IMMEDIATE");
    bool ended = false;
    context.restart();
    asio::co_spawn(context, database->readers().save(sample_reader("anna")),
                   [&](const std::exception_ptr&, const Reader&) { ended = true; });
    context.poll();
    EXPECT_EQ(database->activity().pending, 1U);
    other.execute("ROLLBACK");
    context.run_for(patience);
    EXPECT_TRUE(ended);
    while (database->activity().pending > 0) std::this_thread::yield();  // the answer comes a moment before
}

}  // namespace
}  // namespace podbrief::testing
