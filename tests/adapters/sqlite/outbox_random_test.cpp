// The same random calls on the memory store and on SQLite: the same answers, whatever is asked in whatever order.
#include <algorithm>
#include <random>

#include "tests/adapters/sqlite/support.hpp"
#include "tests/contract/outbox_contract.hpp"
#include "tests/doubles/memory_store.hpp"

namespace podbrief::testing {
namespace {

using namespace std::chrono_literals;

class TwoStores : public SqliteTest, public ::testing::WithParamInterface<int> {
protected:
    // One call on both; the answer of the memory store.
    template <class Call>
    auto ask(const char* what, Call call) {
        ++steps;
        auto expected = get(call(static_cast<OutboxStore&>(memory)));
        const auto found = get(call(database->outbox()));
        EXPECT_TRUE(expected == found) << what << " differs at step " << steps;
        return expected;
    }
    template <class Call>
    void tell(Call call) {
        ++steps;
        get(call(static_cast<OutboxStore&>(memory)));
        get(call(database->outbox()));
    }
    Reader save(const Reader& reader) {
        ++steps;
        const Reader saved = get(memory.save(reader));
        EXPECT_EQ(get(database->readers().save(reader)), saved) << "at step " << steps;
        return saved;
    }

    int below(int limit) { return std::uniform_int_distribution<int>(0, limit - 1)(random); }
    bool chance(int percent) { return below(100) < percent; }
    template <class Values>
    auto one_of(const Values& values) {
        return *std::next(values.begin(), below(static_cast<int>(values.size())));
    }
    WallTime soon() { return now + Millis{below(3'600'000)}; }

    void change_readers();
    void change_destinations();
    void plan();
    void compose();
    void own_lanes();
    void send();
    void advance(const Delivery& delivery, bool stale);
    void enqueue();
    void keep();
    void look();
    void look_at_everything();

