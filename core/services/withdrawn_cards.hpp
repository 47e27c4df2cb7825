#pragma once
#include <boost/asio/awaitable.hpp>

#include "core/model/reply.hpp"
#include "core/ports/outbox_store.hpp"

namespace podbrief::services {

namespace asio = boost::asio;

// The same message with every card replaced whose insight was withdrawn. The number stays, so that `more on 3` means
// what it meant. Whoever edits a message calls this, so that no edit brings back what another took away.
asio::awaitable<Reply> without_withdrawn(OutboxStore& outbox, Reply reply);

}  // namespace podbrief::services
