#pragma once
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>
#include <list>
#include <utility>

#include "core/ports/clock.hpp"

namespace podbrief {

namespace asio = boost::asio;

// Lets one coroutine through at a time, in the order of arrival. For steps that must see each other's whole effect
// (find the claim's cluster, store, index); it holds no thread and no database lock. One executor only.
class Turnstile {
public:
    explicit Turnstile(asio::any_io_executor executor) : executor_(std::move(executor)) {}

    // Its holder is inside until it is destroyed.
    class Turn {
    public:
        explicit Turn(Turnstile* turnstile) : turnstile_(turnstile) {}
        Turn(Turn&& other) noexcept : turnstile_(std::exchange(other.turnstile_, nullptr)) {}
        Turn& operator=(Turn&&) = delete;
        ~Turn();

    private:
        Turnstile* turnstile_;
    };

    // Cancellation: throws operation_aborted, and the place in the queue is given up.
    asio::awaitable<Turn> enter();

private:
    asio::any_io_executor executor_;
    bool taken_ = false;
    std::list<asio::steady_timer*> queue_;
};

// A condition variable for one waiting loop.
class Wakeup {
public:
    explicit Wakeup(asio::any_io_executor executor);
    void notify();
    // Returns at once when notified since the last wait. Cancellation: throws operation_aborted.
    asio::awaitable<void> wait();
    // The same, at most for `limit`.
    asio::awaitable<void> wait_for(Clock& clock, Millis limit);

private:
    asio::steady_timer timer_;
    bool notified_ = false;
};

}  // namespace podbrief
