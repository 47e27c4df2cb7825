// Rows, and the indexes that go with them.
#include "tests/doubles/memory_outbox.hpp"

#include <stdexcept>

#include "core/ports/outbox_rules.hpp"

namespace podbrief::testing {
namespace {

template <class Map, class Key>
auto found_in(const Map& map, const Key& key) -> std::optional<typename Map::mapped_type> {
    const auto found = map.find(key);
    if (found == map.end()) return std::nullopt;
    return found->second;
}

}  // namespace

void MemoryOutbox::add_reader(ReaderId reader) {
    planning_[reader] = {};
    by_next_plan_.emplace(WallTime{}, reader);
}

std::optional<OutboxRows::Planning> MemoryOutbox::planning(ReaderId reader) {
    const auto row = planning_.find(reader);
    if (row == planning_.end()) return std::nullopt;
    return Planning{readers_.at(reader), row->second.last_sequence, row->second.schedule, row->second.next_plan_at};
}

void MemoryOutbox::set_planning(const Planning& planning) {
    PlanningRow& row = planning_.at(planning.reader.id);
    by_next_plan_.erase({row.next_plan_at, planning.reader.id});
    row = {planning.last_sequence, planning.schedule, planning.next_plan_at};
    by_next_plan_.emplace(row.next_plan_at, planning.reader.id);
}

void MemoryOutbox::replan_all() {
    by_next_plan_.clear();
    for (auto& [reader, row] : planning_) {
        row.next_plan_at = {};
        by_next_plan_.emplace(WallTime{}, reader);
    }
}

std::optional<Slot> MemoryOutbox::slot(SlotId id) {
    return found_in(slots_, id);
}

std::optional<Slot> MemoryOutbox::open_slot(ReaderId reader) {
    const auto open = open_.find(reader);
    if (open == open_.end()) return std::nullopt;
    return slots_.at(open->second);
}

SlotId MemoryOutbox::insert(const Slot& given) {
    Slot slot = given;
    slot.id = last_slot_ = SlotId{last_slot_.value + 1};
    if (!by_sequence_[slot.reader].emplace(slot.sequence, slot.id).second) {
        throw std::logic_error("two slots with one sequence");
    }
    slots_.emplace(slot.id, slot);
    index(slot);
    return slot.id;
}

void MemoryOutbox::update(const Slot& slot) {
    Slot& stored = slots_.at(slot.id);
    unindex(stored);
    stored = slot;
    index(stored);
}

void MemoryOutbox::index(const Slot& slot) {
    if (slot.state != SlotState::cancelled) keys_[{slot.reader, slot.key}] = slot.id;
    if (!outbox::is_open(slot.state)) {
        ended_.emplace(slot.due_at, slot.id);
        return;
    }
    open_[slot.reader] = slot.id;
    open_by_due_.emplace(slot.due_at, slot.id);
    if (slot.state == SlotState::planned) planned_.emplace(slot.due_at, slot.id);
    if (slot.state == SlotState::composing) composing_.emplace(slot.due_at, slot.id);
}

void MemoryOutbox::unindex(const Slot& slot) {
    if (slot.state != SlotState::cancelled) keys_.erase({slot.reader, slot.key});
    const std::pair by_due(slot.due_at, slot.id);
    ended_.erase(by_due);
    if (!outbox::is_open(slot.state)) return;
    open_.erase(slot.reader);
    open_by_due_.erase(by_due);
    planned_.erase(by_due);
    composing_.erase(by_due);
}

Brief MemoryOutbox::keep_brief(const Brief& brief) {
    if (const Brief* stored = briefs_.find(brief.reader, brief.local_date)) {
        briefs_.set_unsent(stored->id, false);
        return *stored;
    }
    return briefs_.insert(brief);
}

std::optional<Delivery> MemoryOutbox::delivery(DeliveryId id) {
    const Delivery* found = deliveries_.find(id);
    if (found == nullptr) return std::nullopt;
    return *found;
}

std::vector<Delivery> MemoryOutbox::waiting_since(WallTime until) {
    std::map<DeliveryId, Delivery> waiting;
    for (const auto& [send_at, id] : deliveries_.unfinished()) {
        if (send_at > until) break;
        const Delivery& d = *deliveries_.find(id);
        if (d.state == DeliveryState::ready || d.state == DeliveryState::claimed) waiting.emplace(id, d);
    }
    std::vector<Delivery> by_id;
    for (auto& [id, d] : waiting) by_id.push_back(std::move(d));
    return by_id;
}

std::optional<DestinationRecord> MemoryOutbox::destination(DestinationId id) {
    return found_in(destinations_, id);
}

std::optional<DestinationRecord> MemoryOutbox::destination(ReaderId reader, const Destination& address) {
    for (DestinationRecord& record : destinations(reader)) {
        if (record.address == address) return std::move(record);
    }
    return std::nullopt;
}

std::vector<DestinationRecord> MemoryOutbox::destinations_at(const Destination& address) {
    std::vector<DestinationRecord> found;
    for (auto it = by_address_.lower_bound({address, {}}); it != by_address_.end() && it->first == address; ++it) {
        found.push_back(destinations_.at(it->second));
    }
    return found;
}

std::vector<DestinationRecord> MemoryOutbox::destinations_in(const std::string& platform,
                                                             const std::string& workspace) {
    std::vector<DestinationRecord> found;
    for (const auto& [id, record] : destinations_) {
        if (record.address.platform == platform && record.address.workspace == workspace) found.push_back(record);
    }
    return found;
}

std::vector<DestinationRecord> MemoryOutbox::destinations(ReaderId reader) const {
    std::vector<DestinationRecord> found;
    const auto ids = of_reader_.find(reader);
    if (ids == of_reader_.end()) return found;
    for (const DestinationId id : ids->second) found.push_back(destinations_.at(id));
    return found;
}

DestinationId MemoryOutbox::insert(const DestinationRecord& given) {
    DestinationRecord record = given;
    record.id = last_destination_ = DestinationId{last_destination_.value + 1};
    of_reader_[record.reader].insert(record.id);
    by_address_.emplace(record.address, record.id);
    deliveries_.hold(record.id, record.not_before);
    destinations_.emplace(record.id, record);
    return record.id;
}

void MemoryOutbox::update(const DestinationRecord& record) {
    DestinationRecord& stored = destinations_.at(record.id);
    by_address_.erase({stored.address, stored.id});
    of_reader_[stored.reader].erase(stored.id);
    of_reader_[record.reader].insert(record.id);
    stored = record;
    by_address_.emplace(stored.address, stored.id);
    deliveries_.hold(stored.id, stored.not_before);
}

std::optional<LaneLease> MemoryOutbox::lane(const std::string& name) {
    return found_in(lanes_, name);
}

void MemoryOutbox::add(const DeliveryEvent& event) {
    events_.emplace(++last_event_, event);
    if (event.slot) {
        events_of_slot_[event.slot].push_back(last_event_);
    } else {
        events_of_loose_[event.delivery].push_back(last_event_);
    }
}

void MemoryOutbox::erase(SlotId id) {
    for (const Delivery& delivery : deliveries_.of(id)) deliveries_.erase(delivery.id);
    for (const std::int64_t event : events_of_slot_[id]) events_.erase(event);
    events_of_slot_.erase(id);
    const Slot& slot = slots_.at(id);
    unindex(slot);
    by_sequence_[slot.reader].erase(slot.sequence);
    slots_.erase(id);
}

void MemoryOutbox::erase_loose(DeliveryId id) {
    deliveries_.erase(id);
    for (const std::int64_t event : events_of_loose_[id]) events_.erase(event);
    events_of_loose_.erase(id);
}

void MemoryOutbox::forget(ReaderId reader) {
    std::vector<SlotId> slots;
    for (const auto& [sequence, id] : by_sequence_[reader]) slots.push_back(id);
    for (const SlotId id : slots) erase(id);
    by_sequence_.erase(reader);
    for (const DeliveryId id : std::set<DeliveryId>(deliveries_.loose_of(reader))) erase_loose(id);
    for (const DestinationId id : of_reader_[reader]) {
        by_address_.erase({destinations_.at(id).address, id});
        destinations_.erase(id);
    }
    of_reader_.erase(reader);
    by_next_plan_.erase({planning_[reader].next_plan_at, reader});
    planning_.erase(reader);
}

int MemoryOutbox::prune(WallTime before, std::size_t limit) {
    std::vector<SlotId> old;
    for (const auto& [due_at, id] : ended_) {
        if (due_at >= before || old.size() == limit) break;
        bool ended = slots_.at(id).planned_at < before;
        for (const Delivery& d : deliveries_.of(id)) ended = ended && is_final(d.state) && d.finished_at < before;
        if (ended) old.push_back(id);
    }
    for (const SlotId id : old) erase(id);
    std::vector<DeliveryId> loose;
    for (const auto& [finished_at, id] : deliveries_.loose_ended()) {
        if (finished_at >= before || loose.size() == limit) break;
        loose.push_back(id);
    }
    for (const DeliveryId id : loose) erase_loose(id);
    return static_cast<int>(old.size());
}

}  // namespace podbrief::testing
