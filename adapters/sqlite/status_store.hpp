#pragma once
#include "adapters/sqlite/stores.hpp"
#include "core/ports/status_store.hpp"

namespace podbrief::sqlite {

class SqliteStatus final : public StatusStore {
public:
    explicit SqliteStatus(Threads threads) : threads_(std::move(threads)) {}
    asio::awaitable<StatusFigures> status(WallTime now, Millis plan_ahead) override;

private:
    Threads threads_;
};

StatusFigures status(Connection& connection, WallTime now, Millis plan_ahead);

}  // namespace podbrief::sqlite
