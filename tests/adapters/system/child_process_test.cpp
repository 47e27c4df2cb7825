#include "adapters/system/child_process.hpp"

#include <gtest/gtest.h>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <csignal>

#include "adapters/system/ffmpeg.hpp"
#include "adapters/system/real_clock.hpp"
#include "tests/support/files.hpp"
#include "tests/support/manual_clock.hpp"
#include "tests/support/run.hpp"

namespace podbrief::system {
namespace {

using namespace std::chrono_literals;
using podbrief::testing::run;

ChildCommand shell(const std::string& script) {
    ChildCommand command;
    command.program = "/bin/sh";
    command.arguments = {"-c", script};
    return command;
}

TEST(ChildProcess, TellsWhatItSaidAndHowItEnded) {
    asio::io_context io;
    RealClock clock;
    const auto good = run(io, run_child(clock, shell("echo out; echo err >&2")));
    ASSERT_TRUE(good);
    EXPECT_EQ(good->code, 0);
    EXPECT_EQ(good->output, "out\nerr\n");
    EXPECT_EQ(run(io, run_child(clock, shell("exit 7")))->code, 7);
    EXPECT_EQ(run(io, run_child(clock, shell("kill -9 $$")))->code, -1);
}

TEST(ChildProcess, GetsItsArgumentsAsTheyAreAndNothingOfOurEnvironment) {
    asio::io_context io;
    RealClock clock;
    ChildCommand echo;
    echo.program = "/bin/echo";
    echo.arguments = {"$(id)", "a b", "*", ";ls"};
    EXPECT_EQ(run(io, run_child(clock, echo))->output, "$(id) a b * ;ls\n");
    const auto environment = run(io, run_child(clock, shell("env")));
    EXPECT_EQ(environment->output.find("PODBRIEF"), std::string::npos);
    EXPECT_NE(environment->output.find("LC_ALL=C"), std::string::npos);
    EXPECT_EQ(run(io, run_child(clock, shell("cat; ls /proc/self/fd | wc -l")))->output, "4\n")
        << "its three streams and the folder it lists";
}

TEST(ChildProcess, ThatIsNotThereCannotBeStarted) {
    asio::io_context io;
    RealClock clock;
    ChildCommand command;
    command.program = "/nonexistent/program";
    const auto end = run(io, run_child(clock, command));
    ASSERT_FALSE(end);
    EXPECT_EQ(end.error(), Errc::unavailable);
}

TEST(ChildProcess, KeepsSoMuchOfItsOutputAndReadsTheRest) {
    asio::io_context io;
    RealClock clock;
    ChildCommand command = shell("head -c 1000000 /dev/zero; exit 3");
    command.most_output = 1000;
    const auto end = run(io, run_child(clock, command));
    ASSERT_TRUE(end);
    EXPECT_EQ(end->output.size(), 1000u);
    EXPECT_EQ(end->code, 3);
}

// The child says its number, so that one can see that it is gone.
bool is_alive(const std::filesystem::path& noted) {
    return ::kill(static_cast<pid_t>(std::stol(podbrief::testing::read_file(noted))), 0) == 0;
}

TEST(ChildProcess, IsKilledAtItsDeadline) {
    const podbrief::testing::TemporaryFolder folder;
    const auto noted = folder.path() / "pid";
    asio::io_context io;
    podbrief::testing::ManualClock clock;
    std::optional<Result<ChildEnd>> end;
    asio::co_spawn(io, run_child(clock, shell("echo $$ > " + noted.string() + "; echo ready; exec sleep 1000")),
                   [&](std::exception_ptr, Result<ChildEnd> e) { end = std::move(e); });
    while (!std::filesystem::exists(noted) || podbrief::testing::read_file(noted).empty()) io.poll();
    EXPECT_FALSE(end);
    clock.advance(61s);
    io.restart();
    while (!end) io.run_one();
    ASSERT_FALSE(end->has_value());
    EXPECT_EQ(end->error(), Errc::timed_out);
    EXPECT_FALSE(is_alive(noted));
}

TEST(ChildProcess, IsKilledWhenItIsCancelled) {
    const podbrief::testing::TemporaryFolder folder;
    const auto noted = folder.path() / "pid";
    asio::io_context io;
    podbrief::testing::ManualClock clock;
    asio::cancellation_signal stop;
    bool aborted = false;
    bool done = false;
    auto ended = [&](std::exception_ptr failure, const Result<ChildEnd>&) {
        done = true;
        try {
            if (failure) std::rethrow_exception(failure);
        } catch (const boost::system::system_error& error) {
            aborted = error.code() == asio::error::operation_aborted;
        }
    };
    asio::co_spawn(io, run_child(clock, shell("echo $$ > " + noted.string() + "; exec sleep 1000")),
                   asio::bind_cancellation_slot(stop.slot(), ended));
    while (!std::filesystem::exists(noted) || podbrief::testing::read_file(noted).empty()) io.poll();
    stop.emit(asio::cancellation_type::terminal);
    io.restart();
    while (!done) io.run_one();
    EXPECT_TRUE(aborted);
    EXPECT_FALSE(is_alive(noted));
}

TEST(FindProgram, LooksInThePathAndTakesPathsAsTheyAre) {
    EXPECT_TRUE(find_program("sh"));
    EXPECT_EQ(find_program("/bin/sh"), "/bin/sh");
    EXPECT_FALSE(find_program("no-such-program-anywhere"));
    EXPECT_FALSE(find_program("/etc/passwd")) << "not to be executed";
    EXPECT_FALSE(find_program(""));
}

}  // namespace
}  // namespace podbrief::system
