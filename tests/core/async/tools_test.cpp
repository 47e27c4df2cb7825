#include <gtest/gtest.h>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/system/system_error.hpp>
#include <thread>

#include "core/async/parallel.hpp"
#include "core/async/run_on.hpp"
#include "core/async/task_scope.hpp"
#include "core/async/turnstile.hpp"
#include "core/async/until_first_ends.hpp"
#include "core/async/with_timeout.hpp"
#include "tests/support/manual_clock.hpp"
#include "tests/support/run.hpp"

namespace podbrief {
namespace {

using namespace std::chrono_literals;
using testing::ManualClock;
using testing::run;

// Starts a coroutine and lets everything go on until all wait.
struct Started {
    bool ended = false;
    std::exception_ptr failure;
};
std::shared_ptr<Started> start(asio::io_context& io, asio::awaitable<void> work) {
    auto started = std::make_shared<Started>();
    asio::co_spawn(io, std::move(work), [started](std::exception_ptr e) {
        started->ended = true;
        started->failure = e;
    });
    io.restart();
    io.poll();
    return started;
}
void settle(asio::io_context& io) {
    io.restart();
    io.poll();
}

bool was_aborted(std::exception_ptr failure) {
    try {
        if (failure) std::rethrow_exception(failure);
    } catch (const boost::system::system_error& error) {
        return error.code() == asio::error::operation_aborted;
    }
    return false;
}

asio::awaitable<Result<int>> answer_after(Clock& clock, Millis wait, bool& unwound) {
    struct Mark {
        bool& unwound;
        ~Mark() { unwound = true; }
    } mark{unwound};
    co_await clock.sleep_for(wait);
    co_return 42;
}

TEST(ManualClock, WakesSleepersInTheOrderInWhichTheyAreDue) {
    asio::io_context io;
    ManualClock clock;
    std::vector<int> woken;
    for (const int seconds : {3, 1, 2}) {
        start(io, [](ManualClock& c, std::vector<int>& w, int s) -> asio::awaitable<void> {
            co_await c.sleep_for(std::chrono::seconds(s));
            w.push_back(s);
        }(clock, woken, seconds));
    }
    clock.advance(1500ms);
    settle(io);
    EXPECT_EQ(woken, std::vector<int>({1}));
    while (clock.advance_to_next()) settle(io);
    EXPECT_EQ(woken, std::vector<int>({1, 2, 3}));
}

TEST(WithTimeout, GivesTheValueOfWorkThatEndsInTime) {
    asio::io_context io;
    ManualClock clock;
    bool unwound = false;
    Result<int> result = Errc::invalid;
    auto body = [&]() -> asio::awaitable<void> {
        result = co_await with_timeout(clock, 2000ms, answer_after(clock, 1000ms, unwound));
    };  // lives as long as its coroutine
    auto task = start(io, body());
    clock.advance(1000ms);
    settle(io);
    ASSERT_TRUE(task->ended);
    EXPECT_EQ(result.value(), 42);
    EXPECT_EQ(clock.sleepers(), 0u);
}

TEST(WithTimeout, CancelsAndUnwindsWorkThatTakesTooLong) {
    asio::io_context io;
    ManualClock clock;
    bool unwound = false;
    Result<int> result = 0;
    auto body = [&]() -> asio::awaitable<void> {
        result = co_await with_timeout(clock, 500ms, answer_after(clock, 1000ms, unwound));
    };  // lives as long as its coroutine
    auto task = start(io, body());
    clock.advance(500ms);
    settle(io);
    ASSERT_TRUE(task->ended);
    EXPECT_EQ(result.error(), make_error_code(Errc::timed_out));
    EXPECT_TRUE(unwound);
    EXPECT_EQ(clock.sleepers(), 0u);
}

TEST(WithTimeout, LetsAThrowOfTheWorkThroughAtOnce) {
    asio::io_context io;
    ManualClock clock;
    auto failing = []() -> asio::awaitable<Result<int>> {
        throw std::logic_error("broken");
        co_return 1;
    };
    auto body = [&]() -> asio::awaitable<void> {
        co_await with_timeout(clock, 1h, failing());
    };  // lives as long as its coroutine
    auto task = start(io, body());
    ASSERT_TRUE(task->ended);
    EXPECT_THROW(std::rethrow_exception(task->failure), std::logic_error);
}

TEST(TaskScope, StopsItsTasksAndIsDrainedWhenAllHaveEnded) {
    asio::io_context io;
    ManualClock clock;
    std::vector<std::string> ended;
    TaskScope scope(io.get_executor(), [&](const std::string& name, std::exception_ptr failure) {
        ended.push_back(name + (failure ? ": failed" : ""));
    });
    scope.spawn("sleeper", clock.sleep_for(1h));
    scope.spawn("second", clock.sleep_for(2h));
    settle(io);
    EXPECT_EQ(scope.size(), 2u);
    scope.request_stop();
    auto drained = start(io, scope.drained());
    settle(io);
    EXPECT_TRUE(drained->ended);
    EXPECT_EQ(ended, std::vector<std::string>({"sleeper", "second"}));  // being stopped is no failure
}

TEST(TaskScope, ReportsWhatATaskThrew) {
    asio::io_context io;
    std::string heard;
    TaskScope scope(io.get_executor(), [&](const std::string& name, std::exception_ptr failure) {
        try {
            if (failure) std::rethrow_exception(failure);
        } catch (const std::exception& error) {
            heard = name + ": " + error.what();
        }
    });
    scope.spawn("poller", []() -> asio::awaitable<void> {
        throw std::runtime_error("disk on fire");
        co_return;
    }());
    settle(io);
    EXPECT_EQ(heard, "poller: disk on fire");
}

TEST(ForEachParallel, WorksOnAtMostTheLimitAtATimeAndOnEveryItemOnce) {
    asio::io_context io;
    ManualClock clock;
    int running = 0;
    int most = 0;
    std::vector<int> seen;
    auto work = [&](int& item) -> asio::awaitable<void> {
        most = std::max(most, ++running);
        co_await clock.sleep_for(std::chrono::milliseconds(item));
        --running;
        seen.push_back(item);
    };
    std::vector<int> items = {50, 10, 20, 30, 40};
    auto task = start(io, for_each_parallel(items, 2, work));
    while (clock.advance_to_next()) settle(io);
    ASSERT_TRUE(task->ended);
    EXPECT_EQ(most, 2);
    EXPECT_EQ(seen, std::vector<int>({10, 20, 50, 30, 40}));
}

TEST(ForEachParallel, StopsAtTheFirstThrowAfterThoseUnderWayHaveEnded) {
    asio::io_context io;
    ManualClock clock;
    std::vector<int> done;
    auto work = [&](int& item) -> asio::awaitable<void> {
        co_await clock.sleep_for(std::chrono::milliseconds(item));
        if (item == 1) throw std::runtime_error("one is bad");
        done.push_back(item);
    };
    std::vector<int> items = {1, 5, 2, 3};
    auto task = start(io, for_each_parallel(items, 2, work));
    while (clock.advance_to_next()) settle(io);
    ASSERT_TRUE(task->ended);
    EXPECT_THROW(std::rethrow_exception(task->failure), std::runtime_error);
    EXPECT_EQ(done, std::vector<int>({5}));
}

TEST(ForEachParallel, PassesCancellationOnToItsWorkers) {
    asio::io_context io;
    ManualClock clock;
    auto work = [&](int&) -> asio::awaitable<void> { co_await clock.sleep_for(1h); };
    TaskScope scope(io.get_executor(), [](const std::string&, std::exception_ptr) {});
    std::vector<int> items = {1, 2, 3};
    scope.spawn("all", for_each_parallel(items, 2, work));
    settle(io);
    EXPECT_EQ(clock.sleepers(), 2u);
    scope.request_stop();
    settle(io);
    EXPECT_EQ(scope.size(), 0u);
    EXPECT_EQ(clock.sleepers(), 0u);
}

TEST(Turnstile, LetsOneInAtATimeInTheOrderOfArrival) {
    asio::io_context io;
    ManualClock clock;
    Turnstile turnstile(io.get_executor());
    std::vector<int> order;
    int inside = 0;
    auto visit = [&](int who) -> asio::awaitable<void> {
        const auto turn = co_await turnstile.enter();
        EXPECT_EQ(++inside, 1);
        co_await clock.sleep_for(10ms);
        --inside;
        order.push_back(who);
    };
    std::vector<std::shared_ptr<Started>> visits;
    for (int who = 1; who <= 4; ++who) visits.push_back(start(io, visit(who)));
    while (clock.advance_to_next()) settle(io);
    EXPECT_EQ(order, std::vector<int>({1, 2, 3, 4}));
}

TEST(Turnstile, ForgetsAVisitorWhoGaveUpWaiting) {
    asio::io_context io;
    ManualClock clock;
    Turnstile turnstile(io.get_executor());
    std::vector<int> order;
    auto visit = [&](int who) -> asio::awaitable<void> {
        const auto turn = co_await turnstile.enter();
        co_await clock.sleep_for(10ms);
        order.push_back(who);
    };
    auto first = start(io, visit(1));
    TaskScope scope(io.get_executor(), [](const std::string&, std::exception_ptr) {});
    scope.spawn("second", visit(2));
    settle(io);
    auto third = start(io, visit(3));
    scope.request_stop();
    settle(io);
    EXPECT_EQ(scope.size(), 0u);
    while (clock.advance_to_next()) settle(io);
    EXPECT_EQ(order, std::vector<int>({1, 3}));
}

TEST(Wakeup, RemembersANotificationThatCameBeforeTheWait) {
    asio::io_context io;
    Wakeup wakeup(io.get_executor());
    wakeup.notify();
    auto waiting = start(io, wakeup.wait());
    EXPECT_TRUE(waiting->ended);
    auto again = start(io, wakeup.wait());
    EXPECT_FALSE(again->ended);
    wakeup.notify();
    settle(io);
    EXPECT_TRUE(again->ended);
}

TEST(Wakeup, EndsWithOperationAbortedWhenCancelled) {
    asio::io_context io;
    Wakeup wakeup(io.get_executor());
    std::exception_ptr failure;
    asio::cancellation_signal signal;
    asio::co_spawn(io, wakeup.wait(),
                   asio::bind_cancellation_slot(signal.slot(), [&](std::exception_ptr e) { failure = e; }));
    settle(io);
    signal.emit(asio::cancellation_type::terminal);
    settle(io);
    EXPECT_TRUE(was_aborted(failure));
}

TEST(Wakeup, WaitsNoLongerThanItsLimitAndIsCancelledAsOneThing) {
    asio::io_context io;
    ManualClock clock;
    Wakeup wakeup(io.get_executor());
    auto waiting = start(io, wakeup.wait_for(clock, 10ms));
    clock.advance(10ms);
    settle(io);
    EXPECT_TRUE(waiting->ended);
    EXPECT_EQ(waiting->failure, nullptr);

    std::exception_ptr failure;
    asio::cancellation_signal signal;
    asio::co_spawn(io, wakeup.wait_for(clock, 1h),
                   asio::bind_cancellation_slot(signal.slot(), [&](std::exception_ptr e) { failure = e; }));
    settle(io);
    signal.emit(asio::cancellation_type::terminal);
    settle(io);
    EXPECT_TRUE(was_aborted(failure));
    EXPECT_EQ(clock.sleepers(), 0u);
}

TEST(RunOn, ComputesElsewhereAndComesBackToTheCallersThread) {
    asio::io_context io;
    asio::thread_pool pool(1);
    std::thread::id there;
    std::thread::id back;
    auto job = [&there] {
        there = std::this_thread::get_id();
        return 7;
    };
    const int value = run(io, [](asio::any_io_executor where, auto j, std::thread::id& b) -> asio::awaitable<int> {
        const int v = co_await run_on(where, j);
        b = std::this_thread::get_id();
        co_return v;
    }(pool.get_executor(), job, back));
    EXPECT_EQ(value, 7);
    EXPECT_NE(there, back);
    EXPECT_EQ(back, std::this_thread::get_id());
    pool.join();
}

TEST(RunOn, BringsTheExceptionBack) {
    asio::io_context io;
    asio::thread_pool pool(1);
    auto job = []() -> int { throw std::runtime_error("no"); };
    EXPECT_THROW(run(io, run_on(asio::any_io_executor(pool.get_executor()), job)), std::runtime_error);
    pool.join();
}

asio::awaitable<void> unwind_slowly(Clock& clock, std::vector<std::string>& seen, std::string name) {
    struct Mark {
        std::vector<std::string>& seen;
        std::string name;
        ~Mark() { seen.push_back(name + " unwound"); }
    } mark{seen, std::move(name)};
    co_await clock.sleep_for(1h);
}

asio::awaitable<void> fail_after(Clock& clock, Millis wait) {
    co_await clock.sleep_for(wait);
    throw std::runtime_error("the first");
}

TEST(UntilFirstEnds, StopsTheOthersWhenOneFailsAndThrowsWhatItThrew) {
    asio::io_context io;
    ManualClock clock;
    std::vector<std::string> seen;
    std::vector<NamedTask> tasks;
    tasks.push_back({"a", unwind_slowly(clock, seen, "a")});
    tasks.push_back({"b", fail_after(clock, 10ms)});
    tasks.push_back({"c", unwind_slowly(clock, seen, "c")});
    auto all = start(io, until_first_ends(std::move(tasks)));
    clock.advance(10ms);
    settle(io);
    ASSERT_TRUE(all->ended);
    EXPECT_THROW(std::rethrow_exception(all->failure), std::runtime_error);
    EXPECT_EQ(seen, std::vector<std::string>({"a unwound", "c unwound"}));
}

TEST(UntilFirstEnds, StopsAllWhenItIsCancelled) {
    asio::io_context io;
    ManualClock clock;
    std::vector<std::string> seen;
    std::vector<NamedTask> tasks;
    tasks.push_back({"a", unwind_slowly(clock, seen, "a")});
    tasks.push_back({"b", unwind_slowly(clock, seen, "b")});
    std::exception_ptr failure;
    asio::cancellation_signal signal;
    asio::co_spawn(io, until_first_ends(std::move(tasks)),
                   asio::bind_cancellation_slot(signal.slot(), [&](std::exception_ptr e) { failure = e; }));
    settle(io);
    signal.emit(asio::cancellation_type::terminal);
    settle(io);
    EXPECT_TRUE(was_aborted(failure));
    EXPECT_EQ(seen.size(), 2u);
    EXPECT_EQ(clock.sleepers(), 0u);
}

}  // namespace
}  // namespace podbrief
