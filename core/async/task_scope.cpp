#include "core/async/task_scope.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/system_error.hpp>
#include <cassert>

namespace podbrief {
namespace {

std::exception_ptr unless_aborted(std::exception_ptr failure) {
    if (!failure) return failure;
    try {
        std::rethrow_exception(failure);
    } catch (const boost::system::system_error& error) {
        if (error.code() == asio::error::operation_aborted) return nullptr;
    } catch (...) {
    }
    return failure;
}

}  // namespace

TaskScope::TaskScope(asio::any_io_executor executor, OnEnd on_end)
    : executor_(std::move(executor)),
      idle_(executor_, asio::steady_timer::time_point::max()),
      on_end_(std::move(on_end)) {}

TaskScope::~TaskScope() {
    assert(signals_.empty());
}

void TaskScope::spawn(std::string name, asio::awaitable<void> task) {
    const auto it = signals_.emplace(signals_.end());
    auto ended = [this, it, name = std::move(name)](std::exception_ptr failure) {
        signals_.erase(it);
        on_end_(name, unless_aborted(failure));
        if (signals_.empty()) idle_.cancel();
    };
    asio::co_spawn(executor_, std::move(task), asio::bind_cancellation_slot(it->slot(), std::move(ended)));
}

void TaskScope::request_stop() {
    // A task may end, and leave the list, inside emit: step on first.
    for (auto it = signals_.begin(); it != signals_.end();) (it++)->emit(asio::cancellation_type::terminal);
}

asio::awaitable<void> TaskScope::drained() {
    while (!signals_.empty()) co_await idle_.async_wait(asio::as_tuple(asio::use_awaitable));
}

}  // namespace podbrief
