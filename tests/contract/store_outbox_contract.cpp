#include "tests/contract/outbox_contract.hpp"

#include <algorithm>
#include <stdexcept>

namespace podbrief::testing {

using namespace std::chrono_literals;

Reader OutboxContract::daily_reader(const std::string& name) {
    Reader reader;
    reader.name = name;
    reader.created_at = noon;
    return reader;
}

Destination OutboxContract::chat(const std::string& name) {
    return {"telegram", "", name, ""};
}

DestinationRecord OutboxContract::add_destination(ReaderId reader, const std::string& chat_name) {
    DestinationRecord record;
    record.reader = reader;
    record.address = chat(chat_name);
    return get(outbox.add_destination(record, noon));
}

ReaderPlan OutboxContract::plan_of(ReaderId reader) {
    for (auto& plan : get(outbox.readers_to_plan(WallTime::max(), 1000))) {
        if (plan.reader.id == reader) return plan;
    }
    ADD_FAILURE() << "no such reader";
    return {};
}

bool OutboxContract::plan(ReaderId reader, std::vector<Slot> slots, std::optional<SlotId> cancel) {
    const ReaderPlan read = plan_of(reader);
    PlannedSlots planned;
    planned.reader = reader;
    planned.last_sequence = read.last_sequence;
    planned.schedule = read.schedule;
    planned.cancel = cancel;
    planned.slots = std::move(slots);
    planned.next_plan_at = noon + 24h;
    std::int64_t sequence = read.last_sequence;
    for (Slot& slot : planned.slots) slot.sequence = ++sequence;
    return get(outbox.plan(planned, noon - 2h));
}

Slot OutboxContract::plan_slot(ReaderId reader, const std::string& key, WallTime due_at) {
    Slot slot;
    slot.key = key;
    slot.due_at = due_at;
    slot.zone = "Europe/Berlin";
    EXPECT_TRUE(plan(reader, {slot}));
    return plan_of(reader).open.value_or(Slot{});
}

Slot OutboxContract::composing_slot(ReaderId reader, const std::string& key, WallTime due_at) {
    const Slot planned = plan_slot(reader, key, due_at);
    for (const Slot& slot : get(outbox.claim_slots("w1", due_at + 1ms, noon, noon + 1h, 1000))) {
        if (slot.id == planned.id) return slot;
    }
    ADD_FAILURE() << "the slot was not claimed";
    return {};
}

FrozenSlot OutboxContract::frozen(const Slot& slot, const std::vector<DestinationRecord>& to, int parts) {
    FrozenSlot frozen;
    frozen.slot = slot.id;
    frozen.worker = "w1";
    frozen.brief = sample_brief(slot.reader, slot.key, noon);
    frozen.brief.unsent = false;
    for (const DestinationRecord& destination : to) {
        for (int part = 1; part <= parts; ++part) {
            Delivery delivery = sample_delivery("");
            delivery.kind = DeliveryKind::brief;
            delivery.destination = destination.id;
            delivery.address = destination.address;
            delivery.part = part;
            delivery.parts = parts;
            delivery.key =
                std::to_string(slot.id.value) + "-" + std::to_string(destination.id.value) + "-" + std::to_string(part);
            delivery.send_at = delivery.next_at = slot.due_at;
            delivery.expires_at = slot.due_at + 18h;
            delivery.quiet = std::nullopt;
            frozen.deliveries.push_back(std::move(delivery));
        }
    }
    return frozen;
}

SlotStory OutboxContract::composed_slot(ReaderId reader, const std::string& key, WallTime due_at,
                                        const std::vector<DestinationRecord>& to, int parts) {
    const Slot slot = composing_slot(reader, key, due_at);
    EXPECT_TRUE(get(outbox.freeze(frozen(slot, to, parts), noon - 1h)));
    return story(reader, slot.key);
}

SlotStory OutboxContract::story(ReaderId reader, const std::string& key) {
    auto found = get(outbox.story(reader, key));
    if (!found) throw std::runtime_error("no slot " + key);
    return *std::move(found);
}

Delivery OutboxContract::reload(const Delivery& delivery) {
    for (const Slot& slot : get(outbox.slots(delivery.reader, 1000))) {
        if (slot.id != delivery.slot) continue;
        for (const Delivery& other : story(delivery.reader, slot.key).deliveries) {
            if (other.id == delivery.id) return other;
        }
    }
    ADD_FAILURE() << "no such delivery";
    return {};
}

std::vector<std::string> OutboxContract::events(ReaderId reader, const std::string& key) {
    const SlotStory told = story(reader, key);
    std::vector<std::string> lines;
    for (const DeliveryEvent& event : told.events) {
        const auto of = std::find_if(told.deliveries.begin(), told.deliveries.end(),
                                     [&](const Delivery& d) { return d.id == event.delivery; });
        const bool known = of != told.deliveries.end();
        lines.push_back((known ? std::to_string(of - told.deliveries.begin() + 1) + " " : "") + event.event);
    }
    return lines;
}

LaneLease OutboxContract::take_lane(const std::string& worker, WallTime now) {
    const auto lease = get(outbox.acquire_lane("telegram", worker, now, now + 30s));
    EXPECT_TRUE(lease) << "the lane is somebody else's";
    return lease.value_or(LaneLease{});
}

std::vector<Delivery> OutboxContract::due(WallTime now) {
    return get(outbox.due("telegram", now, "", 1000, 1000));
}

Delivery OutboxContract::claim(const Delivery& delivery, const LaneLease& lease) {
    const std::vector<DeliveryId> ids{delivery.id};
    const auto claimed = get(outbox.claim("telegram", lease.epoch, lease.worker, ids, noon));
    EXPECT_EQ(claimed.size(), 1U) << "not claimed";
    return claimed.empty() ? Delivery{} : claimed[0];
}

Advance OutboxContract::step(const Delivery& from, DeliveryState to) {
    Advance step;
    step.from = from.state;
    step.epoch = from.epoch;
    step.next = from;
    step.next.state = to;
    step.event = to == DeliveryState::dispatching ? "attempt began" : std::string(to_string(to));
    step.detail = "because";
    step.at = noon + 5min;
    return step;
}

Delivery OutboxContract::advance(const Delivery& from, DeliveryState to) {
    EXPECT_TRUE(try_advance(from, to)) << to_string(from.state) << " to " << to_string(to);
    return reload(from);
}

void OutboxContract::send(const Delivery& delivery) {
    const LaneLease lease = take_lane();
    advance(advance(claim(delivery, lease), DeliveryState::dispatching), DeliveryState::sent);
    get(outbox.release_lane("telegram", lease.epoch));
}

Delivery OutboxContract::send_loose(Delivery delivery, const std::string& message_ref, WallTime sent_at) {
    delivery.id = get(outbox.enqueue({delivery}, noon)).at(0);
    const LaneLease lease = take_lane();
    Delivery sending = claim(delivery, lease);
    EXPECT_TRUE(try_advance(sending, DeliveryState::dispatching));
    sending.state = DeliveryState::dispatching;
    Advance sent = step(sending, DeliveryState::sent);
    sent.next.message_ref = message_ref;
    sent.next.finished_at = sent_at;
    EXPECT_TRUE(get(outbox.advance(sent)));
    get(outbox.release_lane("telegram", lease.epoch));
    return sent.next;
}

Delivery sample_delivery(const std::string& key, ReaderId reader) {
    Delivery d;
    d.kind = DeliveryKind::correction;
    d.reader = reader;
    d.destination = DestinationId{99};
    d.address = {"telegram", "w", "42", "7"};
    d.lane = "telegram";
    d.tenant = "t1";
    d.part = 1;
    d.parts = 1;
    d.key = key;
    d.payload = "{\"blocks\":[]}";
    d.payload_hash = std::string(64, 'a');
    d.send_at = noon;
    d.expires_at = noon + 18h;
    d.quiet = Interval{noon + 10h, noon + 19h};
    d.next_at = noon;
    return d;
}

}  // namespace podbrief::testing
