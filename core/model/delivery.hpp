#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/model/ids.hpp"
#include "core/model/time.hpp"

namespace podbrief {

// Where a message goes: platform + workspace or guild + chat or channel + thread. "terminal" has only a chat.
struct Destination {
    std::string platform;
    std::string workspace;
    std::string chat;
    std::string thread;
    auto operator<=>(const Destination&) const = default;
};
std::string to_string(const Destination&);  // "slack:T1/C2/171.2", "telegram:42"

enum class DestinationState {
    active,
    paused,          // by the reader
    blocked,         // the reader blocked us or left
    gone,            // the chat or channel is no more, or closed to us
    tenant_revoked,  // the workspace took its token back
};
std::string_view to_string(DestinationState);
std::optional<DestinationState> destination_state_from(std::string_view);

// A destination of one reader. Unique by (reader, address).
struct DestinationRecord {
    DestinationId id;
    ReaderId reader;
    Destination address;
    DestinationState state = DestinationState::active;  // only an active one is sent to
    std::string note;                                   // why, for the owner; empty while active
    WallTime changed_at{};
    WallTime not_before{};  // the platform asked to leave this chat alone until then; epoch: it did not
    bool operator==(const DestinationRecord&) const = default;
};

enum class SlotState {
    planned,     // due, with its time
    composing,   // a worker makes the brief
    composed,    // the brief and its deliveries are frozen; nothing was sent
    fired,       // a first byte may have left, or there was nowhere to send to
    superseded,  // folded into a later slot: too late, or could not be delivered
    cancelled,   // its reader changed the schedule before it fired; another slot took its place
};
std::string_view to_string(SlotState);
std::optional<SlotState> slot_state_from(std::string_view);

// One time at which one reader is due a brief. Unique by (reader, sequence), and by (reader, key) among those that are
// not cancelled.
struct Slot {
    SlotId id;
    ReaderId reader;
    std::int64_t sequence = 0;  // 1, 2, 3 ... per reader; never given twice
    std::string key;            // Brief::local_date
    WallTime due_at{};          // the reader's hour
    std::string zone;           // in which it was reckoned
    SlotState state = SlotState::planned;
    BriefId brief;                   // 0 until composed
    std::string worker;              // that composes it
    WallTime lease_until{};          // of the composing
    int crashes = 0;                 // workers that died while they composed it
    std::int64_t superseded_by = 0;  // sequence; 0: by whichever comes next
    std::string note;                // why superseded or cancelled
    WallTime planned_at{};
    WallTime composed_at{};  // epoch until composed
    bool operator==(const Slot&) const = default;
};

enum class DeliveryKind { brief, reply, correction };
std::string_view to_string(DeliveryKind);
std::optional<DeliveryKind> delivery_kind_from(std::string_view);

enum class DeliveryState {
    ready,             // may be sent from `next_at` on
    claimed,           // a worker is about to send it
    dispatching,       // an attempt began; whether it took effect is open until it has ended
    unknown,           // an attempt may have taken effect: to be looked into before anything is sent again
    reconciling,       // a worker looks into it
    parked,            // cannot be decided by us: an alarm was raised; superseded when it expires
    sent,              // seen in the chat (final, as all that follow)
    superseded,        // folded into a later brief
    destination_gone,  // nowhere to send to any more
    cancelled,         // not wanted any more before it was sent
    dead,              // the platform refuses it in every form
};
std::string_view to_string(DeliveryState);
std::optional<DeliveryState> delivery_state_from(std::string_view);
constexpr bool is_final(DeliveryState state) {
    return state >= DeliveryState::sent;
}

// What an attempt does.
enum class Step {
    none,
    post,     // makes the message
    reserve,  // makes a one-line placeholder, to be filled
    fill,     // edits the placeholder into the message
    find,     // looks for the message in the chat's history
    edit,     // edits a message that was sent (corrections)
};
std::string_view to_string(Step);
std::optional<Step> step_from(std::string_view);

// A stretch of time, begin included, end not.
struct Interval {
    WallTime begin{};
    WallTime end{};
    bool contains(WallTime at) const { return begin <= at && at < end; }
    bool operator==(const Interval&) const = default;
};

// A message decided but not yet confirmed, and the history of its attempts in short. A brief has one or more (parts)
// for each destination. Unique by (reader, slot sequence, destination, part) for briefs, by `key` for all.
struct Delivery {
    DeliveryId id;
    DeliveryKind kind = DeliveryKind::brief;
    ReaderId reader;
    SlotId slot;                // 0: not of a brief
    std::int64_t sequence = 0;  // of the slot
    DestinationId destination;
    Destination address;  // where it goes, as it was last known
    std::string lane;     // whose limits it shares: one bot token or workspace
    std::string tenant;   // who it is fair towards within the lane
    int part = 1;         // 1..parts; sent in this order
    int parts = 1;
    std::string key;      // 24 characters [a-z2-7] made of the natural key: the platform's idempotency key and marker
    std::string payload;  // frozen (core/delivery/payload.hpp); the same bytes for every attempt
    std::string payload_hash;       // SHA-256 hex of it
    WallTime send_at{};             // assigned time: the slot's time plus the herd's spread; never sent before
    WallTime expires_at{};          // from then on it is not sent any more
    std::optional<Interval> quiet;  // the reader's quiet hours after send_at: nothing is sent meanwhile

    DeliveryState state = DeliveryState::ready;
    WallTime next_at{};              // not to be looked at before
    std::int64_t epoch = 0;          // the lane lease under which it was claimed; 0: not claimed
    std::string worker;              // that claimed it last
    Step step = Step::none;          // of the running or latest attempt
    int attempts = 0;                // begun, less those that certainly had no effect
    int crashes = 0;                 // workers that died with it in hand
    WallTime attempt_at{};           // begin of the latest attempt; epoch: none yet
    WallTime first_unknown_at{};     // begin of the first attempt that may have taken effect; epoch: none
    std::string placeholder_ref;     // the platform's id of the reserved message
    int placeholders_lost = 0;       // placeholders that somebody removed before they were filled
    std::string message_ref;         // the platform's id of the message, once sent (corrections: of the one to edit)
    int plainness = 0;               // 0: rich, 1: plain text, 2: links only; grows when the platform refuses the form
    std::string reason;              // the latest trouble, or why it ended; one line, no secrets
    std::int64_t superseded_by = 0;  // slot sequence; 0: by whichever comes next
    WallTime created_at{};
    WallTime finished_at{};  // when it became final
    bool operator==(const Delivery&) const = default;
};

// One line of the history of a slot and its deliveries; never changed. What `podbrief explain` tells.
struct DeliveryEvent {
    WallTime at{};
    SlotId slot;
    DeliveryId delivery;  // 0: of the slot as a whole
    std::string event;    // a few constant words: "planned", "claimed", "attempt began", "sent"
    std::string worker;
    std::int64_t epoch = 0;
    std::string detail;  // one line, no secrets
    bool operator==(const DeliveryEvent&) const = default;
};

}  // namespace podbrief
