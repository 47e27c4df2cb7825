#include "core/ports/messenger.hpp"

namespace podbrief {

asio::awaitable<SendOutcome> Messenger::reserve(OutgoingMessage) {
    PayloadRefused refused{traits().platform + " has no placeholders"};
    co_return refused;
}

asio::awaitable<SendOutcome> Messenger::find(OutgoingMessage, WallTime) {
    HistoryClosed closed{traits().platform + " has no history"};
    co_return closed;
}

}  // namespace podbrief
