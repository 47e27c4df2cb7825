#pragma once
#include <algorithm>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/cancellation_state.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/deferred.hpp>
#include <boost/asio/experimental/parallel_group.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <exception>
#include <memory>
#include <utility>
#include <vector>

namespace podbrief {

namespace asio = boost::asio;

namespace detail {

template <class Item, class Work>
struct Shared {
    Shared(std::vector<Item> i, Work w) : items(std::move(i)), work(std::move(w)) {}
    std::vector<Item> items;
    Work work;
    std::size_t next = 0;
    std::exception_ptr failure;
};

template <class Item, class Work>
asio::awaitable<void> take_in_turn(std::shared_ptr<Shared<Item, Work>> shared) {
    while (shared->next < shared->items.size() && !shared->failure) {
        const std::size_t mine = shared->next++;
        try {
            co_await shared->work(shared->items[mine]);
        } catch (...) {
            if (!shared->failure) shared->failure = std::current_exception();
        }
    }
}

}  // namespace detail

// Awaits work(item) for every item, in order, at most `limit` at a time; all on the caller's executor. The first
// exception stops further items and is thrown when those under way have ended. Cancellation reaches all of them.
template <class Item, class Work>
asio::awaitable<void> for_each_parallel(std::vector<Item> items, std::size_t limit, Work work) {
    if (items.empty()) co_return;
    const auto executor = co_await asio::this_coro::executor;
    const std::size_t workers = std::min(limit, items.size());
    using SharedState = detail::Shared<Item, Work>;
    auto shared = std::make_shared<SharedState>(std::move(items), std::move(work));
    using Op = decltype(asio::co_spawn(executor, detail::take_in_turn<Item, Work>(shared), asio::deferred));
    std::vector<Op> operations;
    for (std::size_t i = 0; i < workers; ++i) {
        operations.push_back(asio::co_spawn(executor, detail::take_in_turn<Item, Work>(shared), asio::deferred));
    }
    co_await asio::experimental::make_parallel_group(std::move(operations))
        .async_wait(asio::experimental::wait_for_all(), asio::use_awaitable);
    if (shared->failure) std::rethrow_exception(shared->failure);
}

}  // namespace podbrief
