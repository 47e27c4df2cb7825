#include "core/ports/outbox_store.hpp"

namespace podbrief {

asio::awaitable<WallTime> OutboxStore::time(WallTime callers) {
    co_return callers;
}

asio::awaitable<std::optional<Delivery>> OutboxStore::sent_as(Destination, std::string) {
    co_return std::nullopt;
}

}  // namespace podbrief
