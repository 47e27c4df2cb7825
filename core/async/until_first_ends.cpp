#include "core/async/until_first_ends.hpp"

#include <boost/asio/cancellation_state.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/system/system_error.hpp>
#include <exception>

#include "core/async/task_scope.hpp"
#include "core/async/turnstile.hpp"

namespace podbrief {

asio::awaitable<void> until_first_ends(std::vector<NamedTask> tasks) {
    const auto executor = co_await asio::this_coro::executor;
    Wakeup ended(executor);
    std::exception_ptr failure;
    bool cancelled = false;
    TaskScope scope(executor, [&](const std::string&, std::exception_ptr thrown) {
        if (!failure) failure = thrown;
        ended.notify();
    });
    for (auto& [name, task] : tasks) scope.spawn(std::move(name), std::move(task));
    try {
        co_await ended.wait();
    } catch (const boost::system::system_error&) {  // only operation_aborted comes from a Wakeup
        cancelled = true;
    }
    // From here on nothing may stop us: the tasks refer to what the caller owns.
    co_await asio::this_coro::reset_cancellation_state(asio::disable_cancellation());
    scope.request_stop();
    co_await scope.drained();
    if (failure) std::rethrow_exception(failure);
    if (cancelled) throw boost::system::system_error(asio::error::operation_aborted);
}

}  // namespace podbrief
