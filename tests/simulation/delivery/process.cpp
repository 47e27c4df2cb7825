#include "tests/simulation/delivery/process.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/system_error.hpp>

namespace podbrief::testing {

void Process::kill() {
    dead_ = true;
    resumed_.cancel();
}

void Process::resume() {
    stopped_ = false;
    resumed_.cancel();
}

asio::awaitable<void> Process::pass(const char* call, const char* moment) {
    die_if_dead();
    ++points_;
    if (on_point) on_point(*this, call, moment);
    while (stopped_ && !dead_) {
        co_await resumed_.async_wait(asio::as_tuple(asio::use_awaitable));
        const auto state = co_await asio::this_coro::cancellation_state;
        if (state.cancelled() != asio::cancellation_type::none) {
            throw boost::system::system_error(asio::error::operation_aborted);
        }
    }
    die_if_dead();
}

asio::awaitable<void> ProcessClock::sleep_for(Millis wait) {
    if (process_.dead()) throw Died{};
    co_await truth_.sleep_for(wait);
    if (process_.dead() || process_.stopped()) co_await process_.pass("clock.sleep", "after");
}

}  // namespace podbrief::testing
