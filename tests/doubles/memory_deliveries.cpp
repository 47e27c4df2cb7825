#include "tests/doubles/memory_deliveries.hpp"

#include <stdexcept>

#include "core/ports/outbox_rules.hpp"

namespace podbrief::testing {

const Delivery* MemoryDeliveries::find(DeliveryId id) const {
    const auto found = rows_.find(id);
    return found == rows_.end() ? nullptr : &found->second;
}

std::vector<Delivery> MemoryDeliveries::of(SlotId slot) const {
    std::vector<Delivery> found;
    const auto parts = parts_.find(slot);
    if (parts == parts_.end()) return found;
    for (const Part& part : parts->second) found.push_back(rows_.at(part.id));
    return found;
}

std::vector<Delivery> MemoryDeliveries::unfinished_at(DestinationId destination) const {
    std::vector<Delivery> found;
    const auto ids = at_destination_.find(destination);
    if (ids == at_destination_.end()) return found;
    for (const DeliveryId id : ids->second) found.push_back(rows_.at(id));
    return found;
}

std::vector<Delivery> MemoryDeliveries::in_hand(const std::string& name) const {
    std::vector<Delivery> found;
    const auto lane = lanes_.find(name);
    if (lane == lanes_.end()) return found;
    for (const DeliveryId id : lane->second.in_hand) found.push_back(rows_.at(id));
    return found;
}

const std::set<DeliveryId>& MemoryDeliveries::loose_of(ReaderId reader) const {
    static const std::set<DeliveryId> none;
    const auto found = loose_.find(reader);
    return found == loose_.end() ? none : found->second;
}

std::vector<Delivery> MemoryDeliveries::sent_as(const Destination& chat, const std::string& message_ref) const {
    std::vector<Delivery> sent;
    const auto ids = sent_.find({chat.chat, message_ref});
    if (ids == sent_.end()) return sent;
    for (const DeliveryId id : ids->second) {
        const Destination& address = rows_.at(id).address;
        if (address.platform == chat.platform && address.workspace == chat.workspace) sent.push_back(rows_.at(id));
    }
    return sent;
}

std::optional<Delivery> MemoryDeliveries::with(const std::string& key) const {
    const auto found = keys_.find(key);
    if (found == keys_.end()) return std::nullopt;
    return rows_.at(found->second);
}

DeliveryId MemoryDeliveries::insert(Delivery delivery) {
    const DeliveryId id = delivery.id = last_ = DeliveryId{last_.value + 1};
    if (!keys_.emplace(delivery.key, id).second) throw std::logic_error("two deliveries with one key");
    if (delivery.slot) {
        auto& parts = parts_[delivery.slot];
        for (const Part& other : parts) {
            if (other.destination == delivery.destination && other.part == delivery.part) {
                throw std::logic_error("two deliveries of one part");
            }
        }
        parts.insert({delivery.destination, delivery.part, id});
    } else {
        loose_[delivery.reader].insert(id);
    }
    index(rows_.emplace(id, std::move(delivery)).first->second);
    return id;
}

void MemoryDeliveries::update(const Delivery& delivery) {
    Delivery& stored = rows_.at(delivery.id);
    unindex(stored);
    if (stored.slot && stored.destination != delivery.destination) {
        auto& parts = parts_[stored.slot];
        parts.erase({stored.destination, stored.part, stored.id});
        parts.insert({delivery.destination, delivery.part, delivery.id});
    }
    stored = delivery;
    index(stored);
    if (stored.parts > 1) reindex_group(stored);
}

void MemoryDeliveries::erase(DeliveryId id) {
    const auto found = rows_.find(id);
    if (found == rows_.end()) return;
    const Delivery& delivery = found->second;
    unindex(delivery);
    keys_.erase(delivery.key);
    if (delivery.slot) {
        auto& parts = parts_[delivery.slot];
        parts.erase({delivery.destination, delivery.part, id});
        if (parts.empty()) parts_.erase(delivery.slot);
    } else {
        loose_[delivery.reader].erase(id);
    }
    rows_.erase(found);
}

void MemoryDeliveries::hand_over_loose(ReaderId from, ReaderId into) {
    const auto found = loose_.find(from);
    if (found == loose_.end()) return;
    for (const DeliveryId id : found->second) rows_.at(id).reader = into;
    loose_[into].merge(found->second);
    loose_.erase(from);
}

void MemoryDeliveries::hold(DestinationId destination, WallTime not_before) {
    if (not_before_[destination] == not_before) return;
    not_before_[destination] = not_before;
    const auto ids = at_destination_.find(destination);
    if (ids == at_destination_.end()) return;
    for (const DeliveryId id : ids->second) {
        const Delivery& delivery = rows_.at(id);
        make_unlookable(delivery);
        make_lookable(delivery);
    }
}

void MemoryDeliveries::index(const Delivery& d) {
    counts_.at(static_cast<std::size_t>(d.state))++;
    if (is_final(d.state)) {
        if (!d.slot) loose_ended_.emplace(d.finished_at, d.id);
        if (d.state == DeliveryState::sent && !d.message_ref.empty()) {
            sent_[{d.address.chat, d.message_ref}].insert(d.id);
        }
        return;
    }
    Lane& lane = lanes_[d.lane];
    lane.unfinished.emplace(d.next_at, d.id);
    unfinished_.emplace(d.send_at, d.id);
    at_destination_[d.destination].insert(d.id);
    if (outbox::is_in_hand(d.state)) lane.in_hand.insert(d.id);
    if (d.state == DeliveryState::parked) parked_.emplace(d.send_at, d.id);
    make_lookable(d);
}

void MemoryDeliveries::unindex(const Delivery& d) {
    counts_.at(static_cast<std::size_t>(d.state))--;
    if (is_final(d.state)) {
        if (!d.slot) loose_ended_.erase({d.finished_at, d.id});
        if (const auto sent = sent_.find({d.address.chat, d.message_ref}); sent != sent_.end()) {
            sent->second.erase(d.id);
            if (sent->second.empty()) sent_.erase(sent);
        }
        return;
    }
    make_unlookable(d);
    Lane& lane = lanes_[d.lane];
    lane.unfinished.erase({d.next_at, d.id});
    unfinished_.erase({d.send_at, d.id});
    parked_.erase({d.send_at, d.id});
    lane.in_hand.erase(d.id);
    auto at = at_destination_.find(d.destination);
    at->second.erase(d.id);
    if (at->second.empty()) at_destination_.erase(at);
}

bool MemoryDeliveries::has_earlier_part(const Delivery& d) const {
    if (!d.slot || d.part <= 1) return false;
    const auto parts = parts_.find(d.slot);
    if (parts == parts_.end()) return false;
    for (auto it = parts->second.lower_bound({d.destination, 0, {}}); it != parts->second.end(); ++it) {
        if (it->destination != d.destination || it->part >= d.part) return false;
        const auto row = rows_.find(it->id);
        if (row != rows_.end() && !is_final(row->second.state)) return true;
    }
    return false;
}

void MemoryDeliveries::reindex_group(const Delivery& d) {
    const auto parts = parts_.find(d.slot);
    if (parts == parts_.end()) return;
    for (const Part& part : parts->second) {
        const Delivery& other = rows_.at(part.id);
        if (is_final(other.state)) continue;
        make_unlookable(other);
        make_lookable(other);
    }
}

void MemoryDeliveries::make_lookable(const Delivery& d) {
    if (!outbox::may_be_looked_at(d.state) || has_earlier_part(d)) return;
    const auto held = not_before_.find(d.destination);
    const WallTime at = outbox::look_at(d, held == not_before_.end() ? WallTime{} : held->second);
    Lane& lane = lanes_[d.lane];
    look_at_[d.id] = at;
    lane.lookable.emplace(at, d.id);
    lane.later.emplace(at, d.id);
}

void MemoryDeliveries::make_unlookable(const Delivery& d) {
    const auto found = look_at_.find(d.id);
    if (found == look_at_.end()) return;
    Lane& lane = lanes_[d.lane];
    lane.lookable.erase({found->second, d.id});
    if (lane.later.erase({found->second, d.id}) == 0) {
        const auto queue = lane.queues.find(d.tenant);
        queue->second.erase({d.send_at, d.id});
        if (queue->second.empty()) lane.queues.erase(queue);
    }
    look_at_.erase(found);
}

void MemoryDeliveries::take_from(Lane& lane, const std::string& tenant, WallTime now, std::size_t most,
                                 std::vector<Delivery>& into) {
    for (const auto& [send_at, id] : lane.queues.at(tenant)) {
        if (most == 0) return;
        const Delivery& d = rows_.at(id);
        if (look_at_.at(id) > now) continue;  // the clock went back
        if (d.quiet && d.quiet->contains(now)) continue;
        into.push_back(d);
        --most;
    }
}

std::vector<Delivery> MemoryDeliveries::due(const std::string& name, WallTime now, const std::string& after_tenant,
                                            std::size_t per_tenant, std::size_t limit) {
    std::vector<Delivery> found;
    const auto entry = lanes_.find(name);
    if (entry == lanes_.end()) return found;
    Lane& lane = entry->second;
    while (!lane.later.empty() && lane.later.begin()->first <= now) {
        const Delivery& d = rows_.at(lane.later.begin()->second);
        lane.queues[d.tenant].emplace(d.send_at, d.id);
        lane.later.erase(lane.later.begin());
    }
    const auto first = lane.queues.upper_bound(after_tenant);
    const auto visit = [&](auto from, auto to) {
        for (auto it = from; it != to && found.size() < limit; ++it) {
            take_from(lane, it->first, now, std::min(per_tenant, limit - found.size()), found);
        }
    };
    visit(first, lane.queues.end());
    visit(lane.queues.begin(), first);
    return found;
}

std::optional<WallTime> MemoryDeliveries::next_due(const std::string& name) const {
    const auto lane = lanes_.find(name);
    if (lane == lanes_.end() || lane->second.lookable.empty()) return std::nullopt;
    return lane->second.lookable.begin()->first;
}

std::vector<std::pair<std::string, WallTime>> MemoryDeliveries::lanes_with_work() const {
    std::vector<std::pair<std::string, WallTime>> found;
    for (const auto& [name, lane] : lanes_) {
        if (!lane.unfinished.empty()) found.emplace_back(name, lane.unfinished.begin()->first);
    }
    return found;
}

}  // namespace podbrief::testing
