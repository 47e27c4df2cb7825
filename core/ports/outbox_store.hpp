#pragma once
#include <boost/asio/awaitable.hpp>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/model/brief.hpp"
#include "core/model/delivery.hpp"
#include "core/model/reader.hpp"

namespace podbrief {

namespace asio = boost::asio;

// What is needed to plan one reader's next slots.
struct ReaderPlan {
    Reader reader;
    std::int64_t last_sequence = 0;               // of all slots, cancelled ones too; 0: none yet
    std::int64_t schedule = 0;                    // how often the reader's schedule was changed
    std::optional<Slot> last;                     // the latest fired or superseded slot
    std::optional<Slot> open;                     // planned, composing or composed; there is at most one
    std::vector<DestinationRecord> destinations;  // active ones
    bool operator==(const ReaderPlan&) const = default;
};

// What planning one reader gave, to be written as one.
struct PlannedSlots {
    ReaderId reader;
    std::int64_t last_sequence = 0;  // as read; another one by now: nothing is written
    std::int64_t schedule = 0;       // likewise: a plan made for an older schedule is not written
    std::optional<SlotId> cancel;    // the open slot, when the schedule moved it: it must not have fired meanwhile
    std::vector<Slot>
        slots;  // in order, sequences last+1, last+2 ...; superseded (folded) ones, then at most one planned.
                // A key that another slot of the reader has (not a cancelled one) gets "#2", "#3" ...
    WallTime next_plan_at{};  // when this reader is to be planned again
};

// A composed brief with its deliveries, to be written as one.
struct FrozenSlot {
    SlotId slot;
    std::string worker;                  // must still be composing it
    Brief brief;                         // stored unless (reader, key) is there already (asked for in a chat before)
    std::vector<Delivery> deliveries;    // ids 0, state ready
    std::vector<DeliveryId> supersedes;  // deliveries of earlier slots that this brief replaces; each must still be
                                         // ready, claimed or parked, else nothing is written
};

// One lane as its owner holds it.
struct LaneLease {
    std::string lane;
    std::string worker;
    std::int64_t epoch = 0;  // grows by every change of owner; writes under an older one are refused
    WallTime until{};
    WallTime not_before{};  // the platform asked to leave the lane alone until then; survives owners
    bool operator==(const LaneLease&) const = default;
};

struct LaneWork {
    std::string lane;
    WallTime next_at{};       // when its earliest delivery may be looked at
    WallTime leased_until{};  // epoch, or past: nobody's
    std::string worker;       // of the lease
    bool operator==(const LaneWork&) const = default;
};

// What a new owner found of the former one's work.
struct Recovered {
    int reclaimed = 0;  // claimed -> ready
    int unknown = 0;    // dispatching, reconciling -> unknown
    bool operator==(const Recovered&) const = default;
};

// One step of one delivery, written only if the row still is in state `from` with that epoch, and the outcome of a call
// only if no other attempt has begun since (compare and set).
struct Advance {
    DeliveryState from = DeliveryState::claimed;
    std::int64_t epoch = 0;  // Delivery::epoch as claimed
    Delivery next;           // id, and all that may change: state, next_at, epoch, step, attempts, crashes, attempt_at,
                             // first_unknown_at, placeholder_ref, placeholders_lost, message_ref, plainness, reason,
                             // superseded_by, finished_at, address, expires_at
    std::string event;       // for the history, with the delivery's worker and epoch
    std::string detail;
    WallTime at{};
    std::optional<DestinationState> destination;  // its new state; `next.reason` becomes its note
    std::optional<WallTime> destination_not_before;
    std::optional<WallTime> lane_not_before;
};

// A slot, or a delivery without one, with all that happened to it.
struct SlotStory {
    Slot slot;
    std::optional<Brief> brief;
    std::vector<Delivery> deliveries;   // by destination, part
    std::vector<DeliveryEvent> events;  // in order
    bool operator==(const SlotStory&) const = default;
};

// What waits, for metrics, doctor and the status page.
struct OutboxCounts {
    std::int64_t ready = 0;  // claimed ones too
    std::int64_t dispatching = 0;
    std::int64_t unknown = 0;  // reconciling ones too
    std::int64_t parked = 0;
    std::optional<WallTime> oldest_due;  // send_at of the oldest that is not final
    bool operator==(const OutboxCounts&) const = default;
};

// Slots, deliveries, lanes and destinations: what is decided and not yet confirmed. Every call is one transaction.
// Promises as LibraryStore. `now` is the caller's wall clock; a store that several machines share goes by its own.
//
// What becomes of a delivery becomes of its slot in the same transaction:
// - The first step to dispatching makes the slot fired.
// - A part that ends other than sent takes the later parts of its brief at that destination along (same state and
//   reason), if they are ready.
// - When no delivery of a composed slot is left unfinished, the slot is fired; when a slot ends with no delivery sent
//   and at least one superseded, it is superseded and its brief marked unsent.
// - A destination that is not active any more ends its ready deliveries (destination_gone; those of a paused one are
//   cancelled).
// Each adds its line to the history. ReaderStore::save that changes a schedule (same_schedule) cancels the open slot
// and its deliveries, unless it fired, and makes the reader due for planning; ReaderStore::forget removes all of it.
class OutboxStore {
public:
    virtual ~OutboxStore() = default;

