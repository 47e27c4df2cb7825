#pragma once
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <exception>
#include <optional>
#include <stdexcept>
#include <utility>

#include "tests/support/manual_clock.hpp"

namespace podbrief::testing {

// Runs a coroutine to its end and returns its value, or throws what it threw; time passes as it is needed, from one
// waiting to the next, at most `most_steps` times.
template <class T>
T run_on_clock(boost::asio::io_context& io, ManualClock& clock, boost::asio::awaitable<T> work, int most_steps) {
    std::optional<T> value;
    std::exception_ptr failure;
    boost::asio::co_spawn(io, std::move(work), [&](std::exception_ptr e, T v) {
        failure = e;
        if (!e) value.emplace(std::move(v));
    });
    for (int i = 0; i < most_steps; ++i) {
        io.restart();
        io.poll();
        if (value || failure || !clock.advance_to_next()) break;
    }
    if (failure) std::rethrow_exception(failure);
    if (!value) throw std::runtime_error("it waits for something that never comes");
    return std::move(*value);
}

}  // namespace podbrief::testing
