#pragma once
#include <string>
#include <vector>

#include "core/ports/outbox_store.hpp"
#include "tests/contract/store_contract.hpp"

namespace podbrief::testing {

// Of the promises of OutboxStore: what most of their tests begin with.
class OutboxContract : public StoreContract {
protected:
    OutboxContract() : anna(get(readers.save(daily_reader("anna")))) {}

    static Reader daily_reader(const std::string& name);
    static Destination chat(const std::string& name);  // of Telegram
    DestinationRecord add_destination(ReaderId reader, const std::string& chat_name);
    ReaderPlan plan_of(ReaderId reader);
    // Plans one slot after those that are there, due then; refused: id 0.
    Slot plan_slot(ReaderId reader, const std::string& key, WallTime due_at);
    bool plan(ReaderId reader, std::vector<Slot> slots, std::optional<SlotId> cancel = std::nullopt);
    // A slot in the hands of worker "w1".
    Slot composing_slot(ReaderId reader, const std::string& key, WallTime due_at);
    // What would be frozen for it: one delivery for each destination and part.
    static FrozenSlot frozen(const Slot& slot, const std::vector<DestinationRecord>& to, int parts = 1);
    // A slot with its deliveries, all ready.
    SlotStory composed_slot(ReaderId reader, const std::string& key, WallTime due_at,
                            const std::vector<DestinationRecord>& to, int parts = 1);
    SlotStory story(ReaderId reader, const std::string& key);
    Slot slot(ReaderId reader, const std::string& key) { return story(reader, key).slot; }
    Delivery reload(const Delivery& delivery);                                 // of a slot
    std::vector<std::string> events(ReaderId reader, const std::string& key);  // "sent", or "1 sent" of a delivery

    // The lane "telegram", taken by "w1".
    LaneLease take_lane(const std::string& worker = "w1", WallTime now = noon);
    std::vector<Delivery> due(WallTime now = noon + std::chrono::hours{1});
    Delivery claim(const Delivery& delivery, const LaneLease& lease);
    // One step; the delivery as it is then.
    static Advance step(const Delivery& from, DeliveryState to);
    Delivery advance(const Delivery& from, DeliveryState to);
    bool try_advance(const Delivery& from, DeliveryState to) { return get(outbox.advance(step(from, to))); }
    // All the way.
    void send(const Delivery& delivery);
    // One of no slot, from the beginning; it has that message_ref then.
    Delivery send_loose(Delivery delivery, const std::string& message_ref, WallTime sent_at);

    Reader anna;
};

// Of what is promised when somebody leaves.
class RemovalContract : public OutboxContract {
public:
    enum class Removal { blocked, gone, tenant_revoked, forgotten };

protected:
    // A minute after noon.
    void remove(Removal removal, const DestinationRecord& chat);
    // How many attempts a worker can begin from then on: with what it has in hand, and with all that it is given.
    int begun_afterwards(const std::vector<Delivery>& in_hand);
};

// Every field set, of no slot.
Delivery sample_delivery(const std::string& key, ReaderId reader = {});

}  // namespace podbrief::testing