    // The time by which the store goes, given the caller's: a store of one machine has no clock of its own.
    virtual asio::awaitable<WallTime> time(WallTime callers);

    // ---- destinations ----
    // Inserts, or returns the one that is there with this (reader, address); then only an inactive one is made active.
    virtual asio::awaitable<DestinationRecord> add_destination(DestinationRecord destination, WallTime now) = 0;
    virtual asio::awaitable<std::vector<DestinationRecord>> destinations(ReaderId reader) = 0;  // by id
    virtual asio::awaitable<std::optional<DestinationRecord>> destination(DestinationId id) = 0;
    // Of all readers, in that chat whatever the thread; by id.
    virtual asio::awaitable<std::vector<DestinationRecord>> destinations_in(Destination chat) = 0;
    // False: no such destination.
    virtual asio::awaitable<bool> set_destination(DestinationId id, DestinationState state, std::string note,
                                                  WallTime now) = 0;
    // The chat has another address: its destinations and unfinished deliveries go there.
    virtual asio::awaitable<void> move_destination(Destination from, Destination to, WallTime now) = 0;

    // ---- planning ----
    // Readers with next_plan_at <= now, earliest first. New and changed readers are due at once.
    virtual asio::awaitable<std::vector<ReaderPlan>> readers_to_plan(WallTime now, std::size_t limit) = 0;
    virtual asio::awaitable<std::optional<WallTime>> next_plan_at() = 0;
    // False: something changed meanwhile; nothing was written.
    virtual asio::awaitable<bool> plan(PlannedSlots planned, WallTime now) = 0;
    // All readers are planned anew: the zones' rules changed.
    virtual asio::awaitable<void> replan_all() = 0;
    // How many active destinations of the platform (and workspace, unless empty) belong to readers with an open slot
    // due at `due`: the herd.
    virtual asio::awaitable<std::int64_t> herd(std::string platform, std::string workspace, WallTime due) = 0;

    // ---- composing ----
    // Slots due before `due_before` that nobody composes (or whose composer's lease ran out: crashes + 1); earliest
    // first. They are the worker's until `lease_until`.
    virtual asio::awaitable<std::vector<Slot>> claim_slots(std::string worker, WallTime due_before, WallTime now,
                                                           WallTime lease_until, std::size_t limit) = 0;
    // Of planned ones, and of those whose composer's lease had run out by the latest `now` that claim_slots was given.
    virtual asio::awaitable<std::optional<WallTime>> next_slot_due() = 0;
    // Earlier slots of the reader, since the last one with a delivery that was sent, that did not reach them:
    // superseded, or with deliveries that are ready, claimed or parked. Oldest first.
    virtual asio::awaitable<std::vector<SlotStory>> undelivered(ReaderId reader, std::int64_t before_sequence) = 0;
    // False: not the worker's any more, or a delivery to supersede moved on; nothing was written.
    virtual asio::awaitable<bool> freeze(FrozenSlot frozen, WallTime now) = 0;
    // Gives a slot up that cannot be composed: superseded by whichever comes next.
    virtual asio::awaitable<bool> give_up_slot(SlotId slot, std::string worker, std::string note, WallTime now) = 0;

    // ---- lanes ----
    // Lanes with deliveries that are not final.
    virtual asio::awaitable<std::vector<LaneWork>> lanes_with_work() = 0;
    // Takes the lane if nobody's lease holds at `now` (or it is the worker's own): a new epoch. nullopt: somebody's.
    virtual asio::awaitable<std::optional<LaneLease>> acquire_lane(std::string lane, std::string worker, WallTime now,
                                                                   WallTime until) = 0;
    // False: another owner by now.
    virtual asio::awaitable<bool> renew_lane(std::string lane, std::int64_t epoch, WallTime until) = 0;
    virtual asio::awaitable<void> release_lane(std::string lane, std::int64_t epoch) = 0;
    // The worker is the only one alive (it holds the store's lock): leases and composing claims of all others end.
    virtual asio::awaitable<void> end_other_leases(std::string worker, WallTime now) = 0;
    // Takes over what former owners left: see Recovered. crashes + 1 for each.
    virtual asio::awaitable<Recovered> recover_lane(std::string lane, std::int64_t epoch, WallTime now) = 0;

