#pragma once
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/steady_timer.hpp>
#include <exception>
#include <functional>
#include <list>
#include <string>

namespace podbrief {

namespace asio = boost::asio;

// Owns running tasks: hears how each ended, can stop them all and wait until none is left. Nothing is spawned
// detached. To be used from its executor only; must be drained before it is destroyed.
class TaskScope {
public:
    // `on_end` hears of every task that ended: failure is null after a normal end, and operation_aborted never is
    // passed on as a failure.
    using OnEnd = std::function<void(const std::string& name, std::exception_ptr failure)>;

    TaskScope(asio::any_io_executor executor, OnEnd on_end);
    ~TaskScope();
    TaskScope(const TaskScope&) = delete;
    TaskScope& operator=(const TaskScope&) = delete;

    void spawn(std::string name, asio::awaitable<void> task);
    // Asks every task to stop (terminal cancellation). Tasks spawned later are not affected.
    void request_stop();
    // Returns when no task is left.
    asio::awaitable<void> drained();
    std::size_t size() const { return signals_.size(); }

private:
    asio::any_io_executor executor_;
    asio::steady_timer idle_;  // never expires: a condition variable
    OnEnd on_end_;
    std::list<asio::cancellation_signal> signals_;
};

}  // namespace podbrief
