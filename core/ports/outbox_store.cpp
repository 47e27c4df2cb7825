#include "core/ports/outbox_store.hpp"

namespace podbrief {

asio::awaitable<WallTime> OutboxStore::time(WallTime callers) {
    co_return callers;
}

}  // namespace podbrief
