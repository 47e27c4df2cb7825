#pragma once
#include <map>
#include <memory>
#include <string>

#include "core/briefs/slots.hpp"

namespace podbrief::briefs {

inline WallTime utc(int y, unsigned m, unsigned d, int hour = 0, int minute = 0) {
    return std::chrono::sys_days{std::chrono::year{y} / static_cast<int>(m) / static_cast<int>(d)} +
           std::chrono::hours{hour} + std::chrono::minutes{minute};
}

inline Reader reader_in(const std::string& zone, std::chrono::minutes at, Cadence cadence = Cadence::daily) {
    Reader reader;
    reader.id = ReaderId{7};
    reader.time_zone = zone;
    reader.brief_at = at;
    reader.cadence = cadence;
    return reader;
}

// A slot that the reader got.
inline Slot fired(const NextSlot& next, const std::string& zone) {
    Slot slot;
    slot.key = next.key;
    slot.due_at = next.due_at;
    slot.zone = zone;
    slot.state = SlotState::fired;
    slot.planned_at = next.due_at - usual_horizon;
    return slot;
}

// Zones whose rules a test replaces.
class TestZones : public Zones {
public:
    std::map<std::string, std::shared_ptr<const Zone>, std::less<>> zones;
    std::string rules = "1";

    std::shared_ptr<const Zone> find(std::string_view name) const override {
        const auto found = zones.find(name);
        return found == zones.end() ? nullptr : found->second;
    }
    std::string version() const override { return rules; }
    bool refresh() override { return false; }
};

// What a store would keep of one reader's plan.
class PlanStore {
public:
    ReaderPlan state;
    std::vector<Slot> slots;  // all ever written

    explicit PlanStore(Reader reader) { state.reader = std::move(reader); }

    void write(const PlannedSlots& planned) {
        if (planned.cancel) {
            slots.at(static_cast<std::size_t>(planned.cancel->value) - 1).state = SlotState::cancelled;
            state.open.reset();
        }
        for (const Slot& slot : planned.slots) {
            slots.push_back(slot);
            slots.back().id = SlotId{static_cast<std::int64_t>(slots.size())};
            state.last_sequence = slot.sequence;
            (slot.state == SlotState::planned ? state.open : state.last) = slots.back();
        }
    }
    PlannedSlots plan_at(WallTime now, const Zones& zones = system_zones()) {
        PlannedSlots planned = plan(state, now, usual_horizon, zones);
        write(planned);
        return planned;
    }
    // The open slot was sent.
    void fire() {
        state.open->state = SlotState::fired;
        slots.at(static_cast<std::size_t>(state.open->id.value) - 1).state = SlotState::fired;
        state.last = state.open;
        state.open.reset();
    }
    int count(SlotState wanted) const {
        return static_cast<int>(
            std::count_if(slots.begin(), slots.end(), [&](const Slot& slot) { return slot.state == wanted; }));
    }
};

}  // namespace podbrief::briefs
