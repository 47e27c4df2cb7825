#pragma once
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <chrono>
#include <exception>
#include <optional>
#include <stdexcept>
#include <utility>

namespace podbrief::testing {

namespace asio = boost::asio;

// Runs a coroutine to its end on `context` and returns its value, or throws what it threw. A coroutine that would
// hang fails the test after `limit` instead.
template <class T>
T run(asio::io_context& context, asio::awaitable<T> work, std::chrono::seconds limit = std::chrono::seconds{60}) {
    std::exception_ptr failure;
    bool ended = false;
    context.restart();
    if constexpr (std::is_void_v<T>) {
        asio::co_spawn(context, std::move(work), [&](std::exception_ptr e) {
            failure = e;
            ended = true;
            context.stop();
        });
        context.run_for(limit);
        if (!ended) throw std::runtime_error("the coroutine did not end in time");
        if (failure) std::rethrow_exception(failure);
    } else {
        std::optional<T> value;
        asio::co_spawn(context, std::move(work), [&](std::exception_ptr e, T v) {
            failure = e;
            if (!e) value.emplace(std::move(v));
            ended = true;
            context.stop();
        });
        context.run_for(limit);
        if (!ended) throw std::runtime_error("the coroutine did not end in time");
        if (failure) std::rethrow_exception(failure);
        return std::move(*value);
    }
}

}  // namespace podbrief::testing
