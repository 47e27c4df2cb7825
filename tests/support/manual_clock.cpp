#include "tests/support/manual_clock.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/system_error.hpp>

namespace podbrief::testing {

ManualClock::ManualClock(WallTime start) : wall_(start) {}

asio::awaitable<void> ManualClock::sleep_for(Millis wait) {
    if (wait <= Millis::zero()) co_return;
    auto timer =
        std::make_shared<asio::steady_timer>(co_await asio::this_coro::executor, asio::steady_timer::time_point::max());
    const Order order{steady_ + wait, next_number_++};
    sleepers_.emplace(order, timer);
    co_await timer->async_wait(asio::as_tuple(asio::use_awaitable));
    // Woken sleepers were taken off the list; one that still is on it was cancelled.
    if (sleepers_.erase(order) != 0) throw boost::system::system_error(asio::error::operation_aborted);
}

void ManualClock::wake_due() {
    while (!sleepers_.empty() && sleepers_.begin()->first.due <= steady_) {
        const auto timer = sleepers_.begin()->second;
        sleepers_.erase(sleepers_.begin());
        timer->cancel();
    }
}

void ManualClock::advance(Millis by) {
    wall_ += by;
    steady_ += by;
    wake_due();
}

bool ManualClock::advance_to_next() {
    if (sleepers_.empty()) return false;
    advance(sleepers_.begin()->first.due - steady_);
    return true;
}

std::optional<SteadyTime> ManualClock::next_due() const {
    if (sleepers_.empty()) return std::nullopt;
    return sleepers_.begin()->first.due;
}

}  // namespace podbrief::testing
