#pragma once
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <type_traits>
#include <utility>

namespace podbrief {

namespace asio = boost::asio;

// Runs `job` (a plain function that may block or compute) on another executor's thread; the caller resumes on its own
// executor with the value or the exception. A job that has begun is never abandoned, so it must own what it uses.
template <class Job, class R = std::invoke_result_t<Job&>>
asio::awaitable<R> run_on(asio::any_io_executor where, Job job) {
    // The lambda is handed to co_spawn itself, which keeps it.
    // NOLINTNEXTLINE(cppcoreguidelines-avoid-capturing-lambda-coroutines)
    auto there = [job = std::move(job)]() mutable -> asio::awaitable<R> { co_return job(); };
    // Without the caller's cancellation slot: in Boost 1.81 a signal would be carried to the other thread by a pointer
    // into the caller's frame, which may be gone by the time it gets there.
    auto uncancelled = asio::bind_cancellation_slot(asio::cancellation_slot(), asio::use_awaitable);
    co_return co_await asio::co_spawn(where, std::move(there), uncancelled);
}

}  // namespace podbrief
