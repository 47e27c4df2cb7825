#include "adapters/http/resolver.hpp"

#include <gtest/gtest.h>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/system/system_error.hpp>
#include <future>
#include <mutex>

#include "core/async/with_timeout.hpp"
#include "tests/adapters/http/world.hpp"
#include "tests/support/manual_clock.hpp"

namespace podbrief::net::testing {
namespace {

using podbrief::testing::ManualClock;

const Addresses some_address = {asio::ip::make_address("93.184.216.34")};

// Look-ups of names that start with "slow" end when the test says so.
struct Gate {
    std::promise<void> opened;
    std::shared_future<void> open = opened.get_future().share();
    std::mutex mutex;
    std::vector<std::string> begun;

    SystemResolver::Lookup lookup() {
        return [this](const std::string& host) -> Result<Addresses> {
            {
                const std::scoped_lock lock(mutex);
                begun.push_back(host);
            }
            if (host.starts_with("slow")) open.wait();
            if (host == "unknown.test") return Errc::not_found;
            return some_address;
        };
    }
};

TEST(SystemResolver, AsksTheSystem) {
    asio::io_context context;
    SystemResolver resolver(context.get_executor());
    const auto found = run(context, resolver.resolve("localhost"));
    ASSERT_TRUE(found) << found.error().message();
    ASSERT_FALSE(found->empty());
    for (const auto& address : *found) EXPECT_TRUE(address.is_loopback());
    const auto none = run(context, resolver.resolve("no-such-host.invalid"));
    ASSERT_FALSE(none);
    EXPECT_FALSE(none.error().message().empty());
}

TEST(SystemResolver, OneThatHangsDelaysNobodyElse) {
    Gate gate;
    asio::io_context context;
    {
        SystemResolver resolver(context.get_executor(), 4, gate.lookup());
        int slow_done = 0;
        for (const auto* host : {"slow1.test", "slow2.test", "slow3.test"}) {
            asio::co_spawn(context, resolver.resolve(host),
                           [&](std::exception_ptr, Result<Addresses>) { ++slow_done; });
        }
        for (int i = 0; i < 50; ++i) EXPECT_EQ(run(context, resolver.resolve("fast.test")).value(), some_address);
        EXPECT_FALSE(run(context, resolver.resolve("unknown.test")));
        EXPECT_EQ(slow_done, 0);
        gate.opened.set_value();
        context.restart();
        while (slow_done < 3) context.run_one();
    }
}

TEST(SystemResolver, IsLeftAtOnceByWhoGivesUp) {
    Gate gate;
    asio::io_context context;
    ManualClock clock;
    {
        SystemResolver resolver(context.get_executor(), 1, gate.lookup());
        auto gives_up = [&](std::string host) -> asio::awaitable<bool> {
            auto result = co_await with_timeout(clock, Millis{5'000}, resolver.resolve(host));
            co_return !result && result.error() == make_error_code(Errc::timed_out);
        };
        int given_up = 0;
        // The second waits for the only thread, and is never looked up after it was given up.
        for (const auto* host : {"slow1.test", "never.test"}) {
            asio::co_spawn(context, gives_up(host), [&](std::exception_ptr, bool gave_up) { given_up += gave_up; });
        }
        context.poll();
        clock.advance(Millis{5'000});
        while (given_up < 2) context.run_one();
        gate.opened.set_value();
        EXPECT_TRUE(run(context, resolver.resolve("next.test")));
    }
    EXPECT_EQ(gate.begun, (std::vector<std::string>{"slow1.test", "next.test"}));
}

}  // namespace
}  // namespace podbrief::net::testing
