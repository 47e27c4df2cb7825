#include "adapters/http/resolver.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/system_error.hpp>
#include <deque>
#include <optional>

namespace podbrief::net {
namespace {

// One look-up, shared by who asked (who may leave) and the thread that does it.
struct Ticket {
    Ticket(const asio::any_io_executor& executor, std::string name)
        : host(std::move(name)), done(executor, asio::steady_timer::time_point::max()) {}
    std::string host;
    asio::steady_timer done;  // never expires: cancelled when there is an answer
    std::optional<Result<Addresses>> answer;
    bool wanted = true;
};

}  // namespace

struct SystemResolver::State : std::enable_shared_from_this<State> {
    State(asio::any_io_executor e, std::size_t limit, Lookup f)
        : executor(std::move(e)), max_threads(limit), lookup(std::move(f)), threads(limit) {}

    void start_waiting() {
        while (busy < max_threads && !waiting.empty()) {
            auto ticket = std::move(waiting.front());
            waiting.pop_front();
            if (ticket->wanted) start(std::move(ticket));
        }
    }

    void start(std::shared_ptr<Ticket> ticket) {
        ++busy;
        // The thread touches the host name and the function only; the rest happens on the caller's executor.
        asio::post(threads, [self = shared_from_this(), ticket = std::move(ticket), function = lookup]() mutable {
            auto answer = function(ticket->host);
            const auto home = self->executor;
            asio::post(home, [self = std::move(self), ticket = std::move(ticket), answer = std::move(answer)] {
                ticket->answer = answer;
                ticket->done.cancel();
                --self->busy;
                self->start_waiting();
            });
        });
    }

    asio::any_io_executor executor;
    std::size_t max_threads;
    Lookup lookup;
    asio::thread_pool threads;
    std::size_t busy = 0;
    std::deque<std::shared_ptr<Ticket>> waiting;
};

Result<Addresses> SystemResolver::system_lookup(const std::string& host) {
    asio::io_context unused;
    asio::ip::tcp::resolver resolver(unused);
    boost::system::error_code failure;
    const auto found = resolver.resolve(host, "", asio::ip::resolver_base::address_configured, failure);
    if (failure) return failure;
    Addresses out;
    for (const auto& entry : found) out.push_back(entry.endpoint().address());
    if (out.empty()) return Errc::not_found;
    return out;
}

SystemResolver::SystemResolver(asio::any_io_executor executor, std::size_t threads, Lookup lookup)
    : state_(std::make_shared<State>(std::move(executor), threads, std::move(lookup))) {}

SystemResolver::~SystemResolver() {
    state_->waiting.clear();
    state_->threads.join();
}

asio::awaitable<Result<Addresses>> SystemResolver::resolve(std::string host) {
    const auto ticket = std::make_shared<Ticket>(state_->executor, std::move(host));
    state_->waiting.push_back(ticket);
    state_->start_waiting();
    if (!ticket->answer) co_await ticket->done.async_wait(asio::as_tuple(asio::use_awaitable));
    if (!ticket->answer) {
        ticket->wanted = false;
        throw boost::system::system_error(asio::error::operation_aborted);
    }
    co_return std::move(*ticket->answer);
}

}  // namespace podbrief::net
