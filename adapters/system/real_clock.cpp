#include "adapters/system/real_clock.hpp"

#include <time.h>

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>

namespace podbrief::system {

WallTime RealClock::wall_now() const {
    return std::chrono::floor<Millis>(std::chrono::system_clock::now());
}

SteadyTime RealClock::steady_now() const {
    timespec now{};
    clock_gettime(CLOCK_BOOTTIME, &now);
    return SteadyTime{
        std::chrono::floor<Millis>(std::chrono::seconds{now.tv_sec} + std::chrono::nanoseconds{now.tv_nsec})};
}

asio::awaitable<void> RealClock::sleep_for(Millis wait) {
    if (wait <= Millis::zero()) co_return;
    asio::steady_timer timer(co_await asio::this_coro::executor, wait);
    co_await timer.async_wait(asio::use_awaitable);
}

std::chrono::microseconds stopwatch() {
    return std::chrono::floor<std::chrono::microseconds>(std::chrono::steady_clock::now().time_since_epoch());
}

}  // namespace podbrief::system
