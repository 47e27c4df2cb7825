#pragma once
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <exception>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "core/async/task_scope.hpp"
#include "core/async/turnstile.hpp"
#include "core/ports/clock.hpp"

namespace podbrief {

namespace detail {

template <class T>
struct Pending {
    explicit Pending(asio::any_io_executor io) : ended(std::move(io)) {}
    Wakeup ended;
    std::optional<T> value;
    std::exception_ptr failure;
};

template <class T>
asio::awaitable<void> await_pending(std::shared_ptr<Pending<T>> pending, asio::awaitable<T> work) {
    try {
        pending->value.emplace(co_await std::move(work));
    } catch (...) {
        pending->failure = std::current_exception();
    }
    pending->ended.notify();
}

}  // namespace detail

// Waits for `work` at most for `limit`; nullopt: it goes on in `scope`, and whoever asked has gone. For work that
// cannot be cut off, such as a write that has begun: with_timeout would wait until it has ended. Throws what the work
// throws.
template <class T>
asio::awaitable<std::optional<T>> within(TaskScope& scope, asio::any_io_executor io, Clock& clock, Millis limit,
                                         std::string name, asio::awaitable<T> work) {
    auto pending = std::make_shared<detail::Pending<T>>(std::move(io));
    scope.spawn(std::move(name), detail::await_pending<T>(pending, std::move(work)));
    co_await pending->ended.wait_for(clock, limit);
    if (pending->failure) std::rethrow_exception(pending->failure);
    co_return std::move(pending->value);
}

}  // namespace podbrief
