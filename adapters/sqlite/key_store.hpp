#pragma once
#include "adapters/sqlite/stores.hpp"
#include "core/ports/key_store.hpp"

namespace podbrief::sqlite {

class SqliteKeys final : public KeyStore {
public:
    explicit SqliteKeys(Threads threads) : threads_(std::move(threads)) {}

    asio::awaitable<void> keep_page(ReaderId reader, std::string hash, WallTime now) override;
    asio::awaitable<std::optional<ReaderId>> page(std::string hash) override;
    asio::awaitable<int> pages(ReaderId reader) override;
    asio::awaitable<int> end_pages(ReaderId reader, std::string except) override;
    asio::awaitable<void> keep_operator(Operator what, std::string hash, WallTime until) override;
    asio::awaitable<bool> take_link(std::string hash, WallTime now) override;
    asio::awaitable<bool> session(std::string hash, WallTime now) override;
    asio::awaitable<bool> end_session(std::string hash) override;
    asio::awaitable<int> end_operator() override;

private:
    Threads threads_;
};

}  // namespace podbrief::sqlite
