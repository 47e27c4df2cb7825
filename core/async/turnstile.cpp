#include "core/async/turnstile.hpp"

#include <algorithm>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/system_error.hpp>

#include "core/async/with_timeout.hpp"

namespace podbrief {

asio::awaitable<Turnstile::Turn> Turnstile::enter() {
    if (!taken_) {
        taken_ = true;
        co_return Turn(this);
    }
    asio::steady_timer called(executor_, asio::steady_timer::time_point::max());
    queue_.push_back(&called);
    co_await called.async_wait(asio::as_tuple(asio::use_awaitable));
    const auto place = std::find(queue_.begin(), queue_.end(), &called);
    if (place != queue_.end()) {  // nobody called: cancelled
        queue_.erase(place);
        throw boost::system::system_error(asio::error::operation_aborted);
    }
    Turn turn(this);  // handed over by the one before: taken_ stayed true
    const auto state = co_await asio::this_coro::cancellation_state;
    if (state.cancelled() != asio::cancellation_type::none) {
        throw boost::system::system_error(asio::error::operation_aborted);
    }
    co_return turn;
}

Turnstile::Turn::~Turn() {
    if (turnstile_ == nullptr) return;
    if (turnstile_->queue_.empty()) {
        turnstile_->taken_ = false;
        return;
    }
    asio::steady_timer* next = turnstile_->queue_.front();
    turnstile_->queue_.pop_front();
    next->cancel();
}

Wakeup::Wakeup(asio::any_io_executor executor) : timer_(executor, asio::steady_timer::time_point::max()) {}

void Wakeup::notify() {
    notified_ = true;
    timer_.cancel();
}

asio::awaitable<void> Wakeup::wait() {
    while (!notified_) {
        co_await timer_.async_wait(asio::as_tuple(asio::use_awaitable));
        const auto state = co_await asio::this_coro::cancellation_state;
        if (state.cancelled() != asio::cancellation_type::none) {
            throw boost::system::system_error(asio::error::operation_aborted);
        }
    }
    notified_ = false;
}

asio::awaitable<void> Wakeup::wait_for(Clock& clock, Millis limit) {
    auto notified = [](Wakeup& wakeup) -> asio::awaitable<Result<bool>> {
        co_await wakeup.wait();
        co_return true;
    };
    // Not `wait() || sleep_for()`: cancelled together they throw multiple_exceptions instead of operation_aborted.
    co_await with_timeout(clock, limit, notified(*this));
}

}  // namespace podbrief
