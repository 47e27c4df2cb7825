#pragma once
#include <boost/asio/awaitable.hpp>
#include <boost/asio/experimental/awaitable_operators.hpp>
#include <exception>
#include <utility>

#include "core/ports/clock.hpp"
#include "core/ports/error.hpp"

namespace podbrief {

namespace detail {

// Keeps a throw aside, so that it ends a race instead of losing it (asio#900).
template <class T>
asio::awaitable<Result<T>> contain(asio::awaitable<Result<T>> work, std::exception_ptr& thrown) {
    try {
        co_return co_await std::move(work);
    } catch (...) {
        thrown = std::current_exception();
    }
    co_return Errc::unavailable;  // unseen: `thrown` goes up instead
}

}  // namespace detail

// Gives `work` at most `limit`; then cancels it, waits for it to unwind, and gives timed_out.
template <class T>
asio::awaitable<Result<T>> with_timeout(Clock& clock, Millis limit, asio::awaitable<Result<T>> work) {
    using namespace asio::experimental::awaitable_operators;
    std::exception_ptr thrown;
    auto first = co_await (detail::contain(std::move(work), thrown) || clock.sleep_for(limit));
    if (first.index() == 1) co_return Errc::timed_out;
    if (thrown) std::rethrow_exception(thrown);
    co_return std::get<0>(std::move(first));
}

}  // namespace podbrief