    // ---- deliveries ----
    // Stores deliveries that belong to no slot (replies, corrections). One whose key is there already is left out.
    // Gives their ids, 0 for those left out.
    virtual asio::awaitable<std::vector<DeliveryId>> enqueue(std::vector<Delivery> deliveries, WallTime now) = 0;
    // What may be looked at now: ready, unknown or parked, next_at <= now, not within quiet hours, destination's
    // not_before passed; of a brief's parts at a destination only the first that is not final. At most `per_tenant` of
    // each tenant, oldest (send_at, then id) first; tenants in order beginning after `after_tenant`, then from the
    // start.
    virtual asio::awaitable<std::vector<Delivery>> due(std::string lane, WallTime now, std::string after_tenant,
                                                       std::size_t per_tenant, std::size_t limit) = 0;
    // The earliest time at which due() may give something of the lane (quiet hours left out of account); nullopt:
    // never.
    virtual asio::awaitable<std::optional<WallTime>> next_due(std::string lane) = 0;
    // ready -> claimed, unknown and parked -> reconciling, for those still in such a state, if the lane's epoch is
    // `epoch`. Gives them as they are now, in the order of `ids`.
    virtual asio::awaitable<std::vector<Delivery>> claim(std::string lane, std::int64_t epoch, std::string worker,
                                                         std::vector<DeliveryId> ids, WallTime now) = 0;
    // False: somebody else moved it on, and nothing was written; or an attempt was to begin, and the chat was lost
    // since this was made: it has ended instead.
    virtual asio::awaitable<bool> advance(Advance step) = 0;
    virtual asio::awaitable<void> hold_lane(std::string lane, std::int64_t epoch, WallTime not_before) = 0;

    // ---- corrections ----
    // Withdraws an insight: it leaves the library (superseded; the change feed says so). False: no such insight, or
    // withdrawn before.
    virtual asio::awaitable<bool> withdraw(InsightId insight, std::string reason, WallTime now) = 0;
    // Sent deliveries of briefs that show the insight, newest first.
    virtual asio::awaitable<std::vector<Delivery>> sent_with(InsightId insight, std::size_t limit) = 0;
    struct Withdrawal {
        InsightId insight;
        std::string reason;
        WallTime at{};
        bool operator==(const Withdrawal&) const = default;
    };
    virtual asio::awaitable<std::vector<Withdrawal>> withdrawals(
        std::vector<InsightId> insights) = 0;  // of those named
    // Withdrawals whose corrections are not enqueued yet, oldest first; and that they are now.
    virtual asio::awaitable<std::vector<Withdrawal>> open_withdrawals(std::size_t limit) = 0;
    virtual asio::awaitable<void> close_withdrawal(InsightId insight) = 0;

    // ---- inbound ----
    // True the first time that (platform, tenant, event id) is seen; ids are kept 25 h at least.
    virtual asio::awaitable<bool> first_seen(std::string platform, std::string tenant, std::string event_id,
                                             WallTime now) = 0;

    // ---- looking ----
    // What was sent as that message, as the chat shows it now: with payload and plainness of the latest edit that was
    // sent. A message is named within its chat, so the thread of `chat` does not matter. nullopt: not ours, or pruned.
    virtual asio::awaitable<std::optional<Delivery>> sent_as(Destination chat, std::string message_ref) = 0;
    // The delivery with that key; nullopt: there is none (any more).
    virtual asio::awaitable<std::optional<Delivery>> delivery_with(std::string key) = 0;
    virtual asio::awaitable<std::optional<SlotStory>> story(ReaderId reader, std::string key) = 0;
    virtual asio::awaitable<std::vector<Slot>> slots(ReaderId reader, std::size_t limit) = 0;  // newest first
    virtual asio::awaitable<OutboxCounts> outbox_counts() = 0;
    virtual asio::awaitable<std::vector<Delivery>> parked(std::size_t limit) = 0;  // oldest first

    // ---- keeping ----
    // A name and a value that outlive the program (the clock last seen, the zones' version); empty: none.
    virtual asio::awaitable<std::string> note(std::string name) = 0;
    virtual asio::awaitable<void> set_note(std::string name, std::string value) = 0;
    // After a restore: every unfinished delivery whose time has come may have been sent by what ran after the backup.
    // ready, claimed -> unknown, first_unknown_at = its send_at. Gives how many.
    virtual asio::awaitable<int> doubt_all(WallTime now) = 0;
    // Removes what ended before `before` (30 days ago at the latest), slots with their deliveries and history, at most
    // `limit` slots; and inbound ids older than 25 h before `now`. Gives how many slots.
    virtual asio::awaitable<int> prune(WallTime before, WallTime now, std::size_t limit) = 0;
};

}  // namespace podbrief
