#pragma once
#include <atomic>
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <condition_variable>
#include <deque>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <type_traits>
#include <utility>
#include <vector>

#include "adapters/sqlite/connection.hpp"

namespace podbrief::sqlite {

namespace asio = boost::asio;

// A call on the store on its way through the database's threads.
class Job {
public:
    virtual ~Job() = default;
    virtual void run(Connection& connection) = 0;  // may throw; keeps its result for `finish`
    // Wakes the caller, on the caller's executor, with the result or, when there is a failure, with that. Once.
    virtual void finish(std::exception_ptr failure) = 0;
};

// Jobs between the threads that ask and those that work.
class JobQueue {
public:
    void push(std::unique_ptr<Job> job);
    void close();  // what is in it will still be taken

    bool wait();  // false: closed and empty
    std::vector<std::unique_ptr<Job>> take(std::size_t limit);
    std::unique_ptr<Job> wait_for_one();  // null: closed and empty

    // Jobs that were pushed and are not finished; whoever finished one says so.
    std::size_t pending() const { return pending_; }
    void finished_one() { --pending_; }

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<std::unique_ptr<Job>> jobs_;
    bool closed_ = false;
    std::atomic<std::size_t> pending_ = 0;
};

namespace detail {

template <class R, class Handler>
class CallerJob final : public Job {
public:
    using Executor = asio::associated_executor_t<Handler, asio::any_io_executor>;

    CallerJob(asio::any_io_executor fallback, Handler handler, std::function<R(Connection&)> work)
        : handler_(std::move(handler)),
          work_(std::move(work)),
          executor_(asio::get_associated_executor(handler_, fallback)),
          alive_(executor_) {}

    void run(Connection& connection) override {
        if constexpr (std::is_void_v<R>) {
            work_(connection);
        } else {
            result_.emplace(work_(connection));
        }
    }

    void finish(std::exception_ptr failure) override {
        // All of it goes where the handler goes. Were `alive_` let go on this thread, it could stop a context that was
        // restarted meanwhile.
        if constexpr (std::is_void_v<R>) {
            asio::post(executor_, [handler = std::move(handler_), alive = std::move(alive_),
                                   failure = std::move(failure)]() mutable { std::move(handler)(failure); });
        } else {
            // A failure needs a value beside it, which nobody sees.
            R value = failure ? R{} : std::move(*result_);
            asio::post(executor_,
                       [handler = std::move(handler_), alive = std::move(alive_), failure = std::move(failure),
                        value = std::move(value)]() mutable { std::move(handler)(failure, std::move(value)); });
        }
    }

private:
    struct Nothing {};
    Handler handler_;
    std::function<R(Connection&)> work_;
    std::optional<std::conditional_t<std::is_void_v<R>, Nothing, R>> result_;
    Executor executor_;
    asio::executor_work_guard<Executor> alive_;  // the caller's context waits for the answer
};

template <class R>
struct Signature {
    using type = void(std::exception_ptr, R);
};
template <>
struct Signature<void> {
    using type = void(std::exception_ptr);
};

}  // namespace detail

// Runs `work` on the thread that serves `queue`. It is queued when the result is awaited, and is then done whatever
// happens to the caller, so it owns what it uses. Cancellation does not cut the wait short: disk work is brief, and
// whoever waits learns what was written.
template <class R>
asio::awaitable<R> run_in(JobQueue& queue, asio::any_io_executor fallback, std::function<R(Connection&)> work) {
    const auto start = [](auto handler, JobQueue* into, asio::any_io_executor executor,
                          std::function<R(Connection&)> job) {
        using Handler = decltype(handler);
        into->push(
            std::make_unique<detail::CallerJob<R, Handler>>(std::move(executor), std::move(handler), std::move(job)));
    };
    return asio::async_initiate<const asio::use_awaitable_t<>, typename detail::Signature<R>::type>(
        start, asio::use_awaitable, &queue, std::move(fallback), std::move(work));
}

}  // namespace podbrief::sqlite