    std::unique_ptr<Database> database = open();
    MemoryStore memory;
    std::mt19937_64 random{static_cast<std::uint64_t>(GetParam())};
    WallTime now = noon;
    int steps = 0;
    int names = 0;
    const std::vector<std::string> lanes{"telegram", "discord"};
    const std::vector<std::string> workers{"w1", "w2"};
};

void TwoStores::change_readers() {
    if (memory.all_readers().size() < 5) {
        Reader reader;
        reader.name = "reader " + std::to_string(++names);
        save(reader);
        return;
    }
    Reader reader = one_of(memory.all_readers()).second;
    if (chance(3)) {
        ++steps;
        EXPECT_EQ(get(memory.forget(reader.id)), get(database->readers().forget(reader.id)));
        return;
    }
    if (chance(30)) reader.brief_at = std::chrono::minutes{below(1440)};
    if (chance(10)) reader.quiet = QuietHours{22h, std::chrono::minutes{below(600)}};
    reader.profile.persons = {std::to_string(steps)};
    save(reader);
}

void TwoStores::change_destinations() {
    constexpr DestinationState states[] = {DestinationState::active, DestinationState::paused,
                                           DestinationState::blocked, DestinationState::gone};
    const Destination one{"telegram", "", std::to_string(below(4)), ""};
    const Destination other{"telegram", "", std::to_string(below(4)), ""};
    if (memory.all_destinations().empty() || chance(60)) {
        DestinationRecord record;
        record.reader = ReaderId{1 + below(names + 1)};
        record.address = one;
        ask("add_destination", [&](OutboxStore& s) { return s.add_destination(record, now); });
    } else if (chance(70)) {
        const DestinationId id = one_of(memory.all_destinations()).first;
        const DestinationState state = states[below(4)];
        ask("set_destination", [&](OutboxStore& s) { return s.set_destination(id, state, "note", now); });
    } else {
        tell([&](OutboxStore& s) { return s.move_destination(one, other, now); });
    }
}

void TwoStores::plan() {
    const auto due = ask("readers_to_plan", [&](OutboxStore& s) { return s.readers_to_plan(now, 3); });
    for (const ReaderPlan& read : due) {
        PlannedSlots planned;
        planned.reader = read.reader.id;
        planned.last_sequence = read.last_sequence - (chance(5) ? 1 : 0);
        planned.schedule = read.schedule + (chance(5) ? 1 : 0);
        if (read.open && chance(30)) planned.cancel = read.open->id;
        const bool opens = !read.open || planned.cancel || chance(5);
        const int count = below(3) + (opens ? 1 : 0);
        for (int i = 0; i < count; ++i) {
            Slot slot;
            slot.sequence = read.last_sequence + 1 + i;
            slot.key = "day " + std::to_string(to_ms(now) / 86'400'000);
            slot.due_at = soon();
            slot.state = opens && i == count - 1 ? SlotState::planned : SlotState::superseded;
            planned.slots.push_back(slot);
        }
        planned.next_plan_at = chance(80) ? soon() : now;
        ask("plan", [&](OutboxStore& s) { return s.plan(planned, now); });
    }
}

void TwoStores::compose() {
    const std::string worker = one_of(workers);
    const WallTime until = soon();
    const std::size_t limit = 1 + static_cast<std::size_t>(below(3));
    const auto slots =
        ask("claim_slots", [&](OutboxStore& s) { return s.claim_slots(worker, now + 30min, now, until, limit); });
    for (const Slot& slot : slots) {
        const auto earlier =
            ask("undelivered", [&](OutboxStore& s) { return s.undelivered(slot.reader, slot.sequence); });
        if (chance(10)) continue;  // died
        if (chance(10)) {
            ask("give_up_slot", [&](OutboxStore& s) { return s.give_up_slot(slot.id, worker, "given up", now); });
            continue;
        }
        FrozenSlot frozen;
        frozen.slot = slot.id;
        frozen.worker = chance(95) ? worker : "w3";
        frozen.brief = sample_brief(slot.reader, slot.key, now);
        frozen.brief.unsent = false;
        frozen.brief.items[0].insight = InsightId{1 + below(5)};
        const int parts = 1 + below(3);
        for (const auto& [id, destination] : memory.all_destinations()) {
            if (destination.reader != slot.reader) continue;
            for (int part = 1; part <= parts; ++part) {
                Delivery d = sample_delivery(std::to_string(slot.id.value) + "-" + std::to_string(id.value) + "-" +
                                             std::to_string(part));
                d.kind = DeliveryKind::brief;
                d.destination = id;
                d.address = destination.address;
                d.lane = one_of(lanes);
                d.tenant = "t" + std::to_string(below(3));
                d.part = part;
                d.parts = parts;
                d.send_at = d.next_at = slot.due_at + Millis{below(60'000)};
                d.quiet = std::nullopt;
                if (chance(20)) d.quiet = Interval{d.send_at + 5min, d.send_at + 35min};
                frozen.deliveries.push_back(std::move(d));
            }
        }
        for (const SlotStory& story : earlier) {
            for (const Delivery& d : story.deliveries) {
                if (chance(70) && (d.state == DeliveryState::ready || chance(20))) frozen.supersedes.push_back(d.id);
            }
        }
        ask("freeze", [&](OutboxStore& s) { return s.freeze(frozen, now); });
    }
}

void TwoStores::own_lanes() {
    const std::string lane = one_of(lanes);
    const std::string worker = one_of(workers);
    const WallTime until = now + Millis{below(1'200'000)};
    if (chance(60)) {
        const auto lease =
            ask("acquire_lane", [&](OutboxStore& s) { return s.acquire_lane(lane, worker, now, until); });
        if (!lease || chance(20)) return;
        ask("recover_lane", [&](OutboxStore& s) { return s.recover_lane(lane, lease->epoch, now); });
        return;
    }
    if (!memory.all_lanes().contains(lane)) return;
    const std::int64_t epoch = memory.all_lanes().at(lane).epoch - below(2);
    if (chance(40)) ask("renew_lane", [&](OutboxStore& s) { return s.renew_lane(lane, epoch, until); });
    if (chance(20)) tell([&](OutboxStore& s) { return s.release_lane(lane, epoch); });
    if (chance(20)) tell([&](OutboxStore& s) { return s.hold_lane(lane, epoch, until); });
    if (chance(5)) tell([&](OutboxStore& s) { return s.end_other_leases(worker, now); });
}

void TwoStores::send() {
    const std::string lane = one_of(lanes);
    const std::string after = "t" + std::to_string(below(3));
    const WallTime then = now - Millis{chance(10) ? below(600'000) : 0};  // the clock may go back
    const std::size_t per_tenant = 1 + static_cast<std::size_t>(below(2));
    const std::size_t limit = static_cast<std::size_t>(below(7));
    const auto due = ask("due", [&](OutboxStore& s) { return s.due(lane, then, after, per_tenant, limit); });
    ask("next_due", [&](OutboxStore& s) { return s.next_due(lane); });
    if (!memory.all_lanes().contains(lane)) return;
    const std::int64_t epoch = memory.all_lanes().at(lane).epoch - (chance(5) ? 1 : 0);
    const std::string worker = one_of(workers);
    std::vector<DeliveryId> ids;
    for (const Delivery& d : due) ids.push_back(d.id);
    const auto claimed = ask("claim", [&](OutboxStore& s) { return s.claim(lane, epoch, worker, ids, now); });
    for (const Delivery& d : claimed) {
        if (chance(80)) advance(d, false);
    }
}

void TwoStores::advance(const Delivery& delivery, bool stale) {
    constexpr DeliveryState states[] = {DeliveryState::ready,       DeliveryState::dispatching,
                                        DeliveryState::dispatching, DeliveryState::unknown,
                                        DeliveryState::parked,      DeliveryState::sent,
                                        DeliveryState::sent,        DeliveryState::sent,
                                        DeliveryState::superseded,  DeliveryState::destination_gone,
                                        DeliveryState::cancelled,   DeliveryState::dead};
    Advance step;
    step.from = stale ? DeliveryState::claimed : delivery.state;
    step.epoch = delivery.epoch;
    step.next = delivery;
    step.next.state = states[below(12)];
    step.next.next_at = chance(50) ? soon() : now;
    if (step.next.state == DeliveryState::ready || step.next.state == DeliveryState::unknown) step.next.epoch = 0;
    step.next.reason = "reason " + std::to_string(steps);
    step.next.attempts++;
    step.next.attempt_at = now;
    step.next.superseded_by = below(3);
    if (is_final(step.next.state)) step.next.finished_at = now;
    step.event = "step";
    step.at = now;
    if (chance(10)) step.destination_not_before = soon();
    if (chance(5)) step.lane_not_before = soon();
    if (step.next.state == DeliveryState::destination_gone && chance(50)) step.destination = DestinationState::gone;
    const bool taken = ask("advance", [&](OutboxStore& s) { return s.advance(step); });
    if (taken && !is_final(step.next.state) && chance(60)) advance(memory.all_deliveries().at(delivery.id), false);
}

void TwoStores::enqueue() {
    std::vector<Delivery> deliveries;
    for (int i = below(3); i >= 0; --i) {
        Delivery d = sample_delivery("loose " + std::to_string(below(200)), ReaderId{below(names + 2)});
        d.kind = one_of(std::vector{DeliveryKind::reply, DeliveryKind::correction});
        d.destination = DestinationId{below(20)};
        d.lane = one_of(lanes);
        d.send_at = d.next_at = chance(50) ? soon() : now;
        d.quiet = std::nullopt;
        deliveries.push_back(std::move(d));
    }
    ask("enqueue", [&](OutboxStore& s) { return s.enqueue(deliveries, now); });
}

void TwoStores::keep() {
    const WallTime before = now - Millis{below(7'200'000)};
    const std::size_t limit = static_cast<std::size_t>(below(4));
    ask("prune", [&](OutboxStore& s) { return s.prune(before, now, limit); });
    if (chance(10)) ask("doubt_all", [&](OutboxStore& s) { return s.doubt_all(now); });
    if (chance(10)) tell([&](OutboxStore& s) { return s.replan_all(); });
    const std::string event = std::to_string(below(50));
    ask("first_seen", [&](OutboxStore& s) { return s.first_seen("slack", "T1", event, now); });
}

void TwoStores::look() {
    ask("lanes_with_work", [](OutboxStore& s) { return s.lanes_with_work(); });
    ask("outbox_counts", [](OutboxStore& s) { return s.outbox_counts(); });
    ask("parked", [](OutboxStore& s) { return s.parked(5); });
    ask("next_plan_at", [](OutboxStore& s) { return s.next_plan_at(); });
    ask("next_slot_due", [](OutboxStore& s) { return s.next_slot_due(); });
    const InsightId insight{1 + below(5)};
    ask("sent_with", [&](OutboxStore& s) { return s.sent_with(insight, 5); });
    if (memory.all_slots().empty()) return;
    const WallTime due = one_of(memory.all_slots()).second.due_at;
    ask("herd", [&](OutboxStore& s) { return s.herd("telegram", "", due); });
}

void TwoStores::look_at_everything() {
    for (const auto& [id, reader] : memory.all_readers()) {
        ask("destinations", [of = id](OutboxStore& s) { return s.destinations(of); });
        for (const Slot& slot : ask("slots", [of = id](OutboxStore& s) { return s.slots(of, 10'000); })) {
            ask("story", [&](OutboxStore& s) { return s.story(slot.reader, slot.key); });
        }
    }
    for (const std::string& lane : lanes) {
        ask("due", [&](OutboxStore& s) { return s.due(lane, now + 2h, "", 10'000, 10'000); });
    }
    look();
}

TEST_P(TwoStores, AnswerRandomCallsAlike) {
    while (steps < 4'000 && !HasFailure()) {
        now += Millis{below(300'000)};
        const int dice = below(100);
        if (dice < 10)
            change_readers();
        else if (dice < 18)
            change_destinations();
        else if (dice < 35)
            plan();
        else if (dice < 50)
            compose();
        else if (dice < 60)
            own_lanes();
        else if (dice < 85)
            send();
        else if (dice < 88)
            enqueue();
        else if (dice < 91)
            keep();
        else if (dice < 95)
            look();
        else if (!memory.all_deliveries().empty())
            advance(one_of(memory.all_deliveries()).second, chance(50));
        if (chance(1)) look_at_everything();
    }
    look_at_everything();
    // All of it was really exercised.
    EXPECT_GT(memory.all_deliveries().size(), 100U);
    std::map<SlotState, int> slots;
    for (const auto& [id, slot] : memory.all_slots()) slots[slot.state]++;
    for (const SlotState state : {SlotState::fired, SlotState::superseded, SlotState::cancelled}) {
        EXPECT_GT(slots[state], 3) << to_string(state);
    }
    EXPECT_NO_THROW(get(database->check()));
}

INSTANTIATE_TEST_SUITE_P(Seeds, TwoStores, ::testing::Range(1, 5));

}  // namespace
}  // namespace podbrief::testing
