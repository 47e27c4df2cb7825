#pragma once
#include <boost/asio/awaitable.hpp>
#include <string>
#include <variant>

#include "core/model/reply.hpp"
#include "core/model/time.hpp"

namespace podbrief {

namespace asio = boost::asio;

// Where a message goes: platform + workspace or guild + chat or channel + thread. "terminal" has only a chat.
struct Destination {
    std::string platform;
    std::string workspace;
    std::string chat;
    std::string thread;
    auto operator<=>(const Destination&) const = default;
};

struct Delivered {
    std::string message_ref;  // the platform's id: what a follow-up refers to
};
struct RetryLater {
    Millis wait{};  // nothing was posted; safe to send again
};
struct Rejected {
    std::string reason;  // would fail again: blocked, gone, forbidden
};
struct OutcomeUnknown {};  // sent, no answer: it may have been posted
using Delivery = std::variant<Delivered, RetryLater, Rejected, OutcomeUnknown>;

// One chat platform. Adapters own its wire format, limits and signatures; core owns what is said.
class Messenger {
public:
    virtual ~Messenger() = default;
    // Posts `reply`, rendered within the platform's limits. What platform or network do comes back as a Delivery.
    // Throws operation_aborted on cancellation.
    virtual asio::awaitable<Delivery> post(Destination destination, Reply reply) = 0;
};

}  // namespace podbrief
