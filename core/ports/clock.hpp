#pragma once
#include <boost/asio/awaitable.hpp>

#include "core/model/time.hpp"

namespace podbrief {

namespace asio = boost::asio;

// Time comes from outside: the real one in adapters/system, a manual one in tests.
class Clock {
public:
    virtual ~Clock() = default;

    // To store and to show. May jump either way.
    virtual WallTime wall_now() const = 0;

    // To measure. Never goes back, and goes on while the machine sleeps.
    virtual SteadyTime steady_now() const = 0;

    // Waits at least so long on the steady clock; returns at once for a wait <= 0. Cancellation: throws
    // operation_aborted.
    virtual asio::awaitable<void> sleep_for(Millis wait) = 0;
};

}  // namespace podbrief
