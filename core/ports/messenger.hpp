#pragma once
#include <boost/asio/awaitable.hpp>
#include <functional>
#include <string>
#include <variant>
#include <vector>

#include "core/model/delivery.hpp"
#include "core/model/reply.hpp"
#include "core/model/time.hpp"

namespace podbrief {

namespace asio = boost::asio;

// At most `count` calls in any stretch of `per`; count 0: no limit.
struct Rate {
    int count = 0;
    Millis per{1000};
    bool operator==(const Rate&) const = default;
};

// How one platform differs from the others, as far as delivery is concerned.
struct PlatformTraits {
    std::string platform;             // Destination::platform
    bool lane_per_workspace = false;  // each workspace has a token and limits of its own; false: one for all
    // What makes a message certain to be there once (design: RELIABILITY.md (b)).
    Millis nonce_window{0};    // post() again with the same key, within this of the first byte, makes no second one
    bool has_history = false;  // find() can tell whether a message is there
    bool has_placeholders = false;  // reserve() a message, then edit() it: the edit may be repeated
    // What we allow ourselves, below what the platform allows.
    Rate lane_rate{25, Millis{1000}};
    Rate chat_rate{1, Millis{1000}};
    Rate find_rate{1, Millis{1000}};  // of the lane
};

struct OutgoingMessage {
    Destination to;
    std::string key;  // Delivery::key
    DeliveryKind kind = DeliveryKind::brief;
    Reply content;  // thawed payload
    int plainness = 0;
    Millis deadline{8'000};  // for the whole exchange
    // Asked directly before the first byte: false means that somebody else may have the lane by now, and nothing
    // leaves.
    std::function<bool()> may_begin;
};

// What became of a call. What the platform or the network do is a value.
struct Sent {
    std::string message_ref;  // the platform's id; empty: it was there, and is deleted by now
};
struct NotFound {};  // find: not in the history; edit: no such message (any more)
// Not carried out, for certain: no byte left, or the platform says so. Safe to do again after `wait`.
struct NotSent {
    enum class Scope { message, chat, reading, lane };  // who has to wait; reading: only what looks into histories
    Millis wait{0};                                     // 0: as we see fit
    Scope scope = Scope::message;
    bool limited = false;  // a rate limit (429), not a failure
    std::string reason;
};
// It may have been carried out: bytes left and no answer that can be trusted came.
struct OutcomeUnknown {
    std::string reason;
};
struct DestinationGone {
    DestinationState state = DestinationState::gone;  // gone or blocked
    std::string reason;
};
struct TenantGone {  // the token is revoked: nothing of this lane can be sent
    std::string reason;
};
struct PayloadRefused {  // a simpler rendering may pass
    std::string reason;
};
struct Moved {  // the chat has another address now; nothing was posted
    Destination to;
};
struct HistoryClosed {  // find: not permitted
    std::string reason;
};
using SendOutcome = std::variant<Sent, NotFound, NotSent, OutcomeUnknown, DestinationGone, TenantGone, PayloadRefused,
                                 Moved, HistoryClosed>;

// One chat platform. Adapters own its wire format, limits and signatures; core owns what is said. Calls throw
// operation_aborted on cancellation, whatever was sent by then.
class Messenger {
public:
    virtual ~Messenger() = default;
    virtual const PlatformTraits& traits() const = 0;
    // Of that chat; a group may be allowed less than its members.
    virtual Rate chat_rate(const Destination&) const { return traits().chat_rate; }

    // Splits between blocks, so that each part is one message within the platform's limits. Pure. At least one part.
    virtual std::vector<Reply> split(const Reply& reply) const = 0;

    virtual asio::awaitable<SendOutcome> post(OutgoingMessage message) = 0;
    // The content of the message becomes `message.content`. That it was so before is Sent.
    virtual asio::awaitable<SendOutcome> edit(OutgoingMessage message, std::string message_ref) = 0;

    // Only where the traits say so.
    // Posts one line that stands for the message (has_placeholders).
    virtual asio::awaitable<SendOutcome> reserve(OutgoingMessage message);
    // Looks for the message with that key, made at or after `since` (has_history), the newest first: `since` may be a
    // day before what is looked for. Sent, NotFound, NotSent ...
    virtual asio::awaitable<SendOutcome> find(OutgoingMessage message, WallTime since);
};

}  // namespace podbrief
