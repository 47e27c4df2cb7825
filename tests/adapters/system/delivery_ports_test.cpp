// What delivery needs of the machine: a clock that does not stop while it sleeps, and a record of when we last ran.
#include <gtest/gtest.h>
#include <time.h>

#include <filesystem>

#include "adapters/system/machine.hpp"
#include "adapters/system/real_clock.hpp"
#include "adapters/system/run_record_file.hpp"
#include "tests/support/files.hpp"
#include "tests/support/run.hpp"

namespace podbrief::system {
namespace {

using podbrief::testing::read_file;
using podbrief::testing::run;
using podbrief::testing::TemporaryFolder;
using podbrief::testing::write_file;

SteadyTime since_boot() {
    timespec now{};
    clock_gettime(CLOCK_BOOTTIME, &now);
    return SteadyTime{
        std::chrono::floor<Millis>(std::chrono::seconds{now.tv_sec} + std::chrono::nanoseconds{now.tv_nsec})};
}

TEST(RealClock, MeasuresWithTheTimeThatTheMachineSlept) {
    const RealClock clock;
    const SteadyTime before = since_boot();
    const SteadyTime told = clock.steady_now();
    EXPECT_LE(before, told);
    EXPECT_LE(told, since_boot());
}

class RunRecordTest : public ::testing::Test {
protected:
    asio::io_context io_;
    WorkerPool pool_{1};
    TemporaryFolder folder_;
    std::filesystem::path file_ = folder_.path() / "podbrief.db.seen";
    RunRecordFile record_{pool_.executor(), file_};

    bool note(WallTime at) {
        auto work = [](RunRecordFile& record, WallTime when) -> asio::awaitable<bool> {
            co_await record.seen(when);
            co_return true;
        };
        return run(io_, work(record_, at));
    }
};

TEST_F(RunRecordTest, RemembersTheLatestTimeForTheNextStart) {
    note(from_ms(1'772'438'400'123));
    note(from_ms(1'772'438'460'456));
    RunRecordFile next_start(pool_.executor(), file_);
    EXPECT_EQ(run(io_, next_start.last_seen()), from_ms(1'772'438'460'456));
}

TEST_F(RunRecordTest, IsReplacedAsAWholeAndLeavesNothingElseBehind) {
    note(from_ms(1'000));
    EXPECT_EQ(read_file(file_), "1000\n");
    const auto entries = std::filesystem::directory_iterator(folder_.path());
    EXPECT_EQ(std::distance(begin(entries), end(entries)), 1);
    EXPECT_EQ(std::filesystem::status(file_).permissions(),
              std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
}

TEST_F(RunRecordTest, KnowsNothingFromAFileThatIsAbsentOrSaysSomethingElse) {
    EXPECT_EQ(run(io_, record_.last_seen()), std::nullopt);
    for (const char* text : {"", "\n", "yesterday\n", "12x\n", "-5\n", "99999999999999999999999\n"}) {
        SCOPED_TRACE(text);
        write_file(file_, text);
        EXPECT_EQ(run(io_, record_.last_seen()), std::nullopt);
    }
}

TEST_F(RunRecordTest, DoesNotMindThatItsFolderIsGone) {
    std::filesystem::remove_all(folder_.path());
    EXPECT_TRUE(note(from_ms(1'000)));
    EXPECT_EQ(run(io_, record_.last_seen()), std::nullopt);
}

}  // namespace
}  // namespace podbrief::system
