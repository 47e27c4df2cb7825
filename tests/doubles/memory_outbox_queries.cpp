// What is asked of the outbox.
#include <algorithm>

#include "core/ports/outbox_rules.hpp"
#include "tests/doubles/memory_outbox.hpp"

namespace podbrief::testing {

std::vector<ReaderPlan> MemoryOutbox::readers_to_plan(WallTime now, std::size_t limit) {
    std::vector<ReaderPlan> due;
    for (const auto& [at, reader] : by_next_plan_) {
        if (at > now || due.size() == limit) break;
        const PlanningRow& row = planning_.at(reader);
        ReaderPlan plan;
        plan.reader = readers_.at(reader);
        plan.last_sequence = row.last_sequence;
        plan.schedule = row.schedule;
        plan.open = open_slot(reader);
        const auto& slots = by_sequence_[reader];
        for (auto it = slots.rbegin(); it != slots.rend() && !plan.last; ++it) {
            const Slot& slot = slots_.at(it->second);
            if (slot.state == SlotState::fired || slot.state == SlotState::superseded) plan.last = slot;
        }
        plan.destinations = destinations(reader);
        std::erase_if(plan.destinations, [](const auto& d) { return d.state != DestinationState::active; });
        due.push_back(std::move(plan));
    }
    return due;
}

std::optional<WallTime> MemoryOutbox::next_plan_at() const {
    if (by_next_plan_.empty()) return std::nullopt;
    return by_next_plan_.begin()->first;
}

std::int64_t MemoryOutbox::herd(const std::string& platform, const std::string& workspace, WallTime due) const {
    std::int64_t count = 0;
    for (auto it = open_by_due_.lower_bound({due, {}}); it != open_by_due_.end() && it->first == due; ++it) {
        const auto ids = of_reader_.find(slots_.at(it->second).reader);
        if (ids == of_reader_.end()) continue;
        for (const DestinationId id : ids->second) {
            const DestinationRecord& d = destinations_.at(id);
            const bool in_workspace = workspace.empty() || d.address.workspace == workspace;
            if (d.state == DestinationState::active && d.address.platform == platform && in_workspace) ++count;
        }
    }
    return count;
}

std::vector<Slot> MemoryOutbox::claimable_slots(WallTime due_before, WallTime now, std::size_t limit) const {
    latest_claim_ = std::max(latest_claim_, now);
    std::vector<Slot> found;
    for (const auto& [due_at, id] : planned_) {
        if (due_at >= due_before || found.size() == limit) break;
        found.push_back(slots_.at(id));
    }
    for (const auto& [due_at, id] : composing_) {
        if (due_at >= due_before) break;
        if (slots_.at(id).lease_until <= now) found.push_back(slots_.at(id));
    }
    std::sort(found.begin(), found.end(),
              [](const Slot& a, const Slot& b) { return std::pair(a.due_at, a.id) < std::pair(b.due_at, b.id); });
    if (found.size() > limit) found.resize(limit);
    return found;
}

std::optional<WallTime> MemoryOutbox::next_slot_due() const {
    std::optional<WallTime> next;
    if (!planned_.empty()) next = planned_.begin()->first;
    for (const auto& [due_at, id] : composing_) {
        if (next && due_at >= *next) break;
        if (slots_.at(id).lease_until <= latest_claim_) next = due_at;
    }
    return next;
}

std::vector<SlotStory> MemoryOutbox::undelivered(ReaderId reader, std::int64_t before_sequence) const {
    std::vector<SlotStory> found;
    const auto slots = by_sequence_.find(reader);
    if (slots == by_sequence_.end()) return found;
    outbox::UndeliveredSearch search;
    for (auto it = slots->second.lower_bound(before_sequence); !search.is_over() && it != slots->second.begin();) {
        const Slot& slot = slots_.at((--it)->second);
        std::vector<outbox::DeliveryEnd> ends;
        for (const Delivery& d : deliveries_.of(slot.id)) ends.push_back({d.state, d.finished_at});
        if (search.takes(slot, ends)) found.push_back(story_of(slot));
    }
    std::reverse(found.begin(), found.end());
    return found;
}

void MemoryOutbox::end_other_leases(const std::string& worker, WallTime now) {
    for (auto& [name, lane] : lanes_) {
        if (lane.worker == worker) continue;
        lane.worker.clear();
        lane.until = {};
    }
    for (const auto& [due_at, id] : composing_) {
        Slot& slot = slots_.at(id);
        if (slot.worker != worker) slot.lease_until = std::min(slot.lease_until, now);
    }
    latest_claim_ = std::max(latest_claim_, now);
}

SlotStory MemoryOutbox::story_of(const Slot& slot) const {
    SlotStory story;
    story.slot = slot;
    if (const Brief* brief = briefs_.find(slot.brief)) story.brief = *brief;
    story.deliveries = deliveries_.of(slot.id);
    if (const auto events = events_of_slot_.find(slot.id); events != events_of_slot_.end()) {
        for (const std::int64_t event : events->second) story.events.push_back(events_.at(event));
    }
    return story;
}

std::optional<SlotStory> MemoryOutbox::story(ReaderId reader, const std::string& key) const {
    if (const auto found = keys_.find({reader, key}); found != keys_.end()) return story_of(slots_.at(found->second));
    const auto slots = by_sequence_.find(reader);
    if (slots == by_sequence_.end()) return std::nullopt;
    for (auto it = slots->second.rbegin(); it != slots->second.rend(); ++it) {
        if (slots_.at(it->second).key == key) return story_of(slots_.at(it->second));
    }
    return std::nullopt;
}

std::vector<Slot> MemoryOutbox::slots(ReaderId reader, std::size_t limit) const {
    std::vector<Slot> newest;
    const auto slots = by_sequence_.find(reader);
    if (slots == by_sequence_.end()) return newest;
    for (auto it = slots->second.rbegin(); it != slots->second.rend() && newest.size() < limit; ++it) {
        newest.push_back(slots_.at(it->second));
    }
    return newest;
}

std::vector<LaneWork> MemoryOutbox::lanes_with_work() const {
    std::vector<LaneWork> work;
    for (const auto& [name, next_at] : deliveries_.lanes_with_work()) {
        const auto lane = lanes_.find(name);
        const bool leased = lane != lanes_.end();
        work.push_back({name, next_at, leased ? lane->second.until : WallTime{}, leased ? lane->second.worker : ""});
    }
    return work;
}

std::optional<Delivery> MemoryOutbox::sent_as(const Destination& chat, const std::string& message_ref) const {
    std::optional<Delivery> message;
    std::optional<Delivery> edit;
    const auto later = [](const Delivery& a, const std::optional<Delivery>& b) {
        return !b || std::pair(a.finished_at, a.id) > std::pair(b->finished_at, b->id);
    };
    for (const Delivery& sent : deliveries_.sent_as(chat, message_ref)) {
        auto& latest = sent.kind == DeliveryKind::correction ? edit : message;
        if (later(sent, latest)) latest = sent;
    }
    if (message && edit) {
        message->payload = edit->payload;
        message->payload_hash = edit->payload_hash;
        message->plainness = edit->plainness;
    }
    return message;
}

std::vector<Delivery> MemoryOutbox::sent_with(InsightId insight, std::size_t limit) const {
    std::vector<Delivery> found;
    for (const auto& [id, delivery] : deliveries_.all()) {
        if (delivery.state != DeliveryState::sent || !delivery.slot) continue;
        const Brief* brief = briefs_.find(slots_.at(delivery.slot).brief);
        const auto shows = [&](const BriefItem& item) { return item.insight == insight; };
        if (brief != nullptr && std::any_of(brief->items.begin(), brief->items.end(), shows)) found.push_back(delivery);
    }
    std::sort(found.begin(), found.end(), [](const Delivery& a, const Delivery& b) {
        return std::pair(a.finished_at, a.id) > std::pair(b.finished_at, b.id);
    });
    if (found.size() > limit) found.resize(limit);
    return found;
}

}  // namespace podbrief::testing
