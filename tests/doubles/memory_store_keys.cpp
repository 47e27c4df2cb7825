#include "tests/doubles/memory_store.hpp"

namespace podbrief::testing {

asio::awaitable<void> MemoryStore::keep_page(ReaderId reader, std::string hash, WallTime now) {
    if (readers_.contains(reader)) keys_.keep_page(reader, hash, now);
    co_return;
}

asio::awaitable<std::optional<ReaderId>> MemoryStore::page(std::string hash) {
    co_return keys_.page(hash);
}

asio::awaitable<int> MemoryStore::pages(ReaderId reader) {
    co_return keys_.pages(reader);
}

asio::awaitable<int> MemoryStore::end_pages(ReaderId reader, std::string except) {
    co_return keys_.end_pages(reader, except);
}

asio::awaitable<void> MemoryStore::keep_operator(Operator what, std::string hash, WallTime until) {
    keys_.keep_operator(what, hash, until);
    co_return;
}

asio::awaitable<bool> MemoryStore::take_link(std::string hash, WallTime now) {
    co_return keys_.take_link(hash, now);
}

asio::awaitable<bool> MemoryStore::session(std::string hash, WallTime now) {
    co_return keys_.holds(Operator::session, hash, now);
}

asio::awaitable<bool> MemoryStore::end_session(std::string hash) {
    co_return keys_.end_session(hash);
}

asio::awaitable<int> MemoryStore::end_operator() {
    co_return keys_.end_operator();
}

}  // namespace podbrief::testing
